namespace Samenhang.Rules.Tests.Rulebooks;

/// <summary>The table of docs/rulebook.md, level by level: the first level with a true clause decides.</summary>
public sealed class ARow
{
    // Three facts of the need that a test can make true, false or leave open.
    private const string A = "health.dsmDisorder = confirmed";
    private const string B = "health.classification = disorder";
    private const string C = "gp.canTreat";

    private static Coverage Decide(string rules, string facts = "", string scheme = "gp-care", string more = "", string service = "zvw", string asOf = "2016-10-01", string kind = "psych-treatment") =>
        Given.Rulebook(rules, service).Assess(Given.Need(kind, facts, more: more, asOf: asOf)).Single(row => row.Scheme == scheme);

    private static string Rules(params (string Effect, string? When)[] clauses) =>
        string.Concat(clauses.Select((clause, i) => Given.Rule($"ARB-{i + 1}", clause.Effect, "gp-care", clause.When, onClause: clause.Effect == "leavesOpen" ? "reason: human-judgement" : "")));

    private const string True = """ "health.dsmDisorder": "confirmed" """;
    private const string False = """ "health.dsmDisorder": "none" """;

    [Theory]
    [InlineData("notApplicable", True, Outcome.NotApplicable, null)]
    [InlineData("notApplicable", False, Outcome.Covered, null)]
    [InlineData("notApplicable", "", Outcome.Undetermined, "missing-facts")]
    [InlineData("excludes", True, Outcome.NotCovered, null)]
    [InlineData("excludes", False, Outcome.Covered, null)]
    [InlineData("excludes", "", Outcome.Undetermined, "missing-facts")]
    [InlineData("leavesOpen", True, Outcome.Undetermined, "human-judgement")]
    [InlineData("leavesOpen", False, Outcome.Covered, null)]
    [InlineData("leavesOpen", "", Outcome.Undetermined, "missing-facts")]
    [InlineData("requires", True, Outcome.Covered, null)]
    [InlineData("requires", False, Outcome.NotCovered, null)]
    [InlineData("requires", "", Outcome.Undetermined, "missing-facts")]
    [InlineData("awaits", True, Outcome.Conditional, null)]
    [InlineData("awaits", False, Outcome.Covered, null)]
    [InlineData("awaits", "", Outcome.Conditional, null)]
    public void Each_effect_beside_a_title(string effect, string facts, Outcome outcome, string? reason)
    {
        var row = Decide(Rules((effect, A), ("covers", null)), facts);
        Assert.Equal((outcome, reason), (row.Outcome, row.Reason));
        Assert.NotEmpty(row.RuleIds);
        Assert.Equal(reason == "missing-facts" ? ["health.dsmDisorder"] : [], row.MissingFacts);
    }

    [Theory]
    [InlineData(True, Outcome.Covered)]
    [InlineData(False, Outcome.NotCovered)]
    [InlineData("", Outcome.Undetermined)]
    public void A_title_alone(string facts, Outcome outcome) => Assert.Equal(outcome, Decide(Rules(("covers", A)), facts).Outcome);

    [Theory]
    [InlineData("notApplicable", "excludes", Outcome.NotApplicable)]
    [InlineData("excludes", "leavesOpen", Outcome.NotCovered)]
    [InlineData("notApplicable", "requires", Outcome.NotApplicable)]
    public void The_earlier_level_wins_whatever_the_order_of_the_rules(string first, string second, Outcome outcome)
    {
        Assert.Equal(outcome, Decide(Rules((first, null), (second, null), ("covers", null))).Outcome);
        Assert.Equal(outcome, Decide(Rules(("covers", null), (second, null), (first, null))).Outcome);
    }

    [Fact]
    public void A_failed_requirement_comes_after_an_open_text()
    {
        var row = Decide(Rules(("requires", "false"), ("leavesOpen", null), ("covers", null)));
        Assert.Equal((Outcome.Undetermined, "human-judgement"), (row.Outcome, row.Reason));
    }

    [Fact]
    public void Rules_that_give_no_title_and_take_none_away_leave_the_row_open()
    {
        var row = Decide(Rules(("excludes", A)), False);
        Assert.Equal((Outcome.Undetermined, "not-stated"), (row.Outcome, row.Reason));
        Assert.Contains("zeggen hier niets over", row.Explanation.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_exclusion_does_not_matter_when_every_title_fails()
    {
        var row = Decide(Rules(("excludes", A), ("covers", B)), """ "health.classification": "none" """);
        Assert.Equal(Outcome.NotCovered, row.Outcome);
        Assert.Equal(["ARB-2"], row.RuleIds);
    }

    [Fact]
    public void An_unknown_title_does_not_matter_beside_one_that_holds()
    {
        var row = Decide(Rules(("covers", A), ("covers", B)), True);
        Assert.Equal(Outcome.Covered, row.Outcome);
        Assert.Equal(["ARB-1"], row.RuleIds);
    }

    [Fact]
    public void Of_two_unknown_clauses_only_the_one_that_can_change_the_outcome_is_asked_about()
    {
        // Whether the scheme applies is open; whether it is excluded makes no difference, because no title holds.
        var row = Decide(Rules(("notApplicable", A), ("excludes", B), ("covers", C)), """ "gp.canTreat": false """);
        Assert.Equal(Outcome.Undetermined, row.Outcome);
        Assert.Equal(["health.dsmDisorder"], row.MissingFacts);
        Assert.Equal(["ARB-1"], row.RuleIds);
    }

    [Fact]
    public void Both_are_asked_about_when_both_can() =>
        Assert.Equal(["health.classification", "health.dsmDisorder"], Decide(Rules(("excludes", A), ("requires", B), ("covers", null))).MissingFacts.Order());

    [Fact]
    public void The_sentence_says_what_decided()
    {
        Assert.Equal("Omdat ARB-1.", Decide(Rules(("excludes", A), ("covers", null)), True).Explanation.Nl);
        Assert.Equal("Because ARB-2.", Decide(Rules(("excludes", A), ("covers", null)), False).Explanation.En);
        Assert.Contains("aan de voorwaarden is niet voldaan", Decide(Rules(("covers", A)), False).Explanation.Nl, StringComparison.Ordinal);
        var open = Decide(Rules(("awaits", A), ("covers", null)), True);
        Assert.Equal(new Sentence("Omdat ARB-1.", "Because ARB-1."), Assert.Single(open.OpenConditions));
        Assert.Equal("Omdat ARB-2. Omdat ARB-1.", open.Explanation.Nl);
    }

    [Fact]
    public void A_number_that_is_not_fixed_on_the_day_is_named()
    {
        var row = Decide(Rules(("covers", "par('gbggz.maxTariff.kort') > 3")), asOf: "2017-06-01");
        Assert.Equal((Outcome.Undetermined, "missing-facts"), (row.Outcome, row.Reason));
        Assert.Contains("gbggz.maxTariff.kort", row.Explanation.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_names_facts_in_words()
    {
        var rules = "- id: ARB-1\n  title: t\n  lines: 1\n  strength: hard\n  clauses:\n  - covers: [sggz]\n    for: [psych-treatment]\n    nl: \"Crisis: {health.crisis}; verwijzer: {referral.by}; week: {work.sickWeek}.\"\n    en: x\n"
            .Replace("{work.sickWeek}", "{client.age}", StringComparison.Ordinal);
        var row = Given.Rulebook(rules).Assess(Given.Need("psych-treatment", facts: """ "health.crisis": true """, more: """
            "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "requested", "needIds": ["n1"], "facts": { "referral.by": "huisarts" } } ]
            """)).Single();
        Assert.Equal("Crisis: ja; verwijzer: huisarts; week: onbekend.", row.Explanation.Nl);
    }

    [Theory]
    [InlineData("requested", Outcome.Conditional)]
    [InlineData("granted", Outcome.Covered)]
    [InlineData("running", Outcome.Covered)]
    [InlineData("claimed", Outcome.Covered)]
    [InlineData("refused", Outcome.NotCovered)]
    [InlineData("ended", Outcome.Conditional)]
    public void A_provision_of_the_municipality_needs_its_decision(string status, Outcome outcome)
    {
        var row = Decide(Given.Rule("ARB-1", "covers", "wmo-begeleiding", needs: "housing"), scheme: "wmo-begeleiding", service: "gemeente", kind: "housing",
            more: $$""" "provisions": [ { "id": "p1", "scheme": "wmo-begeleiding", "domain": "gemeente", "status": "{{status}}", "needIds": ["n1"] } ] """);
        Assert.Equal(outcome, row.Outcome);
        Assert.Equal(outcome == Outcome.Conditional, row.OpenConditions.Count == 1);
        if (status == "refused")
        {
            Assert.EndsWith("dit is afgewezen.", row.Explanation.Nl, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_clause_that_looked_at_the_decision_needs_no_other() =>
        Assert.Equal(Outcome.Covered, Decide(Given.Rule("ARB-1", "covers", "wmo-begeleiding", needs: "housing", onClause: "decided: true"), scheme: "wmo-begeleiding", service: "gemeente", kind: "housing").Outcome);

    [Fact]
    public void What_was_refused_is_not_covered_whatever_the_title()
    {
        var row = Decide(Given.Rule("ARB-1", "covers", "wmo-begeleiding", "work.sickListed", needs: "housing"), scheme: "wmo-begeleiding", service: "gemeente", kind: "housing",
            more: """ "provisions": [ { "id": "p1", "scheme": "wmo-begeleiding", "domain": "gemeente", "status": "refused", "needIds": ["n1"] } ] """);
        Assert.Equal(Outcome.NotCovered, row.Outcome);
        Assert.EndsWith("dit is afgewezen.", row.Explanation.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_stands_when_one_provider_refused() => Assert.Equal(Outcome.Covered, Decide(Rules(("covers", null)),
        more: """ "provisions": [ { "id": "p1", "scheme": "gp-care", "domain": "zvw", "status": "refused", "needIds": ["n1"] } ] """).Outcome);

    [Theory]
    [InlineData("true", Outcome.Covered)]
    [InlineData("false", Outcome.NotCovered)]
    [InlineData("null", Outcome.Conditional)]
    public void What_rests_on_a_contract_follows_the_contract(string contract, Outcome outcome) => Assert.Equal(outcome,
        Decide(Given.Rule("ARB-1", "covers", "district-nursing-experiment", needs: "psych-treatment"), scheme: "district-nursing-experiment",
            more: $$""" "provisions": [ { "id": "p1", "scheme": "district-nursing-experiment", "domain": "zvw", "status": "running", "needIds": ["n1"], "facts": { "prov.contract": {{contract}} } } ] """).Outcome);

    [Theory]
    [InlineData("running", Outcome.Covered)]
    [InlineData("offered", Outcome.Conditional)]
    public void Informal_help_counts_once_it_started(string status, Outcome outcome) => Assert.Equal(outcome,
        Decide(Given.Rule("ARB-1", "covers", "carer-support"), scheme: "carer-support", service: "casemanager",
            more: $$""" "provisions": [ { "id": "p1", "scheme": "carer-support", "domain": "casemanager", "status": "{{status}}", "needIds": ["n1"] } ] """).Outcome);

    [Fact]
    public void Before_the_scheme_begins_the_row_is_not_applicable_and_says_nothing_else()
    {
        var row = Decide(Given.Rule("ARB-1", "covers", "gbggz", onClause: "payer: iemand\nsuggests: [gp-care]"), scheme: "gbggz", asOf: "2013-12-31");
        Assert.Equal((Outcome.NotApplicable, (string?)null), (row.Outcome, row.Payer));
        Assert.Empty(row.Suggests);
        Assert.Equal(["ARB-1"], row.RuleIds);
        Assert.Contains("bestaat niet op 2013-12-31", row.Explanation.Nl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_on_ggz_holds_for_its_group_and_on_gbggz_for_its_products()
    {
        const string Asked = """ "provisions": [ { "id": "p1", "scheme": "gbggz-kort", "domain": "zvw", "status": "requested", "needIds": ["n1"] } ] """;
        Assert.Equal(["ARB-1"], Decide(Given.Rule("ARB-1", "covers", "ggz"), scheme: "gbggz-kort", more: Asked).RuleIds);
        Assert.Equal(["ARB-1"], Decide(Given.Rule("ARB-1", "covers", "gbggz"), scheme: "gbggz-kort", more: Asked).RuleIds);
        Assert.Equal(["ARB-1"], Decide(Given.Rule("ARB-1", "covers", "law:Zvw"), scheme: "gbggz-kort", more: Asked).RuleIds);
    }

    [Fact]
    public void Payer_and_mode_are_those_of_the_scheme_unless_a_clause_that_holds_says_otherwise()
    {
        var own = Decide(Rules(("covers", null)));
        Assert.Equal(("zorgverzekeraar", "SEPARATE_TITLE"), (own.Payer, own.PaymentMode));
        var said = Given.Rule("ARB-1", "covers", "gp-care", A, onClause: "payer: gemeente\nresponsible: huisarts\nproduct: X") + Given.Rule("ARB-2", "covers", "gp-care");
        Assert.Equal(("gemeente", "huisarts", "X"), (Decide(said, True).Payer, Decide(said, True).Responsible, Decide(said, True).Product));
        Assert.Equal(("zorgverzekeraar", (string?)null), (Decide(said, False).Payer, Decide(said, False).Responsible));
        var failed = Decide(Given.Rule("ARB-1", "covers", "gp-care", A, onClause: "payer: gemeente\nsuggests: [sggz]"), False);
        Assert.Equal((Outcome.NotCovered, (string?)null), (failed.Outcome, failed.Payer));
        Assert.Empty(failed.Suggests);
    }

    [Fact]
    public void An_opinion_contests_and_never_changes()
    {
        var row = Decide(Rules(("covers", null)) + Given.Rule("ARB-2", "informs", "gp-care", strength: "opinion"));
        Assert.Equal((Outcome.Covered, true, Strength.Hard), (row.Outcome, row.Contested, row.Strength!.Value));
        Assert.Equal(["ARB-2"], row.ContestedBy);
        Assert.Equal(["ARB-1"], row.RuleIds);
    }

    [Fact]
    public void Strength_is_that_of_the_weakest_rule_that_carried() => Assert.Equal(Strength.Interpretation,
        Decide(Given.Rule("ARB-1", "covers", "gp-care") + Given.Rule("ARB-2", "requires", "gp-care", strength: "interpretation")).Strength);

    [Fact]
    public void Silence_leaves_open_and_gives_no_strength()
    {
        var row = Decide(Given.Rule("ARB-1", "covers", "gp-care") + Given.Rule("ARB-2", "leavesOpen", "gp-care", strength: "silence", onClause: "reason: not-stated"));
        Assert.Equal((Outcome.Undetermined, "not-stated", (Strength?)null), (row.Outcome, row.Reason, row.Strength));
    }
}
