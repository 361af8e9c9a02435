using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Host.Commands.Assess;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Host.Tests.Commands;

/// <summary>What counts as an expectation that holds, and what does not: a check that cannot fail is none.</summary>
public sealed class ExpectationCheckTests
{
    private static readonly DateOnly Day = new(2016, 10, 1);
    private static readonly FactDefinition SickWeek = Repository.Vocabulary.FactById["work.sickWeek"];

    private static readonly Case TheCase = new()
    {
        Id = "t", AsOf = Day, Rulebooks = ["002a"],
        Parties = [new() { Id = "gp", Role = "huisarts", Service = "zvw" }],
    };

    private static readonly Plan ThePlan = new()
    {
        Version = 0,
        AsOf = Day,
        Coverage =
        [
            new()
            {
                NeedId = "n1", Scheme = "gp-care", Service = "zvw", Outcome = Outcome.Covered, Payer = "zorgverzekeraar", PaymentMode = "SEPARATE_TITLE",
                Strength = Strength.Hard, RuleIds = ["ARB-40", "ARB-43"], Sources = [], ValidAt = Day, Explanation = Sentence.None,
            },
            new()
            {
                NeedId = "n1", Scheme = "gbggz", Service = "zvw", Outcome = Outcome.Undetermined, Reason = "missing-facts",
                MissingFacts = ["health.dsmDisorder", "gp.canTreat"], RuleIds = ["ARB-44"], Sources = [], ValidAt = Day, Explanation = Sentence.None,
            },
        ],
        Findings =
        [
            new()
            {
                FlagId = "uncovered.burnout-no-payer", Family = "uncovered", Severity = Severity.Urgent, NeedId = "n1",
                Title = Sentence.None, Explanation = Sentence.None, SuggestedAction = Sentence.None,
            },
        ],
        Questions = [new() { Fact = "gp.canTreat", QuestionNl = "Kan de huisarts dit zelf?", AskedOf = "gp", Priority = QuestionPriority.Normal }],
        Responsible = [new("n1", "huisarts", "gp", "zvw", [], [])],
        Coordinator = "gp",
        Casemanager = new("casemanager", "spv", "cm", "ggz-case-management"),
        Actions = [new(new("Vraag toestemming en leg contact.", "Ask."), "gp", new(2016, 10, 15), "n1", false, "coordination.x", [])],
        Suggested = [new("n1", ["own-account"])],
        Blocked = [new("ggz-ended", ["VWS-45"], Sentence.None)],
    };

    [Fact]
    public void Every_listed_field_of_a_row_must_match()
    {
        Holds(new() { Coverage = [Row() with { Payer = "zorgverzekeraar", PaymentMode = "SEPARATE_TITLE", Strength = Strength.Hard, Contested = false, Rules = ["ARB-43"] }] });
        Fails(new() { Coverage = [Row() with { Outcome = Outcome.NotCovered }] }, "outcome covered");
        Fails(new() { Coverage = [Row() with { Payer = "gemeente" }] }, "payer zorgverzekeraar");
        Fails(new() { Coverage = [Row() with { Strength = Strength.Interpretation }] }, "strength hard");
        Fails(new() { Coverage = [Row() with { Contested = true }] }, "contested false");
        Fails(new() { Coverage = [Row() with { Product = "BK" }] }, "product none");
        Fails(new() { Coverage = [Row() with { Rules = ["ARB-40", "ARB-44"] }] }, "rules ARB-40 ARB-43");
        Fails(new() { Coverage = [Row() with { Scheme = "poh-ggz" }] }, "no row");
    }

    [Fact]
    public void Missing_facts_and_the_reason_are_compared_too()
    {
        var row = new ExpectedCoverage { Need = "n1", Scheme = "gbggz", Outcome = Outcome.Undetermined, Rules = ["ARB-44"] };
        Holds(new() { Coverage = [row with { Reason = "missing-facts", MissingFacts = ["gp.canTreat"] }] });
        Fails(new() { Coverage = [row with { Reason = "not-stated" }] }, "reason missing-facts");
        Fails(new() { Coverage = [row with { MissingFacts = ["client.birthDate"] }] }, "missingFacts health.dsmDisorder gp.canTreat");
    }

    [Fact]
    public void A_derived_fact_must_have_the_value()
    {
        Holds(new() { Facts = [new(SickWeek, Value.Of(26))] });
        Fails(new() { Facts = [new(SickWeek, Value.Of(27))] }, "26");
        Fails(new() { Facts = [new(SickWeek, Value.Unknown)] }, "26");
        Fails(new() { Facts = [new(Repository.Vocabulary.FactById["client.age"], Value.Of(40))] }, "unknown");
    }

    [Fact]
    public void A_flag_must_be_raised_on_its_item_and_an_unwanted_one_must_not()
    {
        Holds(new() { Flags = [Flag("uncovered.burnout-no-payer"), Flag("uncovered.burnout-no-payer", "n1")] });
        Fails(new() { Flags = [Flag("uncovered.burnout-no-payer", "n2")] }, "raised on n1");
        Fails(new() { Flags = [Flag("deadline.uwv-report-week42")] }, "not raised");
        Holds(new() { NotFlags = [Flag("deadline.uwv-report-week42"), Flag("uncovered.burnout-no-payer", "n2")] });
        Fails(new() { NotFlags = [Flag("uncovered.burnout-no-payer")] }, "raised on n1");
    }

    [Fact]
    public void An_exact_list_of_flags_allows_no_other()
    {
        Holds(new() { Flags = [Flag("uncovered.burnout-no-payer")], FlagsExact = true });
        Fails(new() { FlagsExact = true }, "uncovered.burnout-no-payer on n1");
    }

    [Fact]
    public void Who_carries_coordinates_and_manages_is_compared()
    {
        Holds(new() { Responsible = [new("n1", "huisarts")], Coordinator = "gp", Casemanager = new("casemanager", "spv", ["district-nursing", "ggz-case-management"], true) });
        Fails(new() { Responsible = [new("n1", "psychiater")] }, "huisarts");
        Fails(new() { Responsible = [new("n2", "huisarts")] }, "none");
        Fails(new() { Coordinator = "x" }, "gp");
        Fails(new() { Casemanager = new("casemanager", "huisarts", [], true) }, "casemanager spv ggz-case-management");
        Fails(new() { Casemanager = new(null, null, [], false) }, "casemanager spv ggz-case-management");
    }

    [Fact]
    public void A_task_is_an_action_or_a_question()
    {
        Holds(new() { Tasks = [new(null, null, "gp.canTreat", null), new("huisarts", null, null, "toestemming"), new("gp", "2016-10-15", null, "leg contact"), new("zvw", null, "gp.canTreat", "zelf")] });
        Fails(new() { Tasks = [new(null, null, "client.birthDate", null)] }, "no such task");
        Fails(new() { Tasks = [new("uwv", null, null, "toestemming")] }, "no such task");
        Fails(new() { Tasks = [new(null, "2016-10-16", null, "toestemming")] }, "no such task");
    }

    [Fact]
    public void Suggestions_are_compared()
    {
        Holds(new() { Suggested = [new("n1", ["own-account"])], NotSuggested = [new("n1", ["gbggz"]), new("n2", ["own-account"])] });
        Fails(new() { Suggested = [new("n1", ["own-account", "gbggz"])] }, "own-account");
        Fails(new() { NotSuggested = [new("n1", ["own-account"])] }, "suggested own-account");
    }

    [Fact]
    public void An_event_that_must_be_stopped_and_is_not_is_a_failure()
    {
        Holds(new() { Blocked = ["ggz-ended"] });
        Fails(new() { Blocked = ["ggz-ended", "data-exchanged"] }, "ggz-ended");
        Fails(new() { Blocked = [] }, "ggz-ended");
        Assert.Empty(Check(new()));
    }

    [Fact]
    public void Each_expectation_counts_once() =>
        Assert.Equal(3, Check(new() { Flags = [Flag("uncovered.burnout-no-payer"), Flag("deadline.uwv-report-week42")], Coordinator = "gp" }).Count);

    private static ExpectedCoverage Row() => new() { Need = "n1", Scheme = "gp-care", Outcome = Outcome.Covered, Rules = ["ARB-40"] };

    private static ExpectedFlag Flag(string id, string? need = null) => new(id, need, null, null);

    private static List<CheckedItem> Check(Expectation expect) =>
        [.. ExpectationCheck.Of(ThePlan, [new DerivedFact(SickWeek, null, Value.Of(26), Value.Unknown)], TheCase, expect)];

    private static void Holds(Expectation expect) => Assert.All(Check(expect), item => Assert.True(item.Holds, $"{item.Expected}, came: {item.Came}"));

    private static void Fails(Expectation expect, string came)
    {
        var failed = Assert.Single(Check(expect), item => !item.Holds);
        Assert.Contains(came, failed.Came, StringComparison.Ordinal);
    }
}
