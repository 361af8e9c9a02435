namespace Samenhang.Rules.Tests.Rulebooks;

/// <summary>A fault in a rulebook stops the start, with file, line and what was probably meant.</summary>
public sealed class FaultsAtLoad
{
    // The clause stands on these lines of rules.yaml: rule 3, strength 6, clauses 7, effect 8, for 9, when 10.
    private static string When(string condition) => Given.Rule("ARB-1", "covers", "gp-care", condition);

    public static TheoryData<string, string> Faults() => new()
    {
        { When("health.crisiss"), "rules.yaml(10): when, at 1: health.crisiss is no fact (did you mean health.crisis?)" },
        { When("health.dsmDisorder = confirmd"), "rules.yaml(10): when, at 22: confirmd is not in the list of health.dsmDisorder (did you mean confirmed?)" },
        { When("par('wvp.uwvReportWek') = 1"), "did you mean wvp.uwvReportWeek?" },
        { When("knwon(health.crisis)"), "rules.yaml(10): when, at 1: knwon is no function (did you mean known?)" },
        { When("some(p: p.stauts = running)"), "there is no field stauts (did you mean status?)" },
        { When("health.crisis = 3"), "cannot be compared" },
        { When("work.sickListed"), "rules.yaml(10): work.sickListed may not be seen by zvw; it may be seen by casemanager, employer, gemeente, uwv" },
        { When("health.crisis and"), "rules.yaml(10): when, at 18: expected" },
        { Given.Rule("ARB-1", "covers", "gp-kare"), "rules.yaml(8): gp-kare matches no scheme (did you mean gp-care?)" },
        { Given.Rule("ARB-1", "covers", "gp-*re"), "matches no scheme" },
        { Given.Rule("ARB-1", "covers", "wmo-begeleiding"), "rules.yaml(8): wmo-begeleiding is a scheme of gemeente, not of zvw" },
        { Given.Rule("ARB-1", "covers", "gp-care", needs: "psych-treatmnt"), "rules.yaml(9): psych-treatmnt is no kind of need (did you mean psych-treatment?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", needs: "'goal:trade'"), "rules.yaml(9): goal:trade is no kind of need" },
        { Given.Rule("ARB-1", "covers", "gp-care", strength: "hrad"), "rules.yaml(6): hrad is no strength (did you mean hard?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", strength: "opinion"), "a rule of strength opinion may not say covers" },
        { Given.Rule("ARB-1", "excludes", "gp-care", strength: "signal"), "a rule of strength signal may not say excludes" },
        { Given.Rule("ARB-1", "covers", "gp-care", strength: "silence"), "a rule of strength silence may not say covers" },
        { Given.Rule("ARB-1", "covers", "gp-care", strength: "proposal"), "a rule of strength proposal may not say covers" },
        { Given.Rule("ARB-1", "covers", "gp-care", onRule: "valid: 2013-13-01.."), "rules.yaml(7): 2013-13-01.. is no period" },
        { Given.Rule("ARB-1", "covers", "gp-care", onRule: "valid: 2016-01-02..2016-01-01"), "is no period" },
        { Given.Rule("ARB-1", "covers", "gp-care", onRule: "valid: 2016-01-01"), "is no period" },
        { Given.Rule("ARB-1", "covers", "gp-care", onRule: "vaild: 2016-01-01.."), "rules.yaml(7): vaild means nothing here (did you mean valid?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", strength: "hard", onRule: "option: VWS-B04"), "a rule that counts when an option is on is a proposal, not hard" },
        { Given.Rule("ARB-1", "covers", "gp-care", onRule: "option: VWS-B4"), "VWS-B4 is no option (did you mean VWS-B04?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", onRule: "source: 002_cbc2ba9c0265af3.txt"), "rules.yaml(7): 002_cbc2ba9c0265af3.txt is no document (did you mean 002_cbc2ba9c0265af32.txt?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "whenn: health.crisis"), "rules.yaml(10): whenn means nothing here (did you mean when?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "excludes: [sggz]"), "exactly one effect" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "exceptionTo: [ARB-2]"), "exceptionTo names ARB-2, which this rulebook does not have" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "suggests: [sggzz]"), "rules.yaml(10): sggzz is no scheme (did you mean sggz?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "responsible: huisart"), "huisart is not in the list of responsible (did you mean huisarts?)" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "paymentMode: CLIENTT"), "did you mean CLIENT?" },
        { Given.Rule("ARB-1", "covers", "gp-care", onClause: "decided: yes"), "decided must be true or false" },
        { Given.Rule("ARB-1", "leavesOpen", "gp-care"), "leavesOpen needs a reason" },
        { Given.Rule("ARB-1", "leavesOpen", "gp-care", onClause: "reason: missing-facts"), "leavesOpen needs a reason" },
        { Given.Rule("ARB-1", "covers", "gp-care").Replace("Omdat ARB-1.", "\"{work.sickWeek} weken\"", StringComparison.Ordinal), "work.sickWeek may not be seen by zvw" },
        { Given.Rule("ARB-1", "covers", "gp-care").Replace("    nl: Omdat ARB-1.\n", "", StringComparison.Ordinal), "says why, in nl and in en" },
        { Given.Rule("ARB-1", "covers", "gp-care") + Given.Rule("ARB-1", "covers", "sggz"), "rules.yaml(12): ARB-1 stands already in rules.yaml(3)" },
        { Given.Rule("QQQ-1", "covers", "gp-care"), "rules.yaml(3): QQQ-1: no document has rules with this prefix" },
        { "- id: ARB-1\n  title: t\n  lines: 1\n  strength: hard\n", "ARB-1: a rule without clauses needs a note" },
        { "- id: ARB-1\n  strength: hard\n  note: n\n", "rules.yaml(3): title is missing" },
        { "- id: [\n", "this is no YAML" },
        { "- id: ARB-1\n  id: ARB-2\n", "this is no YAML" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Stop_the_start(string rules, string fault) => Assert.Contains(Given.FaultsIn(rules), found => found.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Are_told_all_at_once()
    {
        var faults = Given.FaultsIn(When("health.crisiss") + Given.Rule("ARB-2", "covers", "gp-kare") + Given.Rule("ARB-3", "covers", "gp-care", strength: "hrad"));
        Assert.Equal(3, faults.Count(fault => fault.Contains("did you mean", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_services_carry_one_rule_alike()
    {
        var there = new Dictionary<string, IReadOnlyList<RuleFile>>
        {
            ["zvw"] = [Given.RulesFile(Given.Rule("ARB-1", "covers", "gp-care"))],
            ["gemeente"] = [Given.RulesFile(Given.Rule("ARB-1", "covers", "wmo-begeleiding", strength: "interpretation", needs: "housing"), "wmo.yaml")],
        };
        Assert.Contains("differs from", Assert.Throws<RulebookException>(() => RulebookSet.Load(Repository.Derived, there)).Message, StringComparison.Ordinal);
        there["gemeente"] = [Given.RulesFile(Given.Rule("ARB-1", "covers", "wmo-begeleiding", needs: "housing"), "wmo.yaml")];
        Assert.Equal(2, RulebookSet.Load(Repository.Derived, there).ByService.Count);
    }

    [Fact]
    public void A_folder_that_is_missing_is_a_fault() => Assert.Contains("the rulebook folder of zvw is missing", Assert.Throws<RulebookException>(() =>
        RulebookSet.Load(Repository.Vocabulary, Repository.VocabularyFolder, new Dictionary<string, string> { ["zvw"] = "nowhere" })).Message, StringComparison.Ordinal);
}
