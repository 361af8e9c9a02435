using System.Globalization;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>
/// Checks the content of commands against the vocabulary and the case: every fault with the path of its field, all at once.
/// </summary>
internal sealed class CaseChecks(Vocabulary vocabulary)
{
    private const int LongestId = 64;
    private const int LongestTitle = 200;
    private const int LongestText = 2000;

    private readonly List<FieldFault> faults = [];
    private readonly WordsToEmployer toEmployer = new(vocabulary);
    private bool mayBeRefused = true;
    private HashSet<string> needs = [];
    private HashSet<string> provisions = [];
    private HashSet<string> parties = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<FieldFault> Faults => faults;

    /// <summary>The items of the case, to which the content may refer.</summary>
    public CaseChecks In(CaseState state)
    {
        needs = [.. state.Needs.Select(n => n.Id)];
        provisions = [.. state.Provisions.Select(p => p.Id)];
        parties = [.. state.Parties.Select(p => p.Id)];
        return this;
    }

    /// <summary>A whole case.</summary>
    public void Open(CaseCommand.Open open)
    {
        Identifier(open.CaseId, "case_id");
        if (open.Title.Length > LongestTitle)
        {
            Fault("title", $"De titel is te lang: hoogstens {LongestTitle} tekens.", $"The title is too long: at most {LongestTitle} characters.");
        }

        var content = open.Content;
        Codes(content.Rulebooks, "rulebooks", vocabulary.Documents.Keys, "document", "document");
        Codes(content.Options, "options", vocabulary.Options, "optie", "option");
        Codes(content.Open, "open_lists", vocabulary.OpenLists, "lijst", "list");
        foreach (var (id, i) in content.Parameters.Keys.Select((id, i) => (id, i)))
        {
            Code(id, $"parameters[{i}].parameter_id", vocabulary.Parameters.Keys, "parameter", "parameter");
        }

        needs = Unique(content.Needs.Select(n => n.Id), "needs", "need_id");
        provisions = Unique(content.Provisions.Select(p => p.Id), "provisions", "provision_id");
        parties = Unique(content.Parties.Select(p => p.Id), "parties", "party_id");
        Facts(content.Facts, "facts", null);
        Each(content.Needs, "needs", Need);
        Each(content.Provisions, "provisions", Provision);
        Each(content.Parties, "parties", Party);
        Each(content.Consents, "consents", Consent);
        Each(content.Events, "events", Event);
        Each(content.Evidence, "evidence", Evidence);
    }

    /// <summary>Facts, each on its place.</summary>
    public void PlacedFacts(IReadOnlyList<PlacedFact> facts)
    {
        if (facts.Count == 0)
        {
            Fault("facts", "Geef minstens één feit.", "Give at least one fact.");
        }

        Each(facts, "facts", Placed);
    }

    /// <summary>A fact on its place.</summary>
    internal void Placed(PlacedFact fact, string path)
    {
        var (known, field, nl) = fact.On switch
        {
            ItemKind.Need => (needs, "need_id", "behoefte"),
            ItemKind.Provision => (provisions, "provision_id", "voorziening"),
            ItemKind.Party => (parties, "party_id", "partij"),
            _ => (null, "", ""),
        };
        if (known is not null && (fact.ItemId is null || !known.Contains(fact.ItemId)))
        {
            Fault($"{path}.{field}", $"De casus heeft geen {nl} '{Short(fact.ItemId)}'.", $"The case has no such {fact.On.ToString().ToLowerInvariant()}: '{Short(fact.ItemId)}'.");
        }

        Fact(fact.Fact, fact.Value, fact.On, $"{path}.fact");
    }

    /// <summary>A need.</summary>
    public void Need(NeedEntry need, string path)
    {
        Identifier(need.Id, $"{path}.need_id");
        Code(need.Kind, $"{path}.kind", vocabulary.Needs.Keys, "soort behoefte", "kind of need");
        Facts(need.Facts, $"{path}.facts", ItemKind.Need);
    }

    /// <summary>A provision.</summary>
    public void Provision(ProvisionEntry p, string path)
    {
        Identifier(p.Id, $"{path}.provision_id");
        Code(p.Scheme, $"{path}.scheme", vocabulary.Schemes.Keys, "regeling", "scheme");
        Code(p.Domain, $"{path}.domain", [.. Services.Asked, Services.Casemanager, "none"], "domein", "domain");
        Code(p.Status, $"{path}.status", vocabulary.ProvisionStatus, "status", "status");
        foreach (var (need, i) in p.NeedIds.Select((need, i) => (need, i)))
        {
            Item(need, $"{path}.need_ids[{i}]", needs, "behoefte", "need");
        }

        Span(p.From, p.To, $"{path}.to");
        Text(p.Goal, $"{path}.goal");
        Text(p.Product, $"{path}.product");
        Facts(p.Facts, $"{path}.facts", ItemKind.Provision);
    }

    /// <summary>A party.</summary>
    public void Party(PartyEntry p, string path)
    {
        Identifier(p.Id, $"{path}.party_id");
        Code(p.Role, $"{path}.role", vocabulary.PartyRoles.Keys, "rol", "role");
        if (p.Profession is { } profession)
        {
            Code(profession, $"{path}.profession", vocabulary.Professions.Keys, "beroep", "profession");
        }

        if (p.Service is { } service)
        {
            Code(service, $"{path}.domain", [.. Services.Asked, Services.Casemanager, "none"], "domein", "domain");
        }

        foreach (var (id, i) in p.ProvisionIds.Select((id, i) => (id, i)))
        {
            Item(id, $"{path}.provision_ids[{i}]", provisions, "voorziening", "provision");
        }

        ForEmployer(toEmployer.Hits(p.Role, p.Service, p.Organisation), $"{path}.organisation");
        Facts(p.Facts, $"{path}.facts", ItemKind.Party);
    }

    /// <summary>A consent.</summary>
    public void Consent(Consent consent, string path)
    {
        Who(consent.From, $"{path}.from");
        if (consent.To != HouseholdFlows.Addressee)
        {
            Who(consent.To, $"{path}.to");
        }

        if (consent.Categories.Count == 0 && consent.WithdrawnOn is null)
        {
            Fault($"{path}.categories", "Noem minstens één soort gegevens.", "Name at least one category of data.");
        }

        Codes(consent.Categories, $"{path}.categories", vocabulary.ConsentCategories, "soort gegevens", "category");
        Span(consent.ValidFrom, consent.ValidTo, $"{path}.valid_to");
    }

    /// <summary>An event.</summary>
    public void Event(CaseEvent e, string path)
    {
        Code(e.Type, $"{path}.type", vocabulary.EventTypes, "soort gebeurtenis", "type of event");
        if (e.Date == default)
        {
            Fault($"{path}.date", "De dag ontbreekt.", "The day is missing.");
        }

        if (e.Need is { } need)
        {
            Item(need, $"{path}.need_id", needs, "behoefte", "need");
        }

        if (e.Provision is { } provision)
        {
            Item(provision, $"{path}.provision_id", provisions, "voorziening", "provision");
        }

        foreach (var (who, field) in new[] { (e.From, "from"), (e.To, "to"), (e.AcknowledgedBy, "acknowledged_by") })
        {
            if (who is not null)
            {
                Who(who, $"{path}.{field}");
            }
        }

        if (e.Party is { } party)
        {
            Item(party, $"{path}.party_id", parties, "partij", "party");
        }

        if (e.Category is { } category)
        {
            Code(category, $"{path}.category", vocabulary.ConsentCategories, "soort gegevens", "category");
        }

        if (e.AcknowledgedOn < e.Date)
        {
            Fault($"{path}.acknowledged_on", "De dag van kennisneming ligt voor de gebeurtenis.", "The day of taking notice lies before the event.");
        }
    }

    /// <summary>A document.</summary>
    public void Evidence(Evidence evidence, string path) =>
        Code(evidence.Type, $"{path}.type", vocabulary.EvidenceTypes, "soort document", "type of document");

    /// <summary>
    /// What a record of a domain says: facts of the client that the domain may see, and provisions and parties of its own. Needs that the case does not have are no fault: the domain's view of the case may be older.
    /// </summary>
    public void News(RecordNews news, string service, CaseState state)
    {
        mayBeRefused = false;
        needs = [.. needs, .. news.Provisions.SelectMany(p => p.NeedIds)];
        provisions = [.. provisions, .. news.Provisions.Select(p => p.Id)];
        parties = [.. parties, .. news.Parties.Select(p => p.Id)];
        Facts(news.Facts, "facts", null);
        Each(news.Provisions, "provisions", Provision);
        Each(news.Parties, "parties", Party);
        Each(news.Events, "events", Event);
        Each(news.Evidence, "evidence", Evidence);
        Each(news.EvidenceTakenBack, "evidence_taken_back", Evidence);

        Seen(news.Facts.Keys, "facts", service);
        Each(news.Parties, "parties", (p, path) =>
        {
            if (p.Service != service || state.Parties.Any(known => known.Id == p.Id && known.Service != service))
            {
                Fault($"{path}.domain", $"Partij '{Short(p.Id)}' is niet van {service}.", $"Party '{Short(p.Id)}' is not of {service}.");
            }
        });
        Each(news.Provisions, "provisions", (p, path) =>
        {
            if (p.Domain != service || (vocabulary.Schemes.TryGetValue(p.Scheme, out var scheme) && scheme.Service != service))
            {
                Fault($"{path}.scheme", $"{p.Scheme} is geen regeling van {service}.", $"{p.Scheme} is no scheme of {service}.");
            }

            if (state.Provisions.FirstOrDefault(known => known.Id == p.Id) is { } other && other.Domain != service)
            {
                Fault($"{path}.provision_id", $"Voorziening '{Short(p.Id)}' is van {other.Domain}.", $"Provision '{Short(p.Id)}' is of {other.Domain}.");
            }
        });
    }

    /// <summary>What somebody wants to do about a finding.</summary>
    public void Treatment(CaseCommand.TreatFinding treat)
    {
        Code(treat.Finding.FlagId, "finding.flag_id", vocabulary.Flags.Select(flag => flag.Id), "bevinding", "finding");
        Who(treat.By, "by");
        switch (treat.Treatment)
        {
            case FindingTreatment.Acknowledge { Note: var note }:
                Text(note, "note");
                break;
            case FindingTreatment.Resolve resolve:
                Evidence(resolve.Evidence, "evidence");
                Text(resolve.Note, "note");
                break;
            case FindingTreatment.Overrule { Reason: var reason }:
                Reason(reason);
                break;
            case FindingTreatment.Reopen { Reason: var reason }:
                Reason(reason);
                break;
        }

        void Reason(string reason)
        {
            if (string.IsNullOrWhiteSpace(reason))
            {
                Fault("reason", "Geef een reden.", "Give a reason.");
            }

            Text(reason, "reason");
        }
    }

    /// <summary>A standstill: of terms that may stand still, with days in order, by somebody and for a reason.</summary>
    public void Suspension(TermSuspension suspension)
    {
        if (suspension.Term is null && suspension.ItemId is null)
        {
            Fault("deadline_id", "Noem een termijn, of de behoefte of voorziening waarvan de termijnen stilstaan.", "Name a term, or the need or provision whose terms stand still.");
        }

        if (suspension.Term is { } term)
        {
            var named = vocabulary.Deadlines.Where(d => TermSuspension.NamesTerm(term, d.Id)).ToList();
            if (named.Count == 0)
            {
                Code(term, "deadline_id", vocabulary.Deadlines.Select(d => d.Id), "termijn", "term");
            }
            else if (!named.Exists(d => d.Suspendable))
            {
                Fault("deadline_id", $"De termijn '{Short(term)}' kan niet stilstaan.", $"The term '{Short(term)}' cannot stand still.");
            }
        }

        if (suspension.ItemId is { } item && !needs.Contains(item) && !provisions.Contains(item))
        {
            Fault("item_id", $"De casus heeft geen behoefte of voorziening '{Short(item)}'.", $"The case has no need or provision '{Short(item)}'.");
        }

        Day(suspension.From, "from");
        Span(suspension.From, suspension.To, "to");
        Because(suspension.By, suspension.Reason);
    }

    /// <summary>The end of a standstill.</summary>
    public void Resumption(TermSuspension standing, CaseCommand.ResumeDeadline resume)
    {
        if (resume.On <= standing.From)
        {
            Fault("on", "De dag van hervatten ligt niet na de eerste dag van stilstand.", "The day of going on does not lie after the first day of the standstill.");
        }

        Because(resume.By, resume.Reason);
    }

    /// <summary>The rows of an answer: of that service, for needs of the case, with rules.</summary>
    public void Rows(IReadOnlyList<Coverage> rows, string service) => Each(rows, "rows", (row, path) =>
    {
        Item(row.NeedId, $"{path}.need_id", needs, "behoefte", "need");
        Code(row.Scheme, $"{path}.scheme", vocabulary.Schemes.Keys, "regeling", "scheme");
        if (row.Service != service)
        {
            Fault($"{path}.domain", $"Dit is geen antwoord van {service}.", $"This is no answer of {service}.");
        }

        if (row.RuleIds.Count == 0)
        {
            Fault($"{path}.rules", "Een antwoord zonder regel kan niet worden uitgelegd.", "An answer without a rule cannot be explained.");
        }
    });

    private void Facts(IReadOnlyDictionary<string, Value> facts, string path, ItemKind? on)
    {
        foreach (var ((id, value), i) in facts.Select((fact, i) => (fact, i)))
        {
            Fact(id, value, on ?? ItemKind.Case, $"{path}[{i}]");
        }
    }

    /// <summary>A domain does not tell of the client what it may not know: an employer that heard a diagnosis may not pass it on.</summary>
    private void Seen(IEnumerable<string> facts, string path, string service)
    {
        foreach (var id in facts.Where(id => vocabulary.FactById.TryGetValue(id, out var fact) && !fact.VisibleTo.Contains(service)))
        {
            Fault($"{path}.{id}", $"{service} mag {id} niet kennen.", $"{service} may not know {id}.");
        }
    }

    private void Fact(string id, Value value, ItemKind on, string path)
    {
        if (!vocabulary.FactById.TryGetValue(id, out var fact))
        {
            Unknown(id, $"{path}.fact_id", vocabulary.FactById.Keys, "feit", "fact");
            return;
        }

        // A fact stands on its own level, or at case level as the default for all; a need-level fact may stand on a provision.
        var fits = on switch
        {
            ItemKind.Need => fact.Level == FactLevel.Need,
            ItemKind.Provision => fact.Level is FactLevel.Provision or FactLevel.Need,
            ItemKind.Party => fact.Level == FactLevel.Party,
            _ => true,
        };
        if (!fits)
        {
            Fault($"{path}.fact_id", $"{id} hoort hier niet: het is een feit van {Nl(fact.Level)}.", $"{id} does not belong here: it is a fact of {En(fact.Level)}.");
        }

        if (!value.IsKnown)
        {
            return;
        }

        var (kind, nl, en) = fact.Type switch
        {
            FactType.Bool => (ValueKind.Bool, "ja of nee", "yes or no"),
            FactType.Int => (ValueKind.Number, "een geheel getal", "a whole number"),
            FactType.Decimal => (ValueKind.Number, "een getal", "a number"),
            FactType.Date => (ValueKind.Date, "een dag", "a day"),
            FactType.Set => (ValueKind.Set, "een lijst van codes", "a list of codes"),
            FactType.Enum => (ValueKind.Code, "een code", "a code"),
            FactType.String => (ValueKind.Code, "een tekst", "a text"),
        };
        if (value.Kind != kind || (fact.Type == FactType.Int && value.Number != decimal.Truncate(value.Number)))
        {
            Fault($"{path}.value", $"{id} is {nl}.", $"{id} is {en}.");
            return;
        }

        if (fact.Values is { } allowed)
        {
            foreach (var code in fact.Type == FactType.Set ? value.Set : [value.Code])
            {
                Code(code, $"{path}.value", allowed, $"waarde van {id}", $"value of {id}");
            }
        }
        else if (fact.Type == FactType.String)
        {
            Text(value.Code, $"{path}.value");
        }

        ForEmployer(toEmployer.Hits(fact, value), $"{path}.value");
    }

    /// <summary>
    /// Words that the employer may not read go back to who wrote them. Who only told them cannot say them otherwise: then the view keeps them
    /// behind (<see cref="EmployerView"/>) and the plan asks the company physician.
    /// </summary>
    private void ForEmployer(IReadOnlyList<ScreenHit> hits, string path)
    {
        if (mayBeRefused && hits.Count > 0)
        {
            var words = new WithheldWords(Sentence.None, path, hits).Words;
            Fault(
                path,
                $"De werkgever leest deze tekst en mag dit niet weten: {words.Nl}. Vraag de bedrijfsarts om het anders te schrijven: alleen welk werk wel en niet kan, en hoe lang.",
                $"The employer reads this text and may not know this: {words.En}. Ask the company physician to write it in other words: only what work can and cannot be done, and for how long.");
        }
    }

    private static void Each<T>(IReadOnlyList<T> items, string path, Action<T, string> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            check(items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
        }
    }

    private HashSet<string> Unique(IEnumerable<string> ids, string path, string field)
    {
        var seen = new HashSet<string>();
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            if (!seen.Add(id))
            {
                Fault($"{path}[{i}].{field}", $"'{Short(id)}' staat er twee keer.", $"'{Short(id)}' stands there twice.");
            }
        }

        return seen;
    }

    private void Identifier(string id, string path)
    {
        if (id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            Fault(path, $"Een kenmerk heeft 1 tot {LongestId} letters, cijfers, punten of streepjes.", $"An identifier has 1 to {LongestId} letters, digits, dots, hyphens or underscores.");
        }
    }

    /// <summary>A party of the case, else a role, else a service.</summary>
    internal void Who(string who, string path)
    {
        if (!parties.Contains(who) && !vocabulary.PartyRoles.ContainsKey(who) && !Services.Asked.Contains(who) && who != Services.Casemanager)
        {
            Fault(path, $"'{Short(who)}' is geen partij van deze casus, geen rol en geen domein.", $"'{Short(who)}' is no party of this case, no role and no domain.");
        }
    }

    /// <summary>A need that the case has.</summary>
    internal void NeedOfCase(string id, string path) => Item(id, path, needs, "behoefte", "need");

    /// <summary>A provision that the case has.</summary>
    internal void ProvisionOfCase(string id, string path) => Item(id, path, provisions, "voorziening", "provision");

    /// <summary>A party that the case has.</summary>
    internal void PartyOfCase(string id, string path) => Item(id, path, parties, "partij", "party");

    private void Item(string id, string path, HashSet<string> known, string nl, string en)
    {
        if (!known.Contains(id))
        {
            Fault(path, $"De casus heeft geen {nl} '{Short(id)}'{HintNl(id, known)}.", $"The case has no {en} '{Short(id)}'{Spelling.Hint(id, known)}.");
        }
    }

    private void Because(string by, string reason)
    {
        Who(by, "by");
        Text(reason, "reason");
        if (string.IsNullOrWhiteSpace(reason))
        {
            Fault("reason", "De reden ontbreekt.", "The reason is missing.");
        }
    }

    private void Day(DateOnly day, string path)
    {
        if (day == default)
        {
            Fault(path, "De dag ontbreekt.", "The day is missing.");
        }
    }

    /// <summary>Two days in order.</summary>
    internal void Span(DateOnly? from, DateOnly? to, string path)
    {
        if (to < from)
        {
            Fault(path, "De laatste dag ligt voor de eerste.", "The last day lies before the first.");
        }
    }

    /// <summary>A text that is not too long.</summary>
    internal void Text(string? text, string path)
    {
        if (text?.Length > LongestText)
        {
            Fault(path, $"De tekst is te lang: hoogstens {LongestText} tekens.", $"The text is too long: at most {LongestText} characters.");
        }
    }

    private void Codes(IReadOnlyList<string> codes, string path, IEnumerable<string> known, string nl, string en) =>
        Each(codes, path, (code, at) => Code(code, at, known, nl, en));

    private void Code(string code, string path, IEnumerable<string> known, string nl, string en)
    {
        if (!known.Contains(code))
        {
            Unknown(code, path, known, nl, en);
        }
    }

    private void Unknown(string code, string path, IEnumerable<string> known, string nl, string en) =>
        Fault(path, $"Onbekend: {nl} '{Short(code)}'{HintNl(code, known)}.", $"Unknown {en} '{Short(code)}'{Spelling.Hint(code, known)}.");

    /// <summary>Reports a fault.</summary>
    internal void Fault(string path, string nl, string en) => faults.Add(new FieldFault(path, new Sentence(nl, en)));

    private static string HintNl(string name, IEnumerable<string> known) => Spelling.Nearest(name, known) is { } nearest ? $" (bedoelt u {nearest}?)" : "";

    /// <summary>What a caller sent is repeated only in part: it could be anything.</summary>
    private static string Short(string? text) => text is null ? "" : text.Length <= 40 ? text : text[..40] + "…";

    private static string Nl(FactLevel level) => level switch
    {
        FactLevel.Client => "de cliënt",
        FactLevel.Need => "een behoefte",
        FactLevel.Provision => "een voorziening",
        FactLevel.Party => "een partij",
    };

    private static string En(FactLevel level) => level switch
    {
        FactLevel.Client => "the client",
        FactLevel.Need => "a need",
        FactLevel.Provision => "a provision",
        FactLevel.Party => "a party",
    };
}
