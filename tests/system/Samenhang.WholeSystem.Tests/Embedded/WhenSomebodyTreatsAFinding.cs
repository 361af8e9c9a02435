using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>People take findings up, prove that they are dealt with, or put them aside; the plan and the worklist show it.</summary>
public sealed class WhenSomebodyTreatsAFinding(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private FindingService.FindingServiceClient Findings => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task It_is_taken_up_put_aside_and_shown_so()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());
        var finding = RefOf(plan.Findings[0]);

        await Findings.AcknowledgeFindingAsync(new AcknowledgeFindingRequest { RequestId = Requests.NewId(), CaseId = caseId, Finding = finding, By = "casemanager" });
        var aside = new OverruleFindingRequest { RequestId = Requests.NewId(), CaseId = caseId, Finding = finding, By = "casemanager", Reason = "De cliënt regelt dit zelf." };
        var overruled = await Findings.OverruleFindingAsync(aside);
        var again = await Findings.OverruleFindingAsync(aside);

        Assert.Equal([FindingStatus.Open, FindingStatus.Acknowledged, FindingStatus.Overruled], overruled.Finding.Steps.Select(step => step.Status));
        Assert.Equal(overruled, again);
        var shown = (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan;
        Assert.Equal(FindingStatus.Overruled, shown.Findings.Single(other => RefOf(other).Equals(finding)).Status);
        Assert.Equal(plan.Version, shown.Version);
        var row = (await Casemanager.ListCasesAsync(new ListCasesRequest { PageSize = 200 })).Cases.Single(other => other.CaseId == caseId);
        Assert.Equal(plan.Findings.Count - 1, row.FindingCount);
    }

    [Fact]
    public async Task It_closes_by_itself_when_its_condition_is_gone()
    {
        var (caseId, first) = await fixture.PlannedAsync(Requests.BurnOut());

        await Casemanager.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Facts = { Requests.OfNeed("n1", "health.dsmDisorder", Requests.Code("suspected")) },
        });
        var second = await Casemanager.PlanAsync(caseId, 2);

        var gone = first.Findings.Select(RefOf).Except(second.Findings.Select(RefOf)).ToList();
        Assert.NotEmpty(gone);
        var lives = (await Findings.ListFindingsAsync(new ListFindingsRequest { CaseId = caseId })).Findings;
        Assert.All(gone, finding => Assert.Equal(FindingStatus.Closed, lives.Single(life => life.Finding.Equals(finding)).Status));
        Assert.All(second.Findings, finding => Assert.Equal(FindingStatus.Open, finding.Status));
    }

    [Fact]
    public async Task What_is_wrong_with_a_treatment_is_told()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());

        var invalid = await Findings.ResolveFindingAsync(new ResolveFindingRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Finding = new FindingRef { FlagId = "uncoverd" }, By = "casemanager", Evidence = new Evidence { Type = "letter" },
        }).RefusedAsync(StatusCode.InvalidArgument);
        var forbidden = await Findings.ReopenFindingAsync(new ReopenFindingRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Finding = RefOf(plan.Findings[0]), By = "casemanager", Reason = "Toch wel.",
        }).RefusedAsync(StatusCode.FailedPrecondition);

        Assert.Equal(["evidence.type", "finding.flag_id"], invalid.ViolatedFields());
        Assert.Equal("FINDING_STATUS", forbidden.Detail<Google.Rpc.PreconditionFailure>().Violations[0].Type);
    }

    private static FindingRef RefOf(Finding finding) => new() { FlagId = finding.FlagId, NeedId = finding.NeedId, ProvisionId = finding.ProvisionId, PartyId = finding.PartyId };
}
