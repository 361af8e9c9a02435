namespace Samenhang.Rules.Tests.Rulebooks;

/// <summary>Which rows exist and which rules take part: named needs, suggestions, dates, documents, proposals, exceptions.</summary>
public sealed class WhichRowsAndRules
{
    private static readonly string Sick = """ "health.crisis": true """;

    private static IEnumerable<string> Rows(string rules, Case @case, IEnumerable<(string, string)>? suggested = null) =>
        Given.Rulebook(rules).Assess(@case, suggested).Select(row => $"{row.NeedId}:{row.Scheme}");

    [Fact]
    public void A_row_exists_when_a_clause_names_the_need_itself()
    {
        var need = Given.Need("psych-treatment");
        Assert.Equal(["n1:gp-care"], Rows(Given.Rule("ARB-1", "covers", "gp-care"), need));
        Assert.Empty(Rows(Given.Rule("ARB-1", "covers", "gp-care", needs: "'goal:treat'"), need));
        Assert.Empty(Rows(Given.Rule("ARB-1", "covers", "gp-care", needs: "any"), need));
        Assert.Empty(Rows(Given.Rule("ARB-1", "informs", "gp-care"), need));
        Assert.Empty(Rows(Given.Rule("ARB-1", "covers", "gp-care", needs: "housing"), need));
    }

    [Fact]
    public void A_row_exists_when_a_provision_names_the_scheme_and_a_wide_clause_then_reaches_it() =>
        Assert.Equal(["n1:sggz"], Rows(Given.Rule("ARB-1", "covers", "sggz", needs: "any"), Given.Need("housing", more: """
            "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "requested", "needIds": ["n1"] } ]
            """)));

    [Fact]
    public void A_row_exists_when_an_answer_that_decided_suggests_it()
    {
        var rules = Given.Rule("ARB-1", "excludes", "gp-care", "health.crisis", onClause: "suggests: [sggz]") + Given.Rule("ARB-2", "covers", "gp-care") + Given.Rule("ARB-3", "covers", "sggz", needs: "any");
        Assert.Equal(["n1:gp-care", "n1:sggz"], Rows(rules, Given.Need("psych-treatment", facts: Sick)));
        Assert.Equal(["n1:gp-care"], Rows(rules, Given.Need("psych-treatment", facts: """ "health.crisis": false """)));
        Assert.Equal(["n1:gp-care"], Rows(rules, Given.Need("psych-treatment")));
    }

    [Fact]
    public void A_row_exists_when_another_service_suggests_it() =>
        Assert.Equal(["n1:sggz"], Rows(Given.Rule("ARB-3", "covers", "sggz", needs: "any"), Given.Need("psych-treatment"), [("n1", "sggz")]));

    private static Coverage Row(string rules, Case @case) => Given.Rulebook(rules).Assess(@case).Single(row => row.Scheme == "gp-care");

    [Theory]
    [InlineData("2013-01-01..", Outcome.Covered)]
    [InlineData("2016-10-01..2016-10-01", Outcome.Covered)]
    [InlineData("2016-10-02..", Outcome.Undetermined)]
    [InlineData("..2016-09-30", Outcome.Undetermined)]
    public void A_rule_decides_on_its_first_and_last_day_and_outside_them_leaves_the_row_open(string valid, Outcome outcome)
    {
        var row = Row(Given.Rule("ARB-1", "covers", "gp-care", onRule: $"valid: {valid}"), Given.Need("psych-treatment"));
        Assert.Equal((outcome, outcome == Outcome.Undetermined ? "rule-version" : null), (row.Outcome, row.Reason));
        Assert.Equal(["ARB-1"], row.RuleIds);
    }

    [Fact]
    public void A_rule_in_force_that_decides_goes_before_an_older_or_newer_one()
    {
        var old = Given.Rule("ARB-1", "excludes", "gp-care", onRule: "valid: ..2015-12-31");
        Assert.Equal(Outcome.Covered, Row(old + Given.Rule("ARB-2", "covers", "gp-care"), Given.Need("psych-treatment")).Outcome);
        var notDecided = Row(old + Given.Rule("ARB-2", "covers", "gp-care", "health.crisis"), Given.Need("psych-treatment", facts: """ "health.crisis": false """));
        Assert.Equal(("rule-version", "ARB-1"), (notDecided.Reason, Assert.Single(notDecided.RuleIds)));
    }

    [Fact]
    public void A_rule_outside_its_dates_that_would_not_have_decided_changes_nothing() => Assert.Equal(Outcome.NotCovered, Row(
        Given.Rule("ARB-1", "excludes", "gp-care", "health.crisis", onRule: "valid: ..2015-12-31") + Given.Rule("ARB-2", "covers", "gp-care", "health.crisis"),
        Given.Need("psych-treatment", facts: """ "health.crisis": false """)).Outcome);

    [Fact]
    public void Only_rules_of_loaded_documents_take_part_and_one_of_two_documents_needs_both()
    {
        var rules = Given.Rule("ARB-1", "covers", "gp-care") + Given.Rule("X-1", "excludes", "gp-care");
        Outcome With(string books) => Row(rules, Given.Need("psych-treatment", more: $""" "rulebooks": [{books}] """)).Outcome;
        Assert.Equal(Outcome.Covered, With(""" "002a" """));
        Assert.Equal(Outcome.Covered, With(""" "002a", "000" """));
        Assert.Equal(Outcome.NotCovered, With(""" "002a", "000", "003" """));
        Assert.Empty(Rows(rules, Given.Need("psych-treatment", more: """ "rulebooks": ["001"] """)));
    }

    private const string On = """ "region": { "options": ["VWS-B04"] } """;

    [Fact]
    public void A_proposal_is_law_only_where_it_is_switched_on()
    {
        var rules = Given.Rule("VWS-25", "covers", "gp-care", strength: "proposal", onRule: "option: VWS-B04");
        var off = Row(rules, Given.Need("psych-treatment"));
        Assert.Equal((Outcome.NotCovered, Strength.Proposal, "VWS-25"), (off.Outcome, off.Strength!.Value, Assert.Single(off.RuleIds)));
        Assert.EndsWith("dit is een voorstel dat hier niet is ingevoerd.", off.Explanation.Nl, StringComparison.Ordinal);
        var on = Row(rules, Given.Need("psych-treatment", more: On));
        Assert.Equal((Outcome.Covered, Strength.Proposal), (on.Outcome, on.Strength!.Value));
    }

    [Fact]
    public void A_proposal_that_is_off_takes_nothing_away_and_weakens_nothing()
    {
        var rules = Given.Rule("ARB-1", "covers", "gp-care")
            + Given.Rule("VWS-25", "requires", "gp-care", "false", "proposal", onRule: "option: VWS-B04")
            + Given.Rule("VWS-26", "excludes", "gp-care", null, "proposal", onRule: "option: VWS-B04");
        Assert.Equal(Outcome.Covered, Row(rules, Given.Need("psych-treatment")).Outcome);
        Assert.Equal(Outcome.NotCovered, Row(rules, Given.Need("psych-treatment", more: On)).Outcome);
        var failed = Row(Given.Rule("ARB-1", "covers", "gp-care", "false") + Given.Rule("VWS-25", "covers", "gp-care", strength: "proposal", onRule: "option: VWS-B04"), Given.Need("psych-treatment"));
        Assert.Equal((Outcome.NotCovered, Strength.Hard), (failed.Outcome, failed.Strength!.Value));
    }

    [Theory]
    [InlineData("true", Outcome.Covered)]
    [InlineData("false", Outcome.NotCovered)]
    [InlineData("null", Outcome.Undetermined)]
    public void An_exception_switches_an_exclusion_off_while_its_own_condition_holds(string crisis, Outcome outcome)
    {
        var rules = Given.Rule("ARB-1", "excludes", "gp-care") + Given.Rule("ARB-2", "covers", "gp-care", "true") + Given.Rule("ARB-3", "informs", "gp-care", "health.crisis", onClause: "exceptionTo: [ARB-1]");
        var row = Row(rules, Given.Need("psych-treatment", facts: $""" "health.crisis": {crisis} """));
        Assert.Equal(outcome, row.Outcome);
        Assert.Equal(outcome == Outcome.Undetermined ? ["health.crisis"] : [], row.MissingFacts);
    }

    [Theory]
    [InlineData("true", Outcome.Covered)]
    [InlineData("false", Outcome.NotCovered)]
    [InlineData("null", Outcome.Undetermined)]
    public void An_exception_to_a_requirement_lifts_the_requirement(string crisis, Outcome outcome) => Assert.Equal(outcome, Row(
        Given.Rule("ARB-1", "requires", "gp-care", "false") + Given.Rule("ARB-2", "covers", "gp-care") + Given.Rule("ARB-3", "informs", "gp-care", "health.crisis", onClause: "exceptionTo: [ARB-1]"),
        Given.Need("psych-treatment", facts: $""" "health.crisis": {crisis} """)).Outcome);

    [Theory]
    [InlineData("ARB-1", "ARB-2", "ARB-3")]
    [InlineData("ARB-3", "ARB-2", "ARB-1")]
    [InlineData("ARB-2", "ARB-1", "ARB-3")]
    public void Exceptions_follow_their_own_condition_whatever_the_names_of_the_rules(string title, string exception, string second)
    {
        var rules = Given.Rule(title, "covers", "gp-care")
            + Given.Rule(exception, "informs", "gp-care", onClause: $"exceptionTo: [{title}]")
            + Given.Rule(second, "informs", "gp-care", onClause: $"exceptionTo: [{exception}]");
        Assert.Equal(Outcome.NotCovered, Row(rules, Given.Need("psych-treatment")).Outcome);
    }

    [Fact]
    public void Explain_shows_each_clause_and_what_would_change_the_answer()
    {
        var rules = Given.Rule("ARB-1", "covers", "gp-care", "health.dsmDisorder = confirmed and health.crisis") + Given.Rule("ARB-2", "excludes", "gp-care", onRule: "valid: ..2015-12-31");
        var explanation = Given.Rulebook(rules).Explain(Given.Need("psych-treatment", """ "health.dsmDisorder": "none" """, Sick), "n1", "gp-care")!;
        Assert.Equal("rule-version", explanation.Answer.Reason);
        Assert.Equal([(Truth.False, true), (Truth.True, false)], explanation.Clauses.Select(clause => (clause.Truth, clause.InForce)));
        Assert.Equal(["health.dsmDisorder = confirmed", "health.crisis"], explanation.Clauses[0].Condition!.Parts.Select(part => part.Text));
        var change = Assert.Single(explanation.Changes);
        Assert.Equal(("health.dsmDisorder", "n1", "none", "confirmed", Outcome.Covered), (change.Fact, change.Item, change.From.ToString(), change.To.ToString(), change.Outcome));
        Assert.Null(Given.Rulebook(rules).Explain(Given.Need("psych-treatment"), "n1", "sggz"));
    }

    [Fact]
    public void Truths_tells_of_each_clause_that_counts_in_the_row_whether_its_condition_is_true()
    {
        var rules = Given.Rule("ARB-1", "covers", "gp-care", "health.dsmDisorder = confirmed") + Given.Rule("ARB-2", "excludes", "gp-care", "health.dsmDisorder = none")
            + Given.Rule("ARB-3", "excludes", "gp-care", "health.crisis") + Given.Rule("ARB-4", "excludes", "gp-care", onRule: "valid: ..2015-12-31") + Given.Rule("ARB-5", "covers", "poh-ggz");
        var truths = Given.Rulebook(rules).Truths(Given.Need("psych-treatment", """ "health.dsmDisorder": "none" """), [("n1", "gp-care"), ("n9", "gp-care")]);
        Assert.Equal([("ARB-1", Truth.False), ("ARB-2", Truth.True), ("ARB-3", Truth.Unknown)], truths.Select(clause => (clause.Clause.Rule.Id, clause.Truth)));
    }

    [Fact]
    public void Explain_keeps_the_brackets_that_the_rule_was_written_with()
    {
        var explanation = Given.Rulebook(Given.Rule("ARB-1", "covers", "gp-care", "not (health.crisis or gp.canTreat) and (gp.canTreat or health.crisis)")).Explain(Given.Need("psych-treatment"), "n1", "gp-care")!;
        Assert.Equal(
            ["not (health.crisis or gp.canTreat)", "(gp.canTreat or health.crisis)"],
            explanation.Clauses[0].Condition!.Parts.Select(part => part.Text));
    }

    [Fact]
    public void What_would_change_looks_behind_a_derived_fact_and_at_one_that_was_supplied()
    {
        var rulebook = Given.Rulebook(Given.Rule("ARB-1", "covers", "gp-care", "health.highlyComplex"));
        Assert.Contains(rulebook.Explain(Given.Need("psych-treatment", facts: """ "health.disordersInteract": false, "health.severeSomaticRisk": false, "health.behaviourOrDisability": false """), "n1", "gp-care")!.Changes,
            change => change is { Fact: "health.disordersInteract", Outcome: Outcome.Covered });
        Assert.Contains(rulebook.Explain(Given.Need("psych-treatment", facts: """ "health.highlyComplex": false """), "n1", "gp-care")!.Changes,
            change => change is { Fact: "health.highlyComplex", Outcome: Outcome.Covered });
    }
}
