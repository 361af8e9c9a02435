using System.Text.Json;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Tests.Cases;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Tests.WholeCases;

/// <summary>The case files of the project, answered by its own rulebooks.</summary>
public class TheCaseFiles
{
    [Fact]
    public void There_are_case_files() => Assert.True(ProjectCases.All.Count > 100);

    [Theory]
    [InlineData("work-participation-a")]
    [InlineData("basic-ggz")]
    public void Each_need_is_carried_by_the_role_that_the_file_expects(string folder)
    {
        var wrong =
            from item in ProjectCases.All
            where item.Folder == folder
            from expected in item.Expect?.Responsible ?? []
            let roles = ProjectCases.Plan(item.Case).Responsible.Where(r => r.NeedId == expected.Need).Select(r => r.Role).ToList()
            where !roles.Contains(expected.Role)
            select $"{item.Id} {expected.Need}: {expected.Role} expected, {string.Join(", ", roles)} found";

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("basic-ggz")]
    [InlineData("palliative")]
    [InlineData("palliative-rows")]
    public void Each_answer_and_finding_is_what_the_file_expects(string folder)
    {
        var wrong =
            from item in ProjectCases.All
            where item.Folder == folder && item.Expect is not null
            let found = ProjectCases.Assessor.Assess(item.Case, ProjectCases.Domains)
            from difference in AnswersThatDiffer(item.Expect, found.Coverage).Concat(FindingsThatDiffer(item.Expect, found.Findings.Raised))
            select $"{item.Id} {difference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Each_missing_fact_of_an_answer_is_settled_by_a_question_or_by_zvw()
    {
        var without =
            from item in ProjectCases.All
            let plan = ProjectCases.Plan(item.Case)
            let settled = plan.Questions.SelectMany(q => q.Settles).ToHashSet()
            from row in plan.Coverage
            from missing in row.MissingFacts
            where !settled.Contains(missing) && !missing.StartsWith("coverage.", StringComparison.Ordinal)
            select $"{item.Id} {row.NeedId} {row.Scheme}: {missing}";

        Assert.Empty(without);
    }

    [Fact]
    public void Answers_that_come_one_by_one_give_the_plan_that_answers_at_once_give()
    {
        var decisions = new CaseDecisions(SampleCases.Vocabulary, ProjectCases.Assessor);
        var different = ProjectCases.All.Where(item => item.Case.Needs.Count > 0).Where(item =>
        {
            var overTheBus = new ACase(decisions, ProjectCases.Domains).Open(item.Case, item.Case.AsOf).Settle().State;
            return JsonSerializer.Serialize(overTheBus.Plan) != JsonSerializer.Serialize(ProjectCases.Plan(overTheBus.ToCase(SampleCases.Vocabulary)));
        });

        Assert.Empty(different.Select(item => item.Id));
    }

    [Fact]
    public void A_case_that_was_opened_and_stored_is_judged_as_the_file_is()
    {
        var different = ProjectCases.All.Where(item => item.Case.Needs.Count > 0).Where(item =>
        {
            var opened = new ACase().Open(item.Case, item.Case.AsOf).State.ToCase(SampleCases.Vocabulary);
            return JsonSerializer.Serialize(ProjectCases.Plan(item.Case)) != JsonSerializer.Serialize(ProjectCases.Plan(opened));
        });

        Assert.Empty(different.Select(item => item.Id));
    }

    private static IEnumerable<string> AnswersThatDiffer(Expectation expect, IReadOnlyList<Coverage> rows) =>
        from expected in expect.Coverage
        let row = rows.FirstOrDefault(row => row.NeedId == expected.Need && row.Scheme == expected.Scheme)
        where row is null || row.Outcome != expected.Outcome
            || (expected.Payer is { } payer && row.Payer != payer) || (expected.PaymentMode is { } mode && row.PaymentMode != mode)
            || (expected.Reason is { } reason && row.Reason != reason)
            || !expected.Rules.All(row.RuleIds.Contains) || !expected.MissingFacts.All(row.MissingFacts.Contains)
        select $"{expected.Need} {expected.Scheme}: {expected.Outcome} by {string.Join(' ', expected.Rules)} expected, {row?.Outcome} by {string.Join(' ', row?.RuleIds ?? [])} found";

    private static IEnumerable<string> FindingsThatDiffer(Expectation expect, IReadOnlyList<Finding> raised)
    {
        bool IsRaised(ExpectedFlag flag) => raised.Any(f => f.Flag.Id == flag.Id
            && (flag.Need is null || f.Item.Need == flag.Need) && (flag.Provision is null || f.Item.Provision == flag.Provision) && (flag.Party is null || f.Item.Party == flag.Party));

        return expect.Flags.Where(flag => !IsRaised(flag)).Select(flag => $"{flag.Id} is missing")
            .Concat(expect.NotFlags.Where(IsRaised).Select(flag => $"{flag.Id} is raised"));
    }
}
