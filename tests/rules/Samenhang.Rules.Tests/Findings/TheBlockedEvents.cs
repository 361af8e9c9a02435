namespace Samenhang.Rules.Tests.Findings;

/// <summary>When which events must be stopped, by the project's own list, and what is wrong with a list.</summary>
public sealed class TheBlockedEvents
{
    private static readonly FindingBook Own = RulebookSet.Load(Repository.Vocabulary, Repository.VocabularyFolder, new Dictionary<string, string>()).Findings;

    private static IEnumerable<string> Blocked(string inside, string books = "\"003\"", string facts = "", string asOf = "2020-12-15") =>
        Own.Evaluate(Given.Case($$""" "rulebooks": [{{books}}], "facts": { {{facts}} }, {{inside}} """, asOf), []).Blocked.Select(blocked => blocked.EventType).Distinct();

    private static string Exchange(string type, string date, string consents = "", string to = "oud") => $$"""
        "parties": [ { "id": "gp", "role": "huisarts" }, { "id": "oud", "role": "former-practitioner" }, { "id": "naaste", "role": "relative" }, { "id": "baas", "role": "employer", "service": "employer" } ],
        "consents": [ {{consents}} ],
        "events": [ { "type": "{{type}}", "date": "{{date}}", "from": "gp", "to": "{{to}}", "category": "medical" } ]
        """;

    private static string Consent(string from, string? withdrawn = null, string? to = null, string receiver = "oud", string category = "medical") =>
        $$""" { "from": "gp", "to": "{{receiver}}", "categories": ["{{category}}"], "validFrom": "{{from}}"{{(to is null ? "" : $", \"validTo\": \"{to}\"")}}{{(withdrawn is null ? "" : $", \"withdrawnOn\": \"{withdrawn}\"")}} } """;

    private static string Treatment(string status = "running", string scheme = "sggz", string followOn = "", string events = "") => $$"""
        "needs": [ { "id": "n1", "kind": "psych-treatment" }, { "id": "n2", "kind": "day-activity" } ],
        "provisions": [ { "id": "p1", "scheme": "{{scheme}}", "domain": "zvw", "status": "{{status}}", "needIds": ["n1"], "from": "2010-03-01" }{{followOn}} ],
        "events": [ {{events}} ]
        """;

    private const string WillStop = "\"health.primaryTreatmentWillBeStopped\": true";

    [Fact]
    public void A_treatment_may_not_end_while_a_need_has_no_follow_on_and_nobody_takes_over()
    {
        Assert.Equal(["ggz-ended"], Blocked(Treatment(), facts: WillStop));
        Assert.Equal(["ggz-ended"], Blocked(Treatment(), facts: "\"health.furtherGainExpected\": false"));
        Assert.Equal(["ggz-ended", "fact-ended"], Blocked(Treatment(scheme: "fact-treatment"), facts: WillStop));
    }

    [Fact]
    public void A_treatment_may_end_when_somebody_took_it_over_or_nothing_is_left_to_do()
    {
        Assert.Empty(Blocked(Treatment(events: """ { "type": "handover-accepted", "date": "2020-12-01", "provision": "p1" } """), facts: WillStop));
        Assert.Empty(Blocked(Treatment().Replace(", { \"id\": \"n2\", \"kind\": \"day-activity\" }", "", StringComparison.Ordinal), facts: WillStop));
        Assert.Empty(Blocked(Treatment("ended"), facts: WillStop));
        Assert.Empty(Blocked(Treatment(), facts: "\"health.primaryTreatmentWillBeStopped\": false, \"health.furtherGainExpected\": true"));
        Assert.Empty(Blocked(Treatment()));
    }

    [Fact]
    public void An_offer_or_the_take_over_of_something_else_is_no_receiver()
    {
        Assert.Equal(["ggz-ended"], Blocked(Treatment(events: """ { "type": "handover-offered", "date": "2020-12-01", "provision": "p1" } """), facts: WillStop));
        Assert.Equal(["ggz-ended"], Blocked(Treatment(
            followOn: """ , { "id": "p2", "scheme": "gp-care", "domain": "zvw", "status": "ended", "needIds": ["n1"] } """,
            events: """ { "type": "handover-accepted", "date": "2020-12-01", "provision": "p2" } """), facts: WillStop));
    }

    [Fact]
    public void A_follow_on_that_is_granted_and_covered_is_enough()
    {
        var @case = Given.Case($$""" "rulebooks": ["003"], "facts": { {{WillStop}} }, {{Treatment(followOn: """ , { "id": "p2", "scheme": "wmo-dagbesteding", "domain": "gemeente", "status": "granted", "needIds": ["n2"] } """)}} """, "2020-12-15");
        Coverage Row(Outcome outcome) => new()
        {
            NeedId = "n2", Scheme = "wmo-dagbesteding", Service = "gemeente", Outcome = outcome, RuleIds = [], Sources = [], ValidAt = @case.AsOf, Explanation = Sentence.None,
        };

        Assert.Empty(Own.Evaluate(@case, [Row(Outcome.Covered)]).Blocked);
        Assert.Equal("ggz-ended", Assert.Single(Own.Evaluate(@case, [Row(Outcome.NotCovered)]).Blocked).EventType);
    }

    [Fact]
    public void An_exchange_that_is_planned_without_consent_is_stopped_with_its_plan()
    {
        Assert.Equal(["data-exchange-planned", "data-exchanged"], Blocked(Exchange("data-exchange-planned", "2020-12-15")));
        Assert.Equal(["data-exchange-planned", "data-exchanged"], Blocked(Exchange("data-exchange-planned", "2016-08-30"), "\"002b\"", asOf: "2016-09-01"));
        Assert.Empty(Blocked(Exchange("data-exchange-planned", "2020-12-15", Consent("2020-12-14"))));
    }

    [Theory]
    [InlineData("2020-12-01", "2020-12-10", null)]
    [InlineData("2020-12-01", "2020-12-15", null)]
    [InlineData("2020-12-13", null, null)]
    [InlineData("2020-12-01", null, "2020-12-11")]
    public void Consent_that_was_withdrawn_came_late_or_ran_out_is_none(string from, string? withdrawn, string? to) =>
        Assert.Equal(["data-exchange-planned", "data-exchanged"], Blocked(Exchange("data-exchange-planned", "2020-12-12", Consent(from, withdrawn, to))));

    [Fact]
    public void Consent_for_somebody_else_or_for_other_data_is_none()
    {
        Assert.NotEmpty(Blocked(Exchange("data-exchange-planned", "2020-12-15", Consent("2020-12-01", receiver: "naaste"))));
        Assert.NotEmpty(Blocked(Exchange("data-exchange-planned", "2020-12-15", Consent("2020-12-01", category: "plan"))));
    }

    [Fact]
    public void What_was_exchanged_with_consent_stays_so_when_the_consent_is_withdrawn_later()
    {
        Assert.Empty(Blocked(Exchange("data-exchanged", "2020-12-10", Consent("2020-12-01", "2020-12-12"))));
        Assert.Equal(["data-exchanged"], Blocked(Exchange("data-exchanged", "2020-12-13", Consent("2020-12-01", "2020-12-12"))));
    }

    [Fact]
    public void A_consult_between_domains_needs_consent_too()
    {
        Assert.Equal(["consult-between-domains"], Blocked(Exchange("consult-between-domains", "2020-12-15")));
        Assert.Empty(Blocked(Exchange("consult-between-domains", "2020-12-15", Consent("2020-12-01"))));
    }

    [Fact]
    public void Relatives_and_the_employer_have_rules_of_their_own()
    {
        Assert.Equal(["data-exchanged"], Blocked(Exchange("data-exchange-planned", "2015-06-01", to: "naaste"), "\"001\"", asOf: "2015-06-01"));
        Assert.Empty(Blocked(Exchange("data-exchange-planned", "2015-06-01", to: "oud"), "\"001\"", asOf: "2015-06-01"));
        Assert.Equal(["data-exchanged"], Blocked(Exchange("data-exchange-planned", "2016-09-30", Consent("2016-09-01", receiver: "baas"), "baas"), "\"002a\"", asOf: "2016-10-01"));
    }

    [Fact]
    public void A_client_who_knocks_at_the_table_first_shows_that_the_regular_ways_are_used_up()
    {
        IEnumerable<string> Of(string facts, string options = "\"VWS-B18\"") => Blocked($$""" "region": { "tenant": "a", "options": [{{options}}] } """, facts: facts);
        Assert.Equal(["escalation-opened"], Of("\"coord.escalationOpener\": \"client\", \"coord.regularOptionsExhausted\": false"));
        Assert.Equal(["escalation-opened"], Of("\"coord.escalationOpener\": \"client\""));
        Assert.Empty(Of("\"coord.escalationOpener\": \"client\", \"coord.regularOptionsExhausted\": true"));
        Assert.Empty(Of("\"coord.escalationOpener\": \"insurer\", \"coord.regularOptionsExhausted\": false"));
        Assert.Empty(Of("\"coord.escalationOpener\": \"client\", \"coord.regularOptionsExhausted\": false", ""));
        Assert.Empty(Of("\"coord.regularOptionsExhausted\": false"));
    }

    [Fact]
    public void No_level_of_the_tables_is_skipped()
    {
        IEnumerable<string> Of(int asked, int closed) =>
            Blocked(""" "region": { "tenant": "a", "options": ["VWS-B18"] } """, facts: $"\"coord.escalationRequestedLevel\": {asked}, \"coord.escalationClosedLevel\": {closed}");
        Assert.Equal(["escalation-opened"], Of(3, 1));
        Assert.Empty(Of(2, 1));
    }

    [Fact]
    public void Nothing_is_stopped_on_a_document_that_is_not_loaded_or_on_a_list_that_may_miss_items()
    {
        Assert.Empty(Blocked(Treatment(), "\"001\"", WillStop, "2016-10-01"));
        Assert.Empty(Blocked(Exchange("data-exchange-planned", "2020-12-15"), "\"000\""));
        Assert.Empty(Blocked(Exchange("data-exchange-planned", "2020-12-15") + """ , "open": ["consents"] """));
    }

    [Fact]
    public void Each_names_its_rules_and_says_why()
    {
        var blocked = Assert.Single(Own.Evaluate(Given.Case($$""" "rulebooks": ["003"], "facts": { {{WillStop}} }, {{Treatment()}} """, "2020-12-15"), []).Blocked);
        Assert.Contains("VWS-45", blocked.RuleIds);
        Assert.StartsWith("De behandeling mag nog niet stoppen.", blocked.Explanation.Nl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event: ggz-endd\n  when: \"true\"\n  rules: [VWS-45]", "blocks.yaml(2): ggz-endd is no event type (did you mean ggz-ended?)")]
    [InlineData("event: ggz-ended\n  when: health.crisiss\n  rules: [VWS-45]", "blocks.yaml(3): when, at 1: health.crisiss is no fact (did you mean health.crisis?)")]
    [InlineData("event: ggz-ended\n  when: \"true\"\n  rules: [VWZ-45]", "blocks.yaml(4): VWZ-45 is a rule of no document")]
    [InlineData("event: ggz-ended\n  when: \"true\"", "rules is missing")]
    [InlineData("when: \"true\"\n  rules: [VWS-45]", "event is missing")]
    [InlineData("event: ggz-ended\n  rules: [VWS-45]", "when is missing")]
    [InlineData("event: ggz-ended\n  whenn: \"true\"\n  when: \"true\"\n  rules: [VWS-45]", "whenn means nothing here")]
    public void A_fault_in_the_list_stops_the_start_and_names_its_line(string entry, string fault) =>
        Assert.Contains(fault, Assert.Throws<RulebookException>(() => RulebookSet.Load(
            Repository.Derived, new Dictionary<string, IReadOnlyList<RuleFile>>(), blocks: new RuleFile("blocks.yaml", $"blocks:\n- {entry}\n  nl: Nee.\n  en: No.\n"))).Message, StringComparison.Ordinal);
}
