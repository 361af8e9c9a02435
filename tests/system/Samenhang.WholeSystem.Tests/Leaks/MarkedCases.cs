using System.Globalization;
using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;
using CaseEvent = Samenhang.Protos.Common.V1.CaseEvent;
using Consent = Samenhang.Protos.Common.V1.Consent;
using Evidence = Samenhang.Protos.Common.V1.Evidence;
using Need = Samenhang.Protos.Common.V1.Need;
using Party = Samenhang.Protos.Common.V1.Party;
using Provision = Samenhang.Protos.Common.V1.Provision;

namespace Samenhang.WholeSystem.Tests.Leaks;

/// <summary>
/// Random cases over the whole vocabulary, the same for the same seed. Every text that a person can type holds the marker: title,
/// texts and free codes in facts, goal, product, payer, organisation, names of parties, fields of documents, and every id, also of what an
/// employer sees.
/// </summary>
internal sealed class MarkedCases(Vocabulary vocabulary, int seed)
{
    /// <summary>The word that nobody may find at the employer.</summary>
    public const string Marker = "zqwmerkzq";

    private readonly IReadOnlyList<string> needs = [.. vocabulary.Needs.Keys.Order(StringComparer.Ordinal)];
    private readonly IReadOnlyList<string> documents = [.. vocabulary.Documents.Keys.Where(id => id != "002b").Order(StringComparer.Ordinal)];
    private readonly IReadOnlyList<Scheme> schemes = [.. vocabulary.Schemes.Values.OrderBy(scheme => scheme.Id, StringComparer.Ordinal)];
    private readonly IReadOnlyList<string> roles = [.. vocabulary.PartyRoles.Keys.Order(StringComparer.Ordinal)];
    private readonly IReadOnlyList<string> professions = [.. vocabulary.Professions.Keys.Order(StringComparer.Ordinal)];
    private readonly IReadOnlyList<string> events = [.. vocabulary.EventTypes.Order(StringComparer.Ordinal)];
    private readonly IReadOnlyList<string> evidence = [.. vocabulary.EvidenceTypes.Order(StringComparer.Ordinal)];
    private readonly IReadOnlyList<string> categories = [.. vocabulary.ConsentCategories.Order(StringComparer.Ordinal)];

    /// <summary>The case with this number.</summary>
    public OpenCaseRequest Make(int number)
    {
        var chance = new Random(unchecked((seed * 397) ^ number));
        var marks = 0;
        string Mark(string what) => string.Create(CultureInfo.InvariantCulture, $"{Marker}-{what}-{number}-{marks++}");
        Date Day() => new() { Year = chance.Next(2014, 2017), Month = chance.Next(1, 13), Day = chance.Next(1, 29) };
        T Any<T>(IReadOnlyList<T> list) => list[chance.Next(list.Count)];

        FactValue ValueOf(FactDefinition fact) => fact.Type switch
        {
            FactType.Bool => new FactValue { BoolValue = chance.Next(2) == 0 },
            FactType.Int or FactType.Decimal => new FactValue { DecimalValue = chance.Next(1, 120).ToString(CultureInfo.InvariantCulture) },
            FactType.Date => new FactValue { DateValue = Day() },
            FactType.Enum => new FactValue { CodeValue = Any([.. fact.Values!.Order(StringComparer.Ordinal)]) },
            FactType.Set => new FactValue { CodeSetValue = new CodeSet { Codes = { fact.Values is { } codes ? Any([.. codes.Order(StringComparer.Ordinal)]) : Mark("code") } } },
            FactType.String => new FactValue { TextValue = Mark("text") },
        };

        // What can hold a word always does; of the medical facts each is known in half of the cases, of the others in a tenth.
        IEnumerable<Fact> Facts(FactLevel level) =>
            from fact in vocabulary.Facts
            where fact.Level == level
            let speaks = fact.Type == FactType.String || fact is { Type: FactType.Set, Values: null }
            where speaks || chance.Next(100) < (fact.Sensitivity == "medical" ? 50 : 10)
            select new Fact { FactId = fact.Id, Value = ValueOf(fact) };

        string[] kinds = ["reintegration", Any(needs), Any(needs)];
        var needIds = kinds.Select(_ => Mark("need")).ToList();
        var partyRoles = new[] { "employer", "company-physician", Any(roles), Any(roles) };
        var partyIds = partyRoles.Select(_ => Mark("party")).ToList();
        Scheme[] asked = [vocabulary.Schemes["employer-funded-treatment"], Any(schemes), Any(schemes)];
        var request = new OpenCaseRequest
        {
            RequestId = $"leak-{seed}-{number}",
            Title = Mark("title"),
            AsOf = new Date { Year = 2016, Month = 10, Day = chance.Next(1, 29) },
            Rulebooks = { "002b", Any(documents) },
            Facts = { Facts(FactLevel.Client).Where(fact => fact.FactId is not ("work.status" or "work.sickListed" or "work.firstSickDay")) },
            Needs = { kinds.Select((kind, i) => new Need { NeedId = needIds[i], Kind = kind, Facts = { Facts(FactLevel.Need) } }) },
            Provisions =
            {
                asked.Select(scheme => new Provision
                {
                    ProvisionId = Mark("provision"),
                    Scheme = scheme.Id,
                    Domain = Enum.Parse<Domain>(scheme.Service, ignoreCase: true),
                    Status = (ProvisionStatus)chance.Next(1, 11),
                    NeedIds = { needIds[chance.Next(needIds.Count)] },
                    ProviderId = Any(partyIds),
                    Payer = Mark("payer"),
                    Product = Mark("product"),
                    Goal = Mark("goal"),
                    RequestedOn = Day(),
                    Facts = { Facts(FactLevel.Provision) },
                }),
            },
            Parties =
            {
                partyRoles.Select((role, i) => new Party
                {
                    PartyId = partyIds[i],
                    Role = role,
                    Profession = Any(professions),
                    Organisation = Mark("organisation"),
                    Domain = Enum.Parse<Domain>(vocabulary.PartyRoles[role].Service, ignoreCase: true),
                    Facts = { Facts(FactLevel.Party) },
                }),
            },
            Consents = { new Consent { From = Any(partyIds), To = Any(partyIds), Categories = { Any(categories) } }, new Consent { From = Any(partyIds), To = "employer", Categories = { categories } } },
            Events =
            {
                Enumerable.Range(0, 6).Select(i => new CaseEvent
                {
                    Type = i == 0 ? "bedrijfsarts-advice" : i == 1 ? "diagnosis-recorded" : Any(events),
                    Date = Day(),
                    PartyId = Any(partyIds),
                    From = Any(partyIds),
                    To = Any(partyIds),
                    NeedId = Any(needIds),
                    Category = Any(categories),
                }),
            },
            Evidence =
            {
                Enumerable.Range(0, 3).Select(_ => new Evidence
                {
                    Type = Any(evidence),
                    Date = Day(),
                    By = Any(partyIds),
                    Fields = { ["conditions"] = new FactValue { TextValue = Mark("field") }, ["result"] = new FactValue { CodeValue = Mark("field") } },
                }),
            },
        };
        request.Facts.Add(new Fact { FactId = "work.status", Value = new FactValue { CodeValue = "employed" } });
        request.Facts.Add(new Fact { FactId = "work.sickListed", Value = new FactValue { BoolValue = true } });
        request.Facts.Add(new Fact { FactId = "work.firstSickDay", Value = new FactValue { DateValue = new Date { Year = 2016, Month = 4, Day = chance.Next(1, 29) } } });
        return request;
    }
}
