using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Assessment;

public class OneRound
{
    [Fact]
    public void Zvw_is_asked_first_and_the_others_learn_its_answer_and_nothing_medical()
    {
        var asked = new List<string>();
        var titles = new Dictionary<string, string>();
        AnswerQuestion Spy(string service, params Coverage[] rows) => question =>
        {
            asked.Add(service);
            foreach (var need in question.View.Needs.Where(n => n.Id == "n2"))
            {
                titles[service] = need.Facts[SampleCases.Fact("coverage.zvwTitle")].ToString();
            }

            return rows;
        };

        var assessment = Rows.Assessor().Assess(SampleCases.Simon, new Dictionary<string, AnswerQuestion>
        {
            ["employer"] = Spy("employer"),
            ["gemeente"] = Spy("gemeente"),
            ["uwv"] = Spy("uwv"),
            ["zvw"] = Spy("zvw", Rows.Row("n2", "gp-care", Outcome.Conditional)),
        });

        Assert.Equal(["zvw", "gemeente", "uwv", "employer"], asked);
        Assert.Equal("unknown", titles["zvw"]);
        Assert.All(Services.AfterZvw, s => Assert.Equal("conditional", titles[s]));
        Assert.Equal("conditional", assessment.Case.Needs[1].Facts[SampleCases.Fact("coverage.zvwTitle")].Code);
        Assert.Empty(assessment.Silent);
    }

    [Fact]
    public void A_scheme_that_an_answer_points_to_is_answered_by_its_own_service()
    {
        var suggested = new List<SuggestedRow>();
        var rulebooks = new Dictionary<string, AnswerQuestion>
        {
            ["zvw"] = _ => [Rows.Row("n2", "ggz", Outcome.NotCovered, suggests: ["own-account", "employer-work-adaptation", "wmo-begeleiding"]), Rows.Row("n4", "ggz", Outcome.NotCovered, suggests: ["employer-wage"])],
            ["employer"] = question =>
            {
                suggested.AddRange(question.Suggested);
                return [];
            },
        };

        var assessment = Rows.Assessor().Assess(SampleCases.Simon, rulebooks);

        Assert.Equal([new SuggestedRow("n2", "employer-work-adaptation")], suggested);
        Assert.Contains(assessment.Coverage, c => c is { NeedId: "n2", Scheme: "own-account", Service: "casemanager" });
    }

    [Fact]
    public void The_order_of_answers_leaves_no_trace_in_the_matrix()
    {
        var assessor = Rows.Assessor();
        IReadOnlyList<Coverage> zvw = [Rows.Row("n2", "ggz", Outcome.NotCovered), Rows.Row("n1", "sggz", Outcome.NotCovered), Rows.Row("n1", "gbggz", Outcome.Covered)];
        IReadOnlyList<Coverage> uwv = [Rows.Row("n3", "ww-benefit", Outcome.Covered), Rows.Row("n1", "uwv-jobcoach", Outcome.Covered)];

        var there = assessor.Assemble(SampleCases.Simon, new Dictionary<string, IReadOnlyList<Coverage>> { ["zvw"] = zvw, ["uwv"] = uwv });
        var back = assessor.Assemble(SampleCases.Simon, new Dictionary<string, IReadOnlyList<Coverage>> { ["uwv"] = [.. uwv.Reverse()], ["zvw"] = [.. zvw.Reverse()] });

        Assert.Equal(["n1 gbggz", "n1 sggz", "n1 uwv-jobcoach", "n2 ggz", "n3 ww-benefit"], there.Coverage.Select(c => $"{c.NeedId} {c.Scheme}"));
        Assert.Equal(there.Coverage.Select(c => c.Scheme), back.Coverage.Select(c => c.Scheme));
    }

    [Fact]
    public void A_service_without_an_answer_is_silent_and_the_title_stays_unknown_when_that_is_zvw()
    {
        var assessment = Rows.Assessor().Assemble(SampleCases.Simon, new Dictionary<string, IReadOnlyList<Coverage>> { ["uwv"] = [] });

        Assert.Equal(["zvw", "gemeente", "employer"], assessment.Silent);
        Assert.All(assessment.Case.Needs, n => Assert.False(n.Facts[SampleCases.Fact("coverage.zvwTitle")].IsKnown));
    }
}
