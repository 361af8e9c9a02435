using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Questions;

public class TheFewestAndMostDecisiveFirst
{
    private static readonly QuestionList Questions = new(SampleCases.Vocabulary);

    [Fact]
    public void What_one_answer_settles_goes_before_what_waits_for_several()
    {
        var asked = Of(
            Rows.Row("n1", "gbggz", Outcome.Undetermined, missing: ["health.severity", "health.riskLevel"]),
            Rows.Row("n1", "sggz", Outcome.Undetermined, missing: ["health.severity", "health.riskLevel"]),
            Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: ["gp.canTreat"]));

        Assert.Equal(["gp.canTreat", "health.severity", "health.riskLevel"], asked.Select(question => question.Fact));
        Assert.Equal([1, 0, 0], asked.Select(question => question.DecidesAlone));
    }

    [Fact]
    public void An_answer_makes_the_next_one_decisive()
    {
        var asked = Of(
            Rows.Row("n1", "gp-care", Outcome.Undetermined, missing: ["gp.canTreat"]),
            Rows.Row("n2", "gp-care", Outcome.Undetermined, missing: ["gp.canTreat"]),
            Rows.Row("n3", "gbggz", Outcome.Undetermined, missing: ["gp.canTreat", "gp.inDoubt"]),
            Rows.Row("n1", "gbggz", Outcome.Undetermined, missing: ["health.severity", "health.riskLevel"]),
            Rows.Row("n2", "gbggz", Outcome.Undetermined, missing: ["health.severity", "health.riskLevel"]));

        // gp.inDoubt waits for one row only, but that row is decided once gp.canTreat is known.
        Assert.Equal(["gp.canTreat", "gp.inDoubt", "health.severity", "health.riskLevel"], asked.Select(question => question.Fact));
        Assert.Equal([2, 0, 0, 0], asked.Select(question => question.DecidesAlone));
    }

    [Fact]
    public void A_finding_that_waits_for_one_fact_counts_as_a_row_does()
    {
        var asked = Questions.Of(Rows.Assessment(
            SampleCases.Simon,
            [Rows.Row("n1", "gbggz", Outcome.Undetermined, missing: ["health.severity", "health.riskLevel"])],
            open: [Rows.Open("uncovered.beyond-gp-no-title", "gp.canTreat")]));

        Assert.Equal(("gp.canTreat", 1), (asked[0].Fact, asked[0].DecidesAlone));
    }

    [Fact]
    public void What_waits_for_insured_care_too_is_not_settled_by_a_person_alone() =>
        Assert.Equal(0, Assert.Single(Of(Rows.Row("n2", "wmo-begeleiding", Outcome.Undetermined, missing: ["social.selfReliance", "coverage.zvwTitle"]))).DecidesAlone);

    [Fact]
    public void No_question_that_settles_less_comes_before_one_that_settles_more() => Properties.HoldForAnySeed(seed =>
    {
        var @case = SampleCases.WithNeeds(seed);
        var facts = SampleCases.Vocabulary.Facts.Where(fact => !fact.ClaimsOnly && fact.DerivedFrom.Count == 0 && !fact.Id.StartsWith("coverage.", StringComparison.Ordinal)).Select(fact => fact.Id).ToList();
        var start = seed & 0xFFFF;
        var rows = Enumerable.Range(0, 12).Select(i => Rows.Row("n1", "gp-care", Outcome.Undetermined,
            missing: [.. Enumerable.Range(0, 1 + ((start + i) % 3)).Select(j => facts[((start * 7) + (i * 13) + (j * 5)) % 6]).Distinct()])).ToList();
        var left = rows.Select(row => row.MissingFacts.ToHashSet()).ToList();
        foreach (var question in Questions.Of(Rows.Assessment(@case, rows)))
        {
            int Settles(string fact) => left.Count(missing => missing.Count == 1 && missing.Contains(fact));
            Assert.Equal(left.SelectMany(missing => missing).Max(Settles), Settles(question.Fact));
            left.ForEach(missing => missing.Remove(question.Fact));
        }
    });

    private static IReadOnlyList<PlanQuestion> Of(params Coverage[] rows) => Questions.Of(Rows.Assessment(SampleCases.Simon, rows));
}
