using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Questions;

public class WhatAnAnswerWouldChange
{
    private static readonly PlanAssembler Plans = new(SampleCases.Vocabulary);

    [Theory]
    [InlineData("gp.canTreat", 2)]
    [InlineData("health.dsmDisorder", 4)]
    [InlineData("benefit.type", 12)]
    [InlineData("stay.setting", 0)]
    [InlineData("work.firstSickDay", 0)]
    [InlineData("work.functionalLimitations", 0)]
    public void Only_a_short_list_of_answers_is_tried(string fact, int answers) =>
        Assert.Equal(answers, AnswerEffect.AnswersOf(SampleCases.Fact(fact)).Count);

    [Fact]
    public void It_tells_the_rows_findings_and_questions_that_differ()
    {
        var now = Plans.Make(Rows.Assessment(
            SampleCases.Simon,
            [Rows.Row("n1", "gbggz", Outcome.Undetermined, missing: ["gp.canTreat"]), Rows.Row("n1", "gp-care", Outcome.Covered), Rows.Row("n2", "zw-benefit", Outcome.NotCovered)],
            raised: [Rows.Raised("coordination.no-director")]), 0);
        var then = Plans.Make(Rows.Assessment(
            SampleCases.Simon,
            [Rows.Row("n1", "gbggz", Outcome.Covered), Rows.Row("n1", "gp-care", Outcome.Covered), Rows.Row("n1", "sggz", Outcome.Undetermined, missing: ["health.severity"])],
            raised: [Rows.Raised("uncovered.beyond-gp-no-title", "n1")]), 0);

        var effect = AnswerEffect.Of(Value.Of(false), now, then);

        Assert.Equal(
            [("gbggz", Outcome.Undetermined, Outcome.Covered), ("sggz", null, Outcome.Undetermined), ("zw-benefit", (Outcome?)Outcome.NotCovered, (Outcome?)null)],
            effect.Rows.Select(row => (row.Scheme, row.Was, row.Becomes)).OrderBy(row => row.Scheme, StringComparer.Ordinal));
        Assert.Equal(1, effect.Decides);
        Assert.Equal("uncovered.beyond-gp-no-title", Assert.Single(effect.Appearing).FlagId);
        Assert.Equal("coordination.no-director", Assert.Single(effect.Going).FlagId);
        Assert.Equal(["health.severity"], effect.NewQuestions);
        Assert.Equal(["gp.canTreat"], effect.GoneQuestions);
    }

    [Fact]
    public void The_same_plan_is_no_change()
    {
        var plan = Plans.Make(Rows.Assessment(SampleCases.Simon, [Rows.Row("n1", "gp-care", Outcome.Covered)], raised: [Rows.Raised("coordination.no-director")]), 0);
        var effect = AnswerEffect.Of(Value.Of(true), plan, plan);

        Assert.Empty(effect.Rows);
        Assert.Empty(effect.Appearing);
        Assert.Empty(effect.Going);
    }
}
