using System.Text.Json;
using System.Text.Json.Serialization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Cases;

public class WhatIsRecorded
{
    // As a store would write it: names in camelCase, enums by name, null left out.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public void A_case_that_was_opened_is_the_case_that_was_given() =>
        Assert.Equal(Text(SampleCases.Simon), Text(ACase.Opened(SampleCases.Simon).State.ToCase(SampleCases.Vocabulary)));

    [Fact]
    public void Any_case_survives_opening_and_storage() => Properties.HoldForAnySeed(seed =>
    {
        var content = SampleCases.WithNeeds(seed);
        var @case = ACase.Opened(content).Settle();
        var read = CaseState.From(@case.Log.Select(change => JsonSerializer.Deserialize<CaseChange>(JsonSerializer.Serialize(change, Json), Json)!));

        Assert.Equal(Text(@case.State.ToCase(SampleCases.Vocabulary)), Text(read.ToCase(SampleCases.Vocabulary)));
        Assert.Equal(JsonSerializer.Serialize(@case.State.Plan, Json), JsonSerializer.Serialize(read.Plan, Json));
        Assert.Equal(@case.State.Version, read.Version);
    });

    [Fact]
    public void Each_change_has_a_name_of_its_own_in_storage()
    {
        var changes = typeof(CaseChange).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(CaseChange))).ToHashSet();
        var named = typeof(CaseChange).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().ToList();

        Assert.Equal(changes, named.Select(n => n.DerivedType).ToHashSet());
        Assert.Equal(named.Count, named.Select(n => n.TypeDiscriminator).Distinct().Count());
    }

    [Fact]
    public void What_is_recorded_later_goes_before_what_was_recorded_earlier_from_the_day_on_which_it_holds()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(at => ACase.Fact(at, "work.status", Value.Of("unemployed"), from: new DateOnly(2016, 11, 1)));

        Value Status(string day) => simon.State.ToDocument(SampleCases.Day(day)).Facts.GetValueOrDefault("work.status");
        Assert.Equal("employed", Status("2016-10-31").Code);
        Assert.Equal("unemployed", Status("2016-11-01").Code);

        simon.Do(at => ACase.Fact(at, "work.status", Value.Of("self-employed")));
        Assert.Equal("self-employed", Status("2016-11-01").Code);
        simon.Do(at => ACase.Fact(at, "work.status", Value.Unknown));
        Assert.False(Status("2016-11-01").IsKnown);
    }

    [Fact]
    public void The_newest_state_of_a_provision_keeps_the_facts_that_it_does_not_name()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(at => ACase.Fact(at, "referral.by", Value.Of("huisarts"), ItemKind.Provision, "p2"));
        simon.Do(at => new CaseCommand.RecordProvision(new ProvisionEntry { Id = "p2", Scheme = "gbggz", Domain = "zvw", Status = "granted", NeedIds = ["n1"] }) { At = at });

        var p2 = simon.State.ToCase(SampleCases.Vocabulary).Provisions.Single(p => p.Id == "p2");
        Assert.Equal("granted", p2.Status);
        Assert.Equal("huisarts", p2.Facts[SampleCases.Fact("referral.by")].Code);
    }

    [Fact]
    public void A_withdrawal_ends_the_consents_that_stand_between_the_same_two()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        simon.Do(at => new CaseCommand.RecordConsent(new Consent("gp", "ba", [], null, null, new DateOnly(2016, 9, 1))) { At = at });

        Assert.Equal(new DateOnly(2016, 9, 1), Assert.Single(simon.State.Consents).WithdrawnOn);
    }

    [Fact]
    public void All_faults_of_a_case_are_told_at_once_with_their_place()
    {
        var content = CaseDocument.Of(SampleCases.Simon) with
        {
            Rulebooks = ["002a", "999"],
            Facts = new Dictionary<string, Value> { ["work.sickListd"] = Value.Of(true), ["work.firstSickDay"] = Value.Of("gisteren"), ["work.status"] = Value.Of("emploied"), ["benefit.wwMonth"] = Value.Of(1.5m) },
            Needs = [new NeedEntry("n1", "psych-treatmnt", new Dictionary<string, Value> { ["client.homeless"] = Value.Of(true) }), new NeedEntry("n1", "income", new Dictionary<string, Value>())],
            Provisions = [new ProvisionEntry { Id = "p 1", Scheme = "gbgz", Domain = "zorg", Status = "runing", NeedIds = ["n9"], From = new DateOnly(2016, 2, 1), To = new DateOnly(2016, 1, 1) }],
            Parties = [new PartyEntry { Id = "gp", Role = "huisart", Profession = "huisarts", Service = "zvw", ProvisionIds = ["p7"] }],
            Consents = [new Consent("nobody", "gemeente", [], null, null, null)],
            Events = [new CaseEvent { Type = "exploded", Date = default }],
            Evidence = [new Evidence("rumour", null, null, new Dictionary<string, Value>())],
            Open = ["everything"],
        };

        var error = Assert.IsType<CaseError.Invalid>(new ACase().Refuses(at => new CaseCommand.Open { At = at, CaseId = "", Title = new string('x', 201), Content = content }));

        Assert.Equal(
            [
                "case_id", "title", "rulebooks[1]", "open_lists[0]", "needs[1].need_id", "facts[0].fact_id", "facts[1].value", "facts[2].value", "facts[3].value",
                "needs[0].kind", "needs[0].facts[0].fact_id", "provisions[0].provision_id", "provisions[0].scheme", "provisions[0].domain", "provisions[0].status",
                "provisions[0].need_ids[0]", "provisions[0].to", "parties[0].role", "parties[0].provision_ids[0]", "consents[0].from", "consents[0].categories",
                "events[0].type", "events[0].date", "evidence[0].type",
            ],
            error.Faults.Select(f => f.Field));
        Assert.Equal("Onbekend: feit 'work.sickListd' (bedoelt u work.sickListed?).", error.Faults[5].Text.Nl);
        Assert.Equal("Unknown fact 'work.sickListd' (did you mean work.sickListed?).", error.Faults[5].Text.En);
        Assert.All(error.Faults, f => Assert.True(f.Text.Nl.Length > 0 && f.Text.En.Length > 0));
    }

    [Fact]
    public void Facts_must_stand_where_they_belong()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();
        var error = Assert.IsType<CaseError.Invalid>(simon.Refuses(at => new CaseCommand.RecordFacts(
            [
                new PlacedFact("health.severity", Value.Of("light"), ItemKind.Need, "n9"), new PlacedFact("client.homeless", Value.Of(true), ItemKind.Need, "n1"),
                new PlacedFact("health.severity", Value.Of("light"), ItemKind.Provision, "p1"), new PlacedFact("health.severity", Value.Of("zwaar")),
            ],
            "gp") { At = at }));

        Assert.Equal(["facts[0].need_id", "facts[1].fact.fact_id", "facts[3].fact.value"], error.Faults.Select(f => f.Field));
        Assert.Equal("facts", Assert.Single(Assert.IsType<CaseError.Invalid>(simon.Refuses(at => new CaseCommand.RecordFacts([], "gp") { At = at })).Faults).Field);
    }

    [Fact]
    public void A_refusal_says_why()
    {
        var simon = ACase.Opened(SampleCases.Simon).Settle();

        Assert.Equal("CASE_EXISTS", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => new CaseCommand.Open { At = at, CaseId = "simon", Content = CaseDocument.Of(SampleCases.Simon) })).Type);
        Assert.Equal("NEED_EXISTS", Assert.IsType<CaseError.Forbidden>(simon.Refuses(at => new CaseCommand.AddNeed(new NeedEntry("n1", "income", new Dictionary<string, Value>())) { At = at })).Type);
        Assert.Equal(new CaseError.StaleVersion(3, simon.State.Version), simon.Refuses(at => new CaseCommand.BeginDay { At = at, ExpectedVersion = 3 }));
        Assert.IsType<CaseError.NoSuchCase>(new ACase().Refuses(at => new CaseCommand.BeginDay { At = at }));
    }

    [Fact]
    public void An_answer_for_another_service_or_need_is_refused()
    {
        var simon = ACase.Opened(SampleCases.Simon);
        var error = Assert.IsType<CaseError.Invalid>(simon.Refuses(at => new CaseCommand.TakeAnswer(1, "zvw", [Rows.Row("n9", "ww-benefit", Outcome.Covered)]) { At = at }));

        Assert.Equal(["rows[0].need_id", "rows[0].domain"], error.Faults.Select(f => f.Field));
    }

    private static string Text(Case @case) => JsonSerializer.Serialize(CaseDocument.Of(@case), Json);
}
