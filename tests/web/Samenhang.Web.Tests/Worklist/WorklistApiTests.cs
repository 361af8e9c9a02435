using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Tests.Worklist;

/// <summary>What the pages ask of the casemanager for those who hold cases.</summary>
public sealed class WorklistApiTests(RunningSystem system) : IClassFixture<RunningSystem>
{
    [Theory]
    [InlineData("busch", true)]
    [InlineData("BURN", true)]
    [InlineData("simon burn", true)]
    [InlineData("simon psychose", false)]
    [InlineData("chauffeur", false)]
    [InlineData("'; DROP TABLE case_row; --", false)]
    public async Task A_case_is_found_by_the_beginnings_of_all_words(string text, bool isFound)
    {
        var found = await system.Worklist.SearchCasesAsync(new() { Text = text });
        Assert.Equal(isFound ? [system.Simon] : [], found.Cases.Select(line => line.Summary.CaseId));
    }

    [Fact]
    public async Task The_cases_of_another_municipality_are_not_found()
    {
        var ours = await system.Worklist.SearchCasesAsync(new() { Tenant = "gm9901" });
        Assert.Contains(ours.Cases, line => line.Summary.CaseId == system.Simon);
        Assert.DoesNotContain(ours.Cases, line => line.Summary.CaseId == system.OfHeuveldam);
        Assert.Contains((await system.Worklist.SearchCasesAsync(new())).Cases, line => line.Summary.CaseId == system.OfHeuveldam);
    }

    [Theory]
    [InlineData(CaseOrder.Urgency)]
    [InlineData(CaseOrder.Changed)]
    [InlineData(CaseOrder.Opened)]
    [InlineData(CaseOrder.Title)]
    public async Task Pages_follow_each_other_in_each_order(CaseOrder order)
    {
        var whole = await system.Worklist.SearchCasesAsync(new() { Order = order });
        var paged = new List<string>();
        for (var token = ""; ;)
        {
            var page = await system.Worklist.SearchCasesAsync(new() { Order = order, PageSize = 1, PageToken = token });
            paged.AddRange(page.Cases.Select(line => line.Summary.CaseId));
            token = page.NextPageToken;
            if (token.Length == 0)
            {
                break;
            }
        }

        Assert.Equal(whole.Cases.Select(line => line.Summary.CaseId), paged);
        Assert.True(paged.Count >= 4);
    }

    [Fact]
    public async Task A_family_of_findings_and_a_severity_leave_out_the_others()
    {
        var plan = await system.PlanAsync(system.Monique);
        var found = await system.Worklist.SearchCasesAsync(new() { FindingFamily = plan.Findings[0].Family, MinimumSeverity = Severity.Attention });
        var line = Assert.Single(found.Cases, line => line.Summary.CaseId == system.Monique);
        Assert.All(found.Cases, other => Assert.True(other.Summary.Severity >= Severity.Attention));
        Assert.Equal(plan.Findings.Max(finding => finding.Severity), line.Summary.Severity);
        Assert.NotEmpty(line.Gravest.Nl);
        Assert.Empty((await system.Worklist.SearchCasesAsync(new() { FindingFamily = "no-such-family" })).Cases);
    }

    [Fact]
    public async Task A_wrong_request_tells_all_that_is_wrong()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await system.Worklist.SearchCasesAsync(
            new() { PageSize = 1000, PageToken = "nonsense", Unassigned = true, Assignee = "x", Text = new string('a', 300) }));
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains("4 faults", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_is_given_to_a_person_and_taken_back()
    {
        var request = new AssignCaseRequest { RequestId = "a1", CaseId = system.Empty, Assignee = "p-assign", AssigneeName = "Pia", By = "casemanager" };
        var first = await system.Worklist.AssignCaseAsync(request);
        Assert.Equal(first, await system.Worklist.AssignCaseAsync(request));
        var mine = await system.Worklist.SearchCasesAsync(new() { Assignee = "p-assign" });
        Assert.Equal("Pia", Assert.Single(mine.Cases).AssigneeName);
        Assert.Equal(1, (await system.Worklist.ListWorkAsync(new() { Assignee = "p-assign" })).CaseCount);

        await system.Worklist.AssignCaseAsync(new() { RequestId = "a2", CaseId = system.Empty, By = "casemanager" });
        Assert.Empty((await system.Worklist.SearchCasesAsync(new() { Assignee = "p-assign" })).Cases);
        Assert.Contains((await system.Worklist.SearchCasesAsync(new() { Unassigned = true })).Cases, line => line.Summary.CaseId == system.Empty);
    }

    [Fact]
    public async Task What_waits_is_urgent_findings_and_answers_until_somebody_settles_them()
    {
        await system.AssignAsync(system.Simon, "p-waits");
        var plan = await system.PlanAsync(system.Simon);
        var urgent = plan.Findings.First(finding => finding.Severity == Severity.Urgent);
        var work = await system.Worklist.ListWorkAsync(new() { Assignee = "p-waits" });
        Assert.Contains(work.Work, line => line.Kind == WaitingKind.Finding && line.Text.Nl == urgent.Title.Nl && line.Step.Nl == urgent.SuggestedAction.Nl && line.Since is not null);
        Assert.DoesNotContain(work.Work, line => line.Kind == WaitingKind.Answer);

        await system.Findings.OverruleFindingAsync(new()
        {
            RequestId = "w1",
            CaseId = system.Simon,
            Finding = new() { FlagId = urgent.FlagId, NeedId = urgent.NeedId, ProvisionId = urgent.ProvisionId, PartyId = urgent.PartyId },
            By = "casemanager",
            Reason = "Besproken met de huisarts",
        });
        var left = await system.Worklist.ListWorkAsync(new() { Assignee = "p-waits" });
        Assert.DoesNotContain(left.Work, line => line.Kind == WaitingKind.Finding && line.Text.Nl == urgent.Title.Nl);

        var question = await AnswerAsync(plan.Questions);
        Assert.Contains((await system.Worklist.ListWorkAsync(new() { Assignee = "p-waits" })).Work, line => line.Kind == WaitingKind.Answer && line.Text.Nl == question.Text.Nl);
    }

    // Says yes to the first question that is one of yes or no, about the client.
    private async Task<Question> AnswerAsync(IEnumerable<Question> questions)
    {
        foreach (var question in questions)
        {
            try
            {
                await system.Casemanager.RecordFactsAsync(new()
                {
                    RequestId = "w2-" + question.FactId,
                    CaseId = system.Simon,
                    Facts = { new RecordedFact { Fact = new Fact { FactId = question.FactId, Value = new FactValue { BoolValue = true } } } },
                });
                return question;
            }
            catch (RpcException wrongType) when (wrongType.StatusCode == StatusCode.InvalidArgument)
            {
                // Another type of answer, or not about the client: the next one.
            }
        }

        throw new InvalidOperationException("The plan asks no question of yes or no.");
    }
}
