using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Casemanager.Vault;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>From a request of a municipal system to one plan.</summary>
public sealed class WhenACaseIsOpened(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task Every_domain_answers_and_one_plan_comes_out()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());

        Assert.Equal(1, plan.Version);
        Assert.Empty(plan.SilentDomains);
        Assert.Equal(Outcome.NotCovered, plan.Row("n1", "gbggz").Outcome);
        Assert.Equal(Outcome.Covered, plan.Row("n3", "employer-wage").Outcome);
        Assert.Contains(plan.Coverage, row => row.Domain == Domain.Gemeente);
        Assert.Contains(plan.Coverage, row => row.Domain == Domain.Uwv);
        Assert.Contains(plan.Findings, finding => finding.FlagId == "uncovered.burnout-no-payer" && finding.NeedId == "n1");
        Assert.All(plan.Coverage, row =>
        {
            Assert.NotEmpty(row.Rules);
            Assert.All(row.Rules, rule => Assert.NotEmpty(rule.Lines));
            Assert.NotEmpty(row.Explanation.Nl);
            Assert.NotEmpty(row.Label.Nl);
        });

        var answer = await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
        Assert.Equal(plan, answer.Plan);
        Assert.Equal(RoundStatus.Planned, answer.RoundStatus);
    }

    [Fact]
    public async Task Each_domain_knows_the_case_by_a_name_of_its_own()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());

        var found = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;

        Assert.Equal(4, found.Pseudonyms.Select(name => name.CasePseudonym).Distinct().Count());
        Assert.DoesNotContain(found.Pseudonyms, name => name.CasePseudonym.Contains(caseId, StringComparison.Ordinal));
        foreach (var service in new[] { "zvw", "gemeente", "uwv", "employer" })
        {
            Assert.False(AnyFileHolds($"{service}.db", caseId), $"{service} keeps the id of the case");
            Assert.False(await fixture.System.Services.SaysAsync(service, caseId), $"{service} keeps the id of the case");
        }
    }

    [Fact]
    public async Task The_bsn_lies_in_the_vault_and_nowhere_else()
    {
        const string Bsn = "999990342";
        var request = Requests.BurnOut();
        request.Bsn = Bsn;

        var (caseId, _) = await fixture.PlannedAsync(request);

        var found = await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId });
        Assert.True(found.Case.BsnKnown);
        Assert.DoesNotContain(Bsn, found.ToString(), StringComparison.Ordinal);
        Assert.Equal(Bsn, (await fixture.System.Services.GetRequiredService<BsnVault>().ReadAsync(caseId, CancellationToken.None))?.Reveal());
        Assert.False(AnyFileHolds("casemanager.vault.db", Bsn), "the vault must hold no number that can be read without its key");
        foreach (var service in new[] { "casemanager", "zvw", "gemeente", "uwv", "employer" })
        {
            Assert.False(AnyFileHolds($"{service}.db", Bsn), $"{service} holds the number");
            Assert.False(await fixture.System.Services.SaysAsync(service, Bsn), $"{service} holds the number");
        }

        Assert.DoesNotContain(fixture.Log.Lines, line => line.Text.Contains(Bsn, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_request_gets_the_same_reply_and_opens_no_second_case()
    {
        var request = Requests.BurnOut();
        request.Bsn = "999990019";

        var first = await Casemanager.OpenCaseAsync(request);
        var second = await Casemanager.OpenCaseAsync(request);

        Assert.Equal(first, second);
        var other = request.Clone();
        other.Bsn = "999993653";
        await Casemanager.OpenCaseAsync(other).RefusedAsync(StatusCode.AlreadyExists);
    }

    [Fact]
    public async Task A_case_without_needs_has_nothing_to_ask_until_one_is_added()
    {
        var request = Requests.BurnOut();
        request.Needs.Clear();
        request.Provisions.Clear();
        var opened = await Casemanager.OpenCaseAsync(request);

        var before = await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = opened.CaseId });
        await Casemanager.AddNeedAsync(new AddNeedRequest
        {
            RequestId = Requests.NewId(), CaseId = opened.CaseId, ExpectedVersion = opened.Version, Need = new Need { NeedId = "n1", Kind = "reintegration" },
        });
        var plan = await Casemanager.PlanAsync(opened.CaseId);

        Assert.Null(before.Plan);
        Assert.Equal(RoundStatus.NothingToAsk, before.RoundStatus);
        Assert.Contains(plan.Coverage, row => row.NeedId == "n1" && row.Domain == Domain.Employer);
    }

    [Fact]
    public async Task The_worklist_shows_cases_page_by_page_and_filters()
    {
        const string tenant = "gm9902";
        var opened = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var request = Requests.BurnOut();
            request.Tenant = tenant;
            opened.Add((await fixture.PlannedAsync(request)).CaseId);
        }

        var seen = new List<CaseSummary>();
        var page = new ListCasesResponse();
        do
        {
            page = await Casemanager.ListCasesAsync(new ListCasesRequest { Tenant = tenant, PageSize = 2, PageToken = page.NextPageToken });
            Assert.InRange(page.Cases.Count, 1, 2);
            seen.AddRange(page.Cases);
        }
        while (page.NextPageToken.Length > 0);

        Assert.Equal(Enumerable.Reverse(opened), seen.Select(item => item.CaseId));
        Assert.All(seen, item => Assert.Equal(1, item.PlanVersion));
        var urgent = await Casemanager.ListCasesAsync(new ListCasesRequest { Tenant = tenant, MinimumSeverity = Severity.Urgent });
        Assert.Equal(seen.Count(item => item.Severity == Severity.Urgent), urgent.Cases.Count);
        Assert.Empty((await Casemanager.ListCasesAsync(new ListCasesRequest { Tenant = tenant + "-other" })).Cases);
    }

    // The write-ahead log is part of the database: what was just written stands there.
    private bool AnyFileHolds(string database, string text)
    {
        var needle = global::System.Text.Encoding.UTF8.GetBytes(text);
        return Directory.EnumerateFiles(fixture.DataFolder, database + "*").Any(path =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(needle) >= 0;
        });
    }
}
