using System.Collections.Frozen;
using Samenhang.Language;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Api.Reading;

/// <summary>Reads the parts of a case.</summary>
public static class CaseReading
{
    /// <summary>A need.</summary>
    public static Need Need(this RequestReader reader, string field, Wire.Need? need)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, need))
        {
            return new Need("", null!, FactSet.Empty);
        }

        var kind = reader.Code($"{field}.kind", need!.Kind, reader.Vocabulary.Needs.Keys);
        return new Need(
            reader.Id($"{field}.need_id", need.NeedId),
            reader.Vocabulary.Needs.GetValueOrDefault(kind)!,
            reader.Facts($"{field}.facts", need.Facts, FactLevel.Need));
    }

    /// <summary>A provision.</summary>
    public static Provision Provision(this RequestReader reader, string field, Wire.Provision? provision)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, provision))
        {
            return new Provision { Id = "", Scheme = null!, Domain = "", Status = "" };
        }

        var scheme = reader.Code($"{field}.scheme", provision!.Scheme, reader.Vocabulary.Schemes.Keys);
        var from = reader.Day($"{field}.from", provision.From);
        var to = reader.Day($"{field}.to", provision.To);
        reader.InOrder($"{field}.to", from, to);
        return new Provision
        {
            Id = reader.Id($"{field}.provision_id", provision.ProvisionId),
            Scheme = reader.Vocabulary.Schemes.GetValueOrDefault(scheme)!,
            Domain = WireCodes.Service(reader.Member($"{field}.domain", provision.Domain)) ?? "",
            Status = WireCodes.Status(reader.Member($"{field}.status", provision.Status)),
            NeedIds = reader.Items($"{field}.need_ids", provision.NeedIds, reader.Id),
            ProviderId = reader.OptionalId($"{field}.provider_id", provision.ProviderId),
            Payer = reader.Text($"{field}.payer", provision.Payer, 200),
            RequestedOn = reader.Day($"{field}.requested_on", provision.RequestedOn),
            From = from,
            To = to,
            Product = reader.Text($"{field}.product", provision.Product, 200),
            Goal = reader.Text($"{field}.goal", provision.Goal),
            Facts = reader.Facts($"{field}.facts", provision.Facts, FactLevel.Provision, FactLevel.Need),
        };
    }

    /// <summary>A party.</summary>
    public static Party Party(this RequestReader reader, string field, Wire.Party? party)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, party))
        {
            return new Party { Id = "", Role = "" };
        }

        return new Party
        {
            Id = reader.Id($"{field}.party_id", party!.PartyId),
            Role = reader.Code($"{field}.role", party.Role, reader.Vocabulary.PartyRoles.Keys),
            Profession = reader.OptionalCode($"{field}.profession", party.Profession, reader.Vocabulary.Professions.Keys),
            Organisation = reader.Text($"{field}.organisation", party.Organisation, 200),
            Service = WireCodes.Service(reader.OptionalMember($"{field}.domain", party.Domain)),
            ProvisionIds = reader.Items($"{field}.provision_ids", party.ProvisionIds, reader.Id),
            Facts = reader.Facts($"{field}.facts", party.Facts, FactLevel.Party),
        };
    }

    /// <summary>A consent.</summary>
    public static Consent Consent(this RequestReader reader, string field, Wire.Consent? consent)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, consent))
        {
            return new Consent("", "", [], null, null, null);
        }

        var from = reader.Day($"{field}.valid_from", consent!.ValidFrom);
        var to = reader.Day($"{field}.valid_to", consent.ValidTo);
        reader.InOrder($"{field}.valid_to", from, to);
        if (consent.Categories.Count == 0)
        {
            reader.Add($"{field}.categories", "Noem ten minste één soort gegevens.", "Name at least one category of data.");
        }

        return new Consent(
            reader.Id($"{field}.from", consent.From),
            reader.Id($"{field}.to", consent.To),
            reader.Codes($"{field}.categories", consent.Categories, reader.Vocabulary.ConsentCategories),
            from,
            to,
            reader.Day($"{field}.withdrawn_on", consent.WithdrawnOn));
    }

    /// <summary>An event.</summary>
    public static CaseEvent Event(this RequestReader reader, string field, Wire.CaseEvent? happened)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, happened))
        {
            return new CaseEvent { Type = "", Date = default };
        }

        var date = reader.RequiredDay($"{field}.date", happened!.Date);
        var acknowledged = reader.Day($"{field}.acknowledged_on", happened.AcknowledgedOn);
        reader.InOrder($"{field}.acknowledged_on", date, acknowledged);
        return new CaseEvent
        {
            Type = reader.Code($"{field}.type", happened.Type, reader.Vocabulary.EventTypes),
            Date = date,
            Party = reader.OptionalId($"{field}.party_id", happened.PartyId),
            Provision = reader.OptionalId($"{field}.provision_id", happened.ProvisionId),
            Need = reader.OptionalId($"{field}.need_id", happened.NeedId),
            From = reader.OptionalId($"{field}.from", happened.From),
            To = reader.OptionalId($"{field}.to", happened.To),
            Category = reader.OptionalCode($"{field}.category", happened.Category, reader.Vocabulary.ConsentCategories),
            AcknowledgedOn = acknowledged,
            AcknowledgedBy = reader.OptionalId($"{field}.acknowledged_by", happened.AcknowledgedBy),
        };
    }

    /// <summary>A document.</summary>
    public static Evidence Evidence(this RequestReader reader, string field, Wire.Evidence? evidence)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, evidence))
        {
            return new Evidence("", null, null, FrozenDictionary<string, Value>.Empty);
        }

        return new Evidence(
            reader.Code($"{field}.type", evidence!.Type, reader.Vocabulary.EvidenceTypes),
            reader.Day($"{field}.date", evidence.Date),
            reader.OptionalId($"{field}.by", evidence.By),
            evidence.Fields.ToFrozenDictionary(pair => pair.Key, pair => reader.AnyValue($"{field}.fields[{RequestReader.Shown(pair.Key)}]", pair.Value)));
    }

    /// <summary>The rulebooks; all when none is named.</summary>
    public static FrozenSet<string> Rulebooks(this RequestReader reader, string field, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Count == 0
            ? [.. reader.Vocabulary.Documents.Keys]
            : [.. reader.Codes(field, keys, reader.Vocabulary.Documents.Keys)];
    }

    /// <summary>What a domain may see of a case.</summary>
    public static Case View(this RequestReader reader, string field, Wire.CaseView? view)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Missing(reader, field, view))
        {
            return new Case { Id = "", AsOf = default, Rulebooks = [] };
        }

        reader.Unique($"{field}.needs", view!.Needs.Select(need => need.NeedId), "need_id");
        reader.Unique($"{field}.provisions", view.Provisions.Select(provision => provision.ProvisionId), "provision_id");
        reader.Unique($"{field}.parties", view.Parties.Select(party => party.PartyId), "party_id");
        return new Case
        {
            Id = reader.Id($"{field}.case_pseudonym", view.CasePseudonym),
            AsOf = reader.RequiredDay($"{field}.as_of", view.AsOf),
            Rulebooks = reader.Rulebooks($"{field}.rulebooks", view.Rulebooks),
            Tenant = reader.Tenant($"{field}.tenant", view.Tenant),
            Insurer = reader.Insurer($"{field}.insurer", view.Insurer),
            Options = [.. reader.Codes($"{field}.options", view.Options, reader.Vocabulary.Options)],
            Parameters = reader.Parameters($"{field}.parameters", view.Parameters),
            Facts = reader.Facts($"{field}.facts", view.Facts, Enum.GetValues<FactLevel>()),
            Needs = reader.Items($"{field}.needs", view.Needs, (path, need) => reader.Need(path, need)),
            Provisions = reader.Items($"{field}.provisions", view.Provisions, (path, provision) => reader.Provision(path, provision)),
            Parties = reader.Items($"{field}.parties", view.Parties, (path, party) => reader.Party(path, party)),
            Consents = reader.Items($"{field}.consents", view.Consents, (path, consent) => reader.Consent(path, consent)),
            Events = reader.Items($"{field}.events", view.Events, (path, happened) => reader.Event(path, happened)),
            Evidence = reader.Items($"{field}.evidence", view.Evidence, (path, evidence) => reader.Evidence(path, evidence)),
            Open = [.. reader.Codes($"{field}.open_lists", view.OpenLists, reader.Vocabulary.OpenLists)],
        };
    }

    private static bool Missing(RequestReader reader, string field, object? message)
    {
        if (message is null)
        {
            reader.Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }

        return message is null;
    }
}
