using System.Collections.Frozen;
using System.Globalization;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests;

/// <summary>The vocabulary of the project, and cases in it: Simon, whose need n1 is treatment, and random ones.</summary>
internal static class SampleCases
{
    public static Vocabulary Vocabulary { get; } = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    /// <summary>Bus driver with burn-out, sick since 4 April 2016; he has debts; gp, company physician and employer are in the case.</summary>
    public static Case Simon { get; } = new()
    {
        Id = "simon",
        AsOf = new DateOnly(2016, 10, 1),
        Rulebooks = FrozenSet.Create("002a", "002b"),
        Facts = Facts(
            ("client.birthDate", "1974-03-02"), ("work.status", "employed"), ("work.sickListed", "true"), ("work.firstSickDay", "2016-04-04"),
            ("work.arboReportedOn", "2016-04-06"), ("work.planVanAanpakOn", "2016-05-20"), ("work.complaintRelation", "ill-because-of-work"),
            ("work.functionalLimitations", "concentrating,driving"), ("benefit.type", "wage"), ("health.crisis", "false"), ("gemeente.debtSupport", "true")),
        Needs =
        [
            Need("n1", "psych-treatment", ("health.classification", "burn-out"), ("health.dsmDisorder", "none")),
            Need("n2", "reintegration"),
            Need("n3", "income"),
            Need("n4", "debt-help"),
        ],
        Provisions =
        [
            Provision("p1", "gp-care", "running", ["n1"], "gp", from: "2016-04-11"),
            Provision("p2", "gbggz", "requested", ["n1"], requestedOn: "2016-09-20"),
            Provision("p3", "employer-reintegration-track1", "running", ["n2"], "emp", from: "2016-04-06") with { Goal = "herstel na burn-out", Product = "traject" },
            Provision("p4", "employer-funded-treatment", "refused", ["n1"], "gp") with { Goal = "behandeling van burn-out" },
        ],
        Parties =
        [
            new Party { Id = "gp", Role = "huisarts", Profession = "huisarts", Service = "zvw" },
            new Party { Id = "ba", Role = "company-physician", Profession = "bedrijfsarts", Service = "employer" },
            new Party { Id = "emp", Role = "employer", Service = "employer", ProvisionIds = ["p1", "p3"] },
        ],
        Consents = [new Consent("gp", "ba", ["medical"], new DateOnly(2016, 6, 1), null, null)],
        Events =
        [
            new CaseEvent { Type = "bedrijfsarts-advice", Date = new DateOnly(2016, 6, 15), Party = "ba", From = "ba", To = "gp", Need = "n1", Category = "work-advice" },
            new CaseEvent { Type = "bedrijfsarts-gp-alignment", Date = new DateOnly(2016, 6, 20) },
            new CaseEvent { Type = "diagnosis-recorded", Date = new DateOnly(2016, 5, 1), Party = "gp" },
        ],
        Evidence = [new Evidence("referral-letter", new DateOnly(2016, 9, 20), "gp", new Dictionary<string, Value> { ["to"] = Value.Of("gbggz") })],
    };

    public static FactDefinition Fact(string id) => Vocabulary.FactById[id];

    /// <summary>Facts from their text: dates, numbers, true and false, codes; members of a set parted by commas.</summary>
    public static FactSet Facts(params (string Id, string Text)[] facts) =>
        new(facts.Select(f => KeyValuePair.Create(Fact(f.Id), Parse(Fact(f.Id), f.Text))));

    public static Need Need(string id, string kind, params (string, string)[] facts) => new(id, Vocabulary.Needs[kind], Facts(facts));

    public static Provision Provision(string id, string scheme, string status, string[] needs, string? provider = null, string? from = null, string? requestedOn = null) => new()
    {
        Id = id,
        Scheme = Vocabulary.Schemes[scheme],
        Domain = Vocabulary.Schemes[scheme].Service,
        Status = status,
        NeedIds = needs,
        ProviderId = provider,
        From = from is null ? null : Day(from),
        RequestedOn = requestedOn is null ? null : Day(requestedOn),
    };

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Case With(this Case @case, string fact, string? text) =>
        @case with { Facts = @case.Facts.With(Fact(fact), text is null ? Value.Unknown : Parse(Fact(fact), text)) };

    /// <summary>A random case with at least one need.</summary>
    public static Case WithNeeds(int seed) =>
        Random(seed) is var @case && @case.Needs.Count > 0 ? @case : @case with { Needs = [Need("n1", "psych-treatment")] };

    /// <summary>A case in which anything can stand; the same seed gives the same case.</summary>
    public static Case Random(int seed)
    {
#pragma warning disable CA5394 // No secret: a test wants the same case for the same seed.
        var random = new Random(seed);
        T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
        bool Often() => random.Next(3) > 0;
        var day = new DateOnly(2010, 1, 1).AddDays(random.Next(4000));
        DateOnly? Some() => Often() ? day.AddDays(random.Next(-700, 200)) : null;
        (DateOnly? From, DateOnly? To) Span() => (Some(), Some()) is var (a, b) && b < a ? (b, a) : (a, b);
        FactSet Known(FactLevel level, int share) => new(Vocabulary.Facts.Where(f => (f.Level == level || (level == FactLevel.Client && random.Next(10) == 0)) && random.Next(share) == 0)
            .Select(f => KeyValuePair.Create(f, RandomValue(random, f, day))));
        var kinds = Vocabulary.Needs.Values.OrderBy(n => n.Id, StringComparer.Ordinal).ToList();
        var schemes = Vocabulary.Schemes.Values.OrderBy(s => s.Id, StringComparer.Ordinal).ToList();
        var roles = Vocabulary.PartyRoles.Values.OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var status = Vocabulary.ProvisionStatus.Order(StringComparer.Ordinal).ToList();
        var types = Vocabulary.EventTypes.Order(StringComparer.Ordinal).ToList();
        var categories = Vocabulary.ConsentCategories.Order(StringComparer.Ordinal).ToList();
        var evidence = Vocabulary.EvidenceTypes.Order(StringComparer.Ordinal).ToList();

        var needs = Enumerable.Range(1, random.Next(5)).Select(i => new Need($"n{i}", Pick(kinds), Known(FactLevel.Need, 6))).ToList();
        var provisionIds = Enumerable.Range(0, random.Next(7)).Select(i => $"p{i}").ToList();
        var parties = Enumerable.Range(1, random.Next(6)).Select(i => Pick(roles)).Select((role, i) => new Party
        {
            Id = $"a{i}",
            Role = role.Id,
            Organisation = Often() ? $"org{random.Next(3)}" : null,
            Service = Often() ? role.Service : null,
            ProvisionIds = provisionIds.Count > 0 && Often() ? [Pick(provisionIds)] : [],
            Facts = Known(FactLevel.Party, 6),
        }).ToList();
        string? Who() => parties.Count > 0 && Often() ? Pick(parties).Id : null;
        var provisions = provisionIds.Select(id => (Id: id, Scheme: Pick(schemes), Period: Span())).Select(p => new Provision
        {
            Id = p.Id,
            Scheme = p.Scheme,
            Domain = p.Scheme.Service,
            Status = Pick(status),
            NeedIds = [.. needs.Where(_ => Often()).Select(n => n.Id)],
            ProviderId = Who(),
            RequestedOn = Some(),
            From = p.Period.From,
            To = p.Period.To,
            Product = "zeemeeuw product",
            Goal = "zeemeeuw doel",
            Facts = Known(FactLevel.Provision, 8),
        }).ToList();
        return new Case
        {
            Id = $"random{seed}",
            AsOf = day,
            Rulebooks = FrozenSet.Create("000", "001", "002a", "002b", "003", "004"),
            Parameters = new Dictionary<string, Value> { ["wvp.uwvReportWeek"] = Value.Of(42), ["pal.lastMonths"] = Value.Of(3) },
            Facts = Known(FactLevel.Client, 4),
            Needs = needs,
            Provisions = provisions,
            Parties = parties,
            Consents = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Span()).Select(period => new Consent(Who() ?? "zvw", Who() ?? Pick(Services.Asked), [Pick(categories)], period.From, period.To, Some()))],
            Events = [.. Enumerable.Range(0, random.Next(6)).Select(_ => new CaseEvent { Type = Pick(types), Date = day.AddDays(-random.Next(300)), Party = Who(), From = Who(), To = Who(), Need = needs.Count > 0 ? Pick(needs).Id : null, Category = "medical", AcknowledgedBy = Who() })],
            Evidence = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Evidence(Pick(evidence), Some(), Who(), new Dictionary<string, Value> { ["by"] = Value.Of("psychiater") }))],
        };
    }

    private static Value RandomValue(Random random, FactDefinition fact, DateOnly day) => fact.Type switch
    {
        FactType.Bool => Value.Of(random.Next(2) == 0),
        FactType.Int => Value.Of(random.Next(60)),
        FactType.Decimal => Value.Of(random.Next(1000) / 10m),
        FactType.Date => Value.Of(day.AddDays(-random.Next(-30, 9000))),
        FactType.Enum => Value.Of(fact.Values!.Order(StringComparer.Ordinal).ElementAt(random.Next(fact.Values!.Count))),
        FactType.Set => Value.SetOf((fact.Values ?? FrozenSet.Create("zeemeeuw")).Order(StringComparer.Ordinal).Where(_ => random.Next(2) == 0)),
        FactType.String => Value.Of("zeemeeuw"),
    };
#pragma warning restore CA5394

    private static Value Parse(FactDefinition fact, string text) => fact.Type switch
    {
        FactType.Bool => Value.Of(bool.Parse(text)),
        FactType.Int or FactType.Decimal => Value.Of(decimal.Parse(text, CultureInfo.InvariantCulture)),
        FactType.Date => Value.Of(Day(text)),
        FactType.Set => Value.SetOf(text.Split(',', StringSplitOptions.RemoveEmptyEntries)),
        FactType.Enum or FactType.String => Value.Of(text),
    };
}
