using System.Collections.Frozen;

namespace Samenhang.Language.CaseFiles;

/// <summary>Reads one whole case (patched or not) from its JSON.</summary>
internal sealed class CaseReader(Vocabulary vocabulary, NameLists names, FieldReader fields, CaseFileOptions options)
{
    private static readonly Sentence NeedNoun = new("De behoefte", "need");
    private static readonly Sentence ProvisionNoun = new("De voorziening", "provision");
    private static readonly Sentence PartyNoun = new("De partij", "party");

    private readonly FactReader facts = new(vocabulary, names, fields);

    /// <summary>The identifiers of the items of a case, for references to them.</summary>
    internal sealed record Ids(NameList Needs, NameList Provisions, NameList Parties);

    /// <summary>Which items the case has.</summary>
    public static Ids IdsOf(PlacedJson root) => new(
        new(NeedNoun, IdsOf(root, "needs")), new(ProvisionNoun, IdsOf(root, "provisions")), new(PartyNoun, IdsOf(root, "parties")));

    /// <summary>The case; meaningless when faults were reported.</summary>
    public Case Read(PlacedJson root, string id)
    {
        var ids = IdsOf(root);
        fields.Require(root, "asOf");
        var documents = fields.Codes(root, "rulebooks", names.Documents);
        var (tenant, insurer, regionOptions) = Region(root);
        return new Case
        {
            Id = id,
            AsOf = fields.Date(root, "asOf") ?? default,
            Rulebooks = documents.Count > 0 ? [.. documents] : [.. vocabulary.Documents.Keys],
            Tenant = tenant,
            Insurer = insurer,
            Options = regionOptions,
            Parameters = facts.Parameters(root),
            Facts = facts.Facts(root, FactLevel.Client, FactLevel.Need, FactLevel.Provision, FactLevel.Party),
            Needs = Unique(root, "needs", Need, need => need.Id),
            Provisions = Unique(root, "provisions", item => Provision(item, ids), provision => provision.Id),
            Parties = Unique(root, "parties", item => Party(item, ids), party => party.Id),
            Consents = fields.List(root, "consents", options.MaxItems, item => Consent(item, ids)),
            Events = fields.List(root, "events", options.MaxItems, item => Event(item, ids)),
            Evidence = fields.List(root, "evidence", options.MaxItems, item => Evidence(item, ids)),
            Open = [.. fields.Codes(root, "open", names.OpenLists)],
        };
    }

    /// <summary>Reports a reference to an item that the case does not have.</summary>
    public void CheckReference(PlacedJson holder, string key, NameList known)
    {
        if (fields.Text(holder, key) is { } id && !known.Names.Contains(id))
        {
            fields.Faults.Enter(key);
            fields.Faults.Add(holder[key]!.Offset, CaseTexts.NotInCase(known.Noun, id), Spelling.Nearest(id, known.Names));
            fields.Faults.Leave();
        }
    }

    private (string? Tenant, string? Insurer, FrozenSet<string> Options) Region(PlacedJson root)
    {
        if (root["region"] is not { Kind: not System.Text.Json.JsonValueKind.Null } region)
        {
            return (null, null, []);
        }

        fields.Faults.Enter("region");
        var result = fields.IsObject(region, "tenant", "insurer", "options")
            ? (fields.Text(region, "tenant"), fields.Text(region, "insurer"), fields.Codes(region, "options", names.Options).ToFrozenSet())
            : (null, null, []);
        fields.Faults.Leave();
        return result;
    }

    private Need? Need(PlacedJson item)
    {
        if (!fields.IsObject(item, "id", "kind", "facts"))
        {
            return null;
        }

        var id = fields.RequiredText(item, "id");
        var kind = fields.RequiredCode(item, "kind", names.NeedKinds);
        var known = facts.Facts(item, FactLevel.Need);
        return id is null || kind is null ? null : new(id, vocabulary.Needs[kind], known);
    }

    private Provision? Provision(PlacedJson item, Ids ids)
    {
        if (!fields.IsObject(item, "id", "scheme", "domain", "status", "needIds", "providerId", "payer", "requestedOn", "from", "to", "product", "goal", "facts"))
        {
            return null;
        }

        var id = fields.RequiredText(item, "id");
        var scheme = fields.RequiredCode(item, "scheme", names.Schemes);
        var domain = fields.RequiredCode(item, "domain", names.Services);
        var status = fields.RequiredCode(item, "status", names.Status);
        var from = fields.Date(item, "from");
        var to = fields.Date(item, "to");
        fields.InOrder(item, "from", from, "to", to);
        var provision = new Provision
        {
            Id = id ?? "",
            Scheme = scheme is null ? null! : vocabulary.Schemes[scheme],
            Domain = domain ?? "",
            Status = status ?? "",
            NeedIds = References(item, "needIds", ids.Needs),
            // A provider that no party of the case stands for is allowed: its party may not be known yet.
            ProviderId = fields.Text(item, "providerId"),
            Payer = fields.Text(item, "payer"),
            RequestedOn = fields.Date(item, "requestedOn"),
            From = from,
            To = to,
            Product = fields.Text(item, "product"),
            Goal = fields.Text(item, "goal"),
            Facts = facts.Facts(item, FactLevel.Provision, FactLevel.Need),
        };
        return id is null || scheme is null ? null : provision;
    }

    private Party? Party(PlacedJson item, Ids ids)
    {
        if (!fields.IsObject(item, "id", "role", "profession", "organisation", "service", "provisionIds", "facts"))
        {
            return null;
        }

        var id = fields.RequiredText(item, "id");
        var role = fields.RequiredCode(item, "role", names.Roles);
        var party = new Party
        {
            Id = id ?? "",
            Role = role ?? "",
            Profession = fields.Code(item, "profession", names.Professions),
            Organisation = fields.Text(item, "organisation"),
            Service = fields.Code(item, "service", names.Services),
            ProvisionIds = References(item, "provisionIds", ids.Provisions),
            Facts = facts.Facts(item, FactLevel.Party),
        };
        return id is null || role is null ? null : party;
    }

    private Consent? Consent(PlacedJson item, Ids ids)
    {
        if (!fields.IsObject(item, "from", "to", "categories", "validFrom", "validTo", "withdrawnOn"))
        {
            return null;
        }

        fields.RequiredText(item, "from");
        fields.RequiredText(item, "to");
        fields.Require(item, "categories");
        var from = fields.Date(item, "validFrom");
        var to = fields.Date(item, "validTo");
        fields.InOrder(item, "validFrom", from, "validTo", to);
        return new(Actor(item, "from", ids) ?? "", Actor(item, "to", ids) ?? "", fields.Codes(item, "categories", names.ConsentCategories), from, to, fields.Date(item, "withdrawnOn"));
    }

    private CaseEvent? Event(PlacedJson item, Ids ids)
    {
        if (!fields.IsObject(item, "type", "date", "party", "provision", "need", "from", "to", "category", "acknowledgedOn", "acknowledgedBy"))
        {
            return null;
        }

        fields.Require(item, "date");
        CheckReference(item, "party", ids.Parties);
        CheckReference(item, "provision", ids.Provisions);
        CheckReference(item, "need", ids.Needs);
        var type = fields.RequiredCode(item, "type", names.Events);
        var date = fields.Date(item, "date");
        var acknowledgedOn = fields.Date(item, "acknowledgedOn");
        fields.InOrder(item, "date", date, "acknowledgedOn", acknowledgedOn);
        if (item["acknowledgedBy"] is { } by && fields.Text(item, "acknowledgedBy") is not null && acknowledgedOn is null && fields.Text(item, "acknowledgedOn") is null)
        {
            fields.Faults.Add(by.Offset, new("'acknowledgedBy' zonder 'acknowledgedOn': op welke dag was dat?", "'acknowledgedBy' without 'acknowledgedOn': on which day was that?"));
        }

        return new()
        {
            Type = type ?? "",
            Date = date ?? default,
            Party = fields.Text(item, "party"),
            Provision = fields.Text(item, "provision"),
            Need = fields.Text(item, "need"),
            From = Actor(item, "from", ids),
            To = Actor(item, "to", ids),
            Category = fields.Code(item, "category", names.ConsentCategories),
            AcknowledgedOn = acknowledgedOn,
            AcknowledgedBy = Actor(item, "acknowledgedBy", ids),
        };
    }

    private Evidence? Evidence(PlacedJson item, Ids ids)
    {
        if (!fields.IsObject(item, "type", "date", "by", "fields"))
        {
            return null;
        }

        var type = fields.RequiredCode(item, "type", names.Evidence);
        return new(type ?? "", fields.Date(item, "date"), Actor(item, "by", ids), facts.Fields(item));
    }

    /// <summary>A party of the case, else a role, else a service.</summary>
    private string? Actor(PlacedJson item, string key, Ids ids)
    {
        if (fields.Text(item, key) is not { } name)
        {
            return null;
        }

        if (!ids.Parties.Names.Contains(name) && !names.Roles.Names.Contains(name) && !names.Services.Names.Contains(name))
        {
            fields.Faults.Enter(key);
            fields.Faults.Add(
                item[key]!.Offset,
                new($"'{CaseTexts.Short(name)}' is geen partij van deze casus, geen rol en geen domein.", $"'{CaseTexts.Short(name)}' is no party of this case, no role and no domain."),
                Spelling.Nearest(name, [.. ids.Parties.Names, .. names.Roles.Names, .. names.Services.Names]));
            fields.Faults.Leave();
        }

        return name;
    }

    private List<string> References(PlacedJson holder, string key, NameList known) =>
        fields.List(holder, key, options.MaxItems, item =>
        {
            if (fields.AsText(item) is not { } id || known.Names.Contains(id))
            {
                return item.Text;
            }

            fields.Faults.Add(item.Offset, CaseTexts.NotInCase(known.Noun, id), Spelling.Nearest(id, known.Names));
            return null;
        });

    private List<T> Unique<T>(PlacedJson root, string key, Func<PlacedJson, T?> read, Func<T, string> idOf)
        where T : class
    {
        var seen = new HashSet<string>();
        return fields.List(root, key, options.MaxItems, item =>
        {
            var value = read(item);
            if (value is not null && !seen.Add(idOf(value)))
            {
                fields.Faults.Enter("id");
                fields.Faults.Add(item["id"]!.Offset, CaseTexts.Twice(idOf(value)));
                fields.Faults.Leave();
            }

            return value;
        });
    }

    private static FrozenSet<string> IdsOf(PlacedJson root, string key) =>
        [.. (root[key]?.Items ?? []).Select(item => item["id"]?.Text).OfType<string>()];
}
