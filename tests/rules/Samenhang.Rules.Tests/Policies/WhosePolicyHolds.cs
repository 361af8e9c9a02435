using Samenhang.Rules.Policies;

namespace Samenhang.Rules.Tests.Policies;

/// <summary>The case goes before its tenants and they before the law, each on the days for which it was decided.</summary>
public sealed class WhosePolicyHolds
{
    private const string Policy = """
        facts:
        - { id: gemeente.wijkteam, value: true, valid: 2016-01-01..2016-12-31, source: Besluit 1 }
        - { id: gemeente.wijkteam, value: false, valid: 2017-01-01.., source: Besluit 2 }
        parameters:
        - { id: coordination.maxOrganisations, value: 3, valid: 2019-01-01.., source: Beleidsregels artikel 4 }
        options:
        - { id: VWS-B04, valid: 2020-12-15.., source: Regioafspraak }
        """;

    private static Outcome? AnswerOf(string when, string asOf, string facts = "", string region = """ "tenant": "gm1" """, string parameters = "", string service = "gemeente", string scheme = "wmo-begeleiding", PolicySet? policies = null) =>
        Given.Rulebook(Given.Rule("ARB-1", "covers", scheme, when, needs: "income"), service, policies ?? Given.Municipality(Policy))
            .Assess(Given.Need("income", facts: facts, asOf: asOf, more: $$""" "region": { {{region}} }, "parameters": { {{parameters}} } """)) is [var row] ? row.Outcome : null;

    [Theory]
    [InlineData("2015-12-31", Outcome.Undetermined)]
    [InlineData("2016-01-01", Outcome.Conditional)]
    [InlineData("2016-12-31", Outcome.Conditional)]
    [InlineData("2017-01-01", Outcome.NotCovered)]
    public void A_fact_of_the_tenant_holds_on_its_days(string asOf, Outcome outcome) => Assert.Equal(outcome, AnswerOf("gemeente.wijkteam", asOf));

    [Fact]
    public void What_the_case_says_goes_before_what_its_tenant_says()
    {
        Assert.Equal(Outcome.NotCovered, AnswerOf("gemeente.wijkteam", "2016-06-01", """ "gemeente.wijkteam": false """));
        Assert.Equal(Outcome.Conditional, AnswerOf("par('coordination.maxOrganisations') = 9", "2020-01-01", parameters: """ "coordination.maxOrganisations": 9 """));
    }

    [Theory]
    [InlineData("2018-12-31", 5)]
    [InlineData("2019-01-01", 3)]
    public void A_number_of_the_tenant_goes_before_that_of_the_law_from_its_day(string asOf, int number) =>
        Assert.Equal(Outcome.Conditional, AnswerOf($"par('coordination.maxOrganisations') = {number}", asOf));

    [Theory]
    [InlineData("2020-12-14", Outcome.NotCovered)]
    [InlineData("2020-12-15", Outcome.Conditional)]
    public void A_proposal_is_on_from_the_day_on_which_the_tenant_switched_it_on(string asOf, Outcome outcome) => Assert.Equal(outcome, AnswerOf("option('VWS-B04')", asOf));

    [Fact]
    public void A_case_of_another_tenant_or_of_none_sees_nothing_of_it()
    {
        Assert.Equal(Outcome.Undetermined, AnswerOf("gemeente.wijkteam", "2016-06-01", region: """ "tenant": "gm2" """));
        Assert.Equal(Outcome.Undetermined, AnswerOf("gemeente.wijkteam", "2016-06-01", region: ""));
    }

    [Fact]
    public void A_municipality_and_an_insurer_hold_side_by_side()
    {
        var both = PolicySet.Of(Repository.Vocabulary, [
            new RuleFile("gm1.yaml", $"id: gm1\nkind: municipality\nname: Waterwijk\n{Policy}"),
            new RuleFile("ins1.yaml", "id: ins1\nkind: insurer\nname: De Linde\nfacts:\n- { id: policy.referrers, value: [huisarts], valid: 2014-01-01.., source: Polis }\n"),
        ]);
        Assert.Equal(Outcome.Covered, AnswerOf("policy.referrers contains huisarts and option('VWS-B04')", "2021-01-01", region: """ "tenant": "gm1", "insurer": "ins1" """, service: "zvw", scheme: "gp-care", policies: both));
        Assert.Equal(Outcome.Undetermined, AnswerOf("policy.referrers contains huisarts and option('VWS-B04')", "2021-01-01", service: "zvw", scheme: "gp-care", policies: both));
    }

    [Theory]
    [InlineData("gemeente", Truth.True)]
    [InlineData("casemanager", Truth.True)]
    [InlineData("zvw", Truth.Unknown)]
    [InlineData("employer", Truth.Unknown)]
    public void A_service_gets_no_fact_of_a_tenant_that_it_may_not_see(string service, Truth truth)
    {
        var applied = Given.Municipality(Policy).For(Given.Case(""" "region": { "tenant": "gm1" } """, "2016-06-01"), service);
        Assert.Equal(truth, applied.Case.Facts[Repository.Vocabulary.FactById["gemeente.wijkteam"]].Truth);
    }

    [Fact]
    public void A_fact_that_the_tenant_states_is_not_missing()
    {
        string[] Missing(string region) => [.. Assert.Single(Given.Rulebook(Given.Rule("ARB-1", "covers", "wmo-begeleiding", "gemeente.wijkteam and gemeente.debtSupport", needs: "income"), "gemeente", Given.Municipality(Policy))
            .Assess(Given.Need("income", asOf: "2016-06-01", more: $$""" "region": { {{region}} } """))).MissingFacts];
        Assert.Equal(["gemeente.debtSupport"], Missing(""" "tenant": "gm1" """));
        Assert.Equal(["gemeente.debtSupport", "gemeente.wijkteam"], Missing("").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_explanation_names_the_policy_that_it_rests_on_and_where_it_was_decided()
    {
        var rulebook = Given.Rulebook(Given.Rule("ARB-1", "covers", "wmo-begeleiding", "gemeente.wijkteam or par('coordination.maxOrganisations') > 1", needs: "income"), "gemeente", Given.Municipality(Policy));
        IEnumerable<string> Uses(string facts = "") => rulebook
            .Explain(Given.Need("income", facts: facts, asOf: "2019-06-01", more: """ "region": { "tenant": "gm1" } """), "n1", "wmo-begeleiding")!
            .Policies.Select(use => $"{use.Tenant}: {use.What} = {use.Value} ({use.Source})");
        Assert.Equal(["Waterwijk: gemeente.wijkteam = false (Besluit 2)", "Waterwijk: coordination.maxOrganisations = 3 (Beleidsregels artikel 4)"], Uses());
        Assert.Equal(["Waterwijk: coordination.maxOrganisations = 3 (Beleidsregels artikel 4)"], Uses(""" "gemeente.wijkteam": false """));
    }

    [Fact]
    public void An_edit_changes_the_version_of_the_cases_that_it_concerns_and_of_no_other()
    {
        PolicySet Set(string wijkteam) => PolicySet.Of(Repository.Vocabulary, [
            new RuleFile("gm1.yaml", $"id: gm1\nkind: municipality\nname: A\nfacts:\n- {{ id: gemeente.wijkteam, value: {wijkteam}, valid: 2016-01-01.., source: a }}\n"),
            new RuleFile("gm2.yaml", "id: gm2\nkind: municipality\nname: B\n"),
        ]);
        Case Of(string tenant) => Given.Case($$""" "region": { "tenant": "{{tenant}}" } """);
        var (before, after) = (Set("true"), Set("false"));
        Assert.NotEqual(before.Version, after.Version);
        Assert.NotEqual(before.VersionFor(Of("gm1")), after.VersionFor(Of("gm1")));
        Assert.Equal(before.VersionFor(Of("gm2")), after.VersionFor(Of("gm2")));
        Assert.Equal(before.VersionFor(Of("gm3")), after.VersionFor(Given.Case("")));
    }

    [Fact]
    public void The_same_rules_answer_by_other_policies_without_being_compiled_anew()
    {
        var rulebook = Given.Rulebook(Given.Rule("ARB-1", "covers", "wmo-begeleiding", "gemeente.wijkteam", needs: "income"), "gemeente");
        var @case = Given.Need("income", asOf: "2016-06-01", more: """ "region": { "tenant": "gm1" } """);
        var other = rulebook.With(Given.Municipality(Policy));
        Assert.Equal([Outcome.Undetermined, Outcome.Conditional], [rulebook.Assess(@case)[0].Outcome, other.Assess(@case)[0].Outcome]);
        Assert.NotEqual(rulebook.Version, other.Version);
        Assert.Equal(rulebook.RulesVersion, other.RulesVersion);
    }
}
