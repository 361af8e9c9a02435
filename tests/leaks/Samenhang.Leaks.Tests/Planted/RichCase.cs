using Samenhang.Access;
using Samenhang.Language;
using Samenhang.Leaks.Tests.Channels;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;
using Consent = Samenhang.Protos.Common.V1.Consent;
using Domain = Samenhang.Protos.Common.V1.Domain;
using Evidence = Samenhang.Protos.Common.V1.Evidence;
using Need = Samenhang.Protos.Common.V1.Need;
using Party = Samenhang.Protos.Common.V1.Party;
using Provision = Samenhang.Protos.Common.V1.Provision;

namespace Samenhang.Leaks.Tests.Planted;

/// <summary>One case in which every fact of the vocabulary has a value, with all parties and laws, and a word of its own in every place that can hold one.</summary>
internal sealed class RichCase(Vocabulary vocabulary, Secrets secrets, LawfulSight sight)
{
    /// <summary>Of the range for tests.</summary>
    public const string Bsn = "999990342";

    /// <summary>The need that an employer knows by a neutral word.</summary>
    public const string NeutralNeed = "n2";

    /// <summary>The kinds of need of the case, and none more.</summary>
    public static IReadOnlyList<string> NeedKinds { get; } = ["psych-treatment", "reintegration", "debt-help", "nursing"];

    // Numbers with an upper bound have no room for one of their own.
    private static readonly Dictionary<string, string> Small = new() { ["percent"] = "3", ["level"] = "1", ["score"] = "3" };

    private static readonly (string Scheme, string Service, ProvisionStatus Status)[] Asked =
    [
        ("gbggz", "zvw", ProvisionStatus.Running), ("district-nursing", "zvw", ProvisionStatus.Requested), ("wmo-begeleiding", "gemeente", ProvisionStatus.Granted),
        ("zw-benefit", "uwv", ProvisionStatus.Running), ("employer-reintegration-track1", "employer", ProvisionStatus.Running),
    ];

    private static readonly (string Id, string Role, string Service)[] Who =
    [
        ("client", "client", "casemanager"), ("gp", "huisarts", "zvw"), ("head", "regiebehandelaar", "zvw"), ("ins", "insurer", "zvw"), ("holder", "casemanager", "zvw"),
        ("gem", "gemeente", "gemeente"), ("kr", "klantregisseur", "gemeente"), ("uwv", "uwv", "uwv"), ("coach", "jobcoach", "uwv"), ("emp", "employer", "employer"), ("ba", "company-physician", "employer"),
    ];

    /// <summary>The ids of its items, under names that a script can use: <c>need:</c> and the kind, <c>provision:</c> and the scheme, <c>party:</c> and the role.</summary>
    public Dictionary<string, string> Ids { get; } = [];

    /// <summary>The request that opens it.</summary>
    /// <param name="employer">The OIN of the employer.</param>
    public OpenCaseRequest Make(string employer)
    {
        // An insurer is told of answers and provisions, of no fact but the day that began a term it must keep.
        Func<Reader, bool> MayKnow(string fact) => reader => reader.Role == CallerRole.Insurer
            ? reader.IsOwn && sight.BeginsATerm(fact) && sight.ServiceMayKnowFact(reader.Role, fact)
            : sight.MayKnowFact(reader, fact);
        string OfFact(string fact, string item) => secrets.Plant($"{fact} of {item}", MayKnow(fact));
        FactValue ValueOf(FactDefinition fact, string item) => fact.Type switch
        {
            FactType.Bool => new() { BoolValue = fact.Id is not ("health.crisis" or "client.deceased" or "client.addressProtected") },
            FactType.Int or FactType.Decimal => new() { DecimalValue = Small.GetValueOrDefault(fact.Unit ?? "") ?? (fact.Id switch { "client.age" => "42", "work.sickWeek" => "26", _ => secrets.PlantNumber($"{fact.Id} of {item}", MayKnow(fact.Id)) }) },
            FactType.Date => new() { DateValue = fact.Id == "client.birthDate" ? Requests.Day(1974, 3, 2) : fact.Id == "work.firstSickDay" ? Requests.Day(2016, 4, 4) : DayOf(secrets.PlantDay($"{fact.Id} of {item}", MayKnow(fact.Id))) },
            FactType.Enum => new() { CodeValue = fact.Id switch { "work.status" => "employed", "wlz.indication" => "none", _ => Telling(fact) } },
            FactType.Set => new() { CodeSetValue = new CodeSet { Codes = { fact.Values is not null ? Telling(fact) : OfFact(fact.Id, item) } } },
            FactType.String => new() { TextValue = OfFact(fact.Id, item) },
        };
        IEnumerable<Fact> Facts(FactLevel level, string item) => vocabulary.Facts.Where(fact => fact.Level == level).Select(fact => new Fact { FactId = fact.Id, Value = ValueOf(fact, item) });
        string OfService(string what, string service) => secrets.Plant(what, reader => reader.IsOwn && (LawfulSight.SeesAll(reader.Role) || (reader.Role != CallerRole.Employer && LawfulSight.ServiceOf(reader.Role) == service)));
        string Of(string what, string list, string kind) => secrets.Plant(what, reader => reader.IsOwn && (sight.Lists(reader.Role, list, kind) || (reader.Role == CallerRole.Provider && kind is "zvw" or "gemeente")));

        var needIds = NeedKinds.Select((kind, i) => kind == "reintegration" ? NeutralNeed : secrets.Plant($"id of need {kind}", reader => reader.IsOwn && ServiceSees(reader.Role, kind))).ToList();
        var provisionIds = Asked.Select(one => one.Service == "employer" ? "p-employer" : Of($"id of provision {one.Scheme}", "provisions", one.Service)).ToList();
        var partyIds = Who.ToDictionary(one => one.Id, one => one.Id is "client" or "emp" ? one.Id : Of($"id of party {one.Role}", "parties", one.Service));
        foreach (var (name, id) in NeedKinds.Select((kind, i) => ($"need:{kind}", needIds[i]))
            .Concat(Asked.Select((one, i) => ($"provision:{one.Scheme}", provisionIds[i])))
            .Concat(Who.Select(one => ($"party:{one.Role}", partyIds[one.Id]))))
        {
            Ids[name] = id;
        }

        return new OpenCaseRequest
        {
            RequestId = Requests.NewId(),
            Bsn = Bsn,
            Title = secrets.Plant("title", reader => reader.IsOwn && LawfulSight.SeesAll(reader.Role)),
            AsOf = Requests.Day(2016, 10, 1),
            Tenant = "gm9901",
            Insurer = "uzovi9901",
            Facts = { Facts(FactLevel.Client, "the client") },
            Needs = { NeedKinds.Select((kind, i) => new Need { NeedId = needIds[i], Kind = kind, Facts = { Facts(FactLevel.Need, kind) } }) },
            Provisions =
            {
                Asked.Select((one, i) => new Provision
                {
                    ProvisionId = provisionIds[i],
                    Scheme = one.Scheme,
                    Domain = Enum.Parse<Domain>(one.Service, ignoreCase: true),
                    Status = one.Status,
                    NeedIds = { needIds[i % needIds.Count] },
                    ProviderId = partyIds[Who.First(party => party.Service == one.Service).Id],
                    Payer = one.Service,
                    Product = OfService($"product of {one.Scheme}", one.Service),
                    Goal = OfService($"goal of {one.Scheme}", one.Service == "zvw" ? "none" : one.Service),
                    RequestedOn = Requests.Day(2016, 5, 1),
                    From = Requests.Day(2016, 6, 1),
                    Facts = { Facts(FactLevel.Provision, one.Scheme).Where(fact => fact.FactId is not ("prov.product" or "prov.goal")) },
                }),
            },
            Parties =
            {
                Who.Select(one => new Party
                {
                    PartyId = partyIds[one.Id],
                    Role = one.Role,
                    Organisation = one.Role switch { "employer" => employer, "casemanager" => Subscribers.CasemanagerOin, _ => Of($"organisation of {one.Role}", "parties", one.Service) },
                    Domain = Enum.Parse<Domain>(one.Service, ignoreCase: true),
                    Facts = { Facts(FactLevel.Party, one.Role) },
                }),
            },
            Consents =
            {
                new Consent { From = "client", To = partyIds["ba"], Categories = { "medical" } },
                new Consent { From = "client", To = "zvw", Categories = { "full" } },
            },
            Events =
            {
                vocabulary.EventTypes.Order(StringComparer.Ordinal).Select(type => new Protos.Common.V1.CaseEvent { Type = type, Date = Requests.Day(2016, 6, 6), PartyId = partyIds["gp"], NeedId = needIds[0], From = partyIds["gp"], To = partyIds["kr"] }),
            },
            Evidence =
            {
                vocabulary.EvidenceTypes.Order(StringComparer.Ordinal).Select(type => new Evidence
                {
                    Type = type,
                    Date = Requests.Day(2016, 6, 7),
                    By = partyIds["gp"],
                    Fields = { ["conditions"] = new FactValue { TextValue = Of($"field of {type}", "evidence", type) } },
                }),
            },
        };
    }

    // The code that fewest other facts have too: it tells most.
    private string Telling(FactDefinition fact) =>
        fact.Values!.OrderBy(code => vocabulary.Facts.Count(other => other.Values?.Contains(code) == true)).ThenBy(code => code, StringComparer.Ordinal).First();

    private static Date DayOf(DateOnly day) => Requests.Day(day.Year, day.Month, day.Day);

    // Beside its own, a service sees the needs that its provisions serve; which those are stands in Asked.
    private bool ServiceSees(CallerRole role, string kind) => LawfulSight.SeesAll(role) || role switch
    {
        CallerRole.Employer => false, // By a neutral word and a name of ours; never by the id that somebody chose.
        CallerRole.Insurer => vocabulary.Needs[kind].TypicalDomains.Contains("zvw") || kind is "psych-treatment",
        CallerRole.Municipality or CallerRole.Uwv or CallerRole.Provider => true, // Who gives the care knows what for.
        _ => false,
    };
}
