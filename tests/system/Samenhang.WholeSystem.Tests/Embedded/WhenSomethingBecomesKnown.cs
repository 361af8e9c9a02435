using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>A case lives: what becomes known leads to a next plan that tells its difference.</summary>
public sealed class WhenSomethingBecomesKnown(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task A_suspected_disorder_makes_the_treatment_insured_care_in_plan_version_2()
    {
        var (caseId, first) = await fixture.PlannedAsync(Requests.BurnOut());

        await Casemanager.RecordFactsAsync(Suspected(caseId));
        var second = await Casemanager.PlanAsync(caseId, 2);

        Assert.Equal(Outcome.NotCovered, first.Row("n1", "gbggz").Outcome);
        Assert.Equal(Outcome.Covered, second.Row("n1", "gbggz").Outcome);
        Assert.Null(first.Difference);
        Assert.Contains(second.Difference.Lines, line => line.Nl.Contains("gedekt", StringComparison.Ordinal));
        Assert.All(second.Difference.Lines, line => Assert.NotEmpty(line.En));
        var old = await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId, PlanVersion = 1 });
        Assert.Equal(first, old.Plan);
    }

    [Fact]
    public async Task The_stream_of_a_case_brings_each_plan_as_it_comes()
    {
        var opened = await Casemanager.OpenCaseAsync(Requests.BurnOut());
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var watch = Casemanager.WatchCase(new WatchCaseRequest { CaseId = opened.CaseId }, cancellationToken: limit.Token);

        Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        var first = watch.ResponseStream.Current;
        await Casemanager.RecordFactsAsync(Suspected(opened.CaseId));
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        var second = watch.ResponseStream.Current;

        Assert.Equal([1, 2], [first.Plan.Version, second.Plan.Version]);
        Assert.True(second.CaseVersion > first.CaseVersion);
        Assert.NotEmpty(second.Plan.Findings);
    }

    [Fact]
    public async Task A_stream_that_begins_later_begins_with_the_version_asked_for()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        await Casemanager.RecordFactsAsync(Suspected(caseId));
        await Casemanager.PlanAsync(caseId, 2);

        using var limit = new CancellationTokenSource(Patience.Limit);
        using var replay = Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId, AfterPlanVersion = 0 }, cancellationToken: limit.Token);
        using var newest = Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId }, cancellationToken: limit.Token);

        Assert.True(await replay.ResponseStream.MoveNext(limit.Token));
        Assert.Equal(1, replay.ResponseStream.Current.Plan.Version);
        Assert.True(await replay.ResponseStream.MoveNext(limit.Token));
        Assert.Equal(2, replay.ResponseStream.Current.Plan.Version);
        Assert.True(await newest.ResponseStream.MoveNext(limit.Token));
        Assert.Equal(2, newest.ResponseStream.Current.Plan.Version);
    }

    [Fact]
    public async Task What_if_shows_the_other_plan_and_saves_nothing()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());
        var before = await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId });

        var tried = await Casemanager.WhatIfAsync(new WhatIfRequest { CaseId = caseId, Facts = { Suspected(caseId).Facts } });

        Assert.Equal(Outcome.Covered, tried.Plan.Row("n1", "gbggz").Outcome);
        Assert.Equal(0, tried.Plan.Version);
        Assert.NotEmpty(tried.Difference.Lines);
        Assert.Equal(before, await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId }));
        Assert.Equal(plan, (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan);
    }

    [Fact]
    public async Task What_if_for_a_later_day_shows_the_terms_that_pass()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());

        var later = await Casemanager.WhatIfAsync(new WhatIfRequest { CaseId = caseId, AsOf = Requests.Day(2017, 2, 1) });

        Assert.DoesNotContain(plan.Findings, finding => finding.FlagId == "deadline.uwv-report-week42");
        Assert.Contains(later.Plan.Findings, finding => finding.FlagId == "deadline.uwv-report-week42");
    }

    [Fact]
    public async Task What_if_and_the_round_over_the_bus_agree()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());

        var tried = await Casemanager.WhatIfAsync(new WhatIfRequest { CaseId = caseId, Facts = { Suspected(caseId).Facts } });
        await Casemanager.RecordFactsAsync(Suspected(caseId));
        var made = await Casemanager.PlanAsync(caseId, 2);

        Assert.Equal(made.Coverage, tried.Plan.Coverage);
        Assert.Equal(made.Findings.Select(Found), tried.Plan.Findings.Select(Found));
        Assert.Equal(made.Questions, tried.Plan.Questions);
        Assert.Equal(made.Difference, tried.Difference);
    }

    [Theory]
    [InlineData("n1", "gbggz", Domain.Zvw)]
    [InlineData("n2", "employer-reintegration-track1", Domain.Employer)]
    [InlineData("n1", "own-account", Domain.Casemanager)]
    public async Task Every_row_can_be_explained(string need, string scheme, Domain domain)
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());

        var why = await Casemanager.ExplainCoverageAsync(new ExplainCoverageRequest { CaseId = caseId, NeedId = need, Scheme = scheme });

        Assert.Equal(domain, why.Coverage.Domain);
        Assert.Equal(plan.Row(need, scheme), why.Coverage);
        Assert.NotEmpty(why.Explanation);
        Assert.Contains(why.Explanation, node => node.Truth == Truth.True && why.Coverage.Rules.Any(rule => rule.RuleId == node.RuleId));
    }

    [Fact]
    public async Task A_refusal_in_a_domain_reaches_the_plan()
    {
        var request = Requests.BurnOut();
        request.Facts.Single(fact => fact.FactId == "work.employerWillingToPay").Value = null;
        var (caseId, _) = await fixture.PlannedAsync(request);
        var pseudonym = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.Single(name => name.Domain == Domain.Employer).CasePseudonym;
        var employer = new Protos.Employer.V1.EmployerService.EmployerServiceClient(fixture.System.Casemanager);

        var asked = (await employer.RequestProvisionAsync(new Protos.Employer.V1.RequestProvisionRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonym, PersonnelNumber = "P-1042", Scheme = Protos.Employer.V1.EmployerScheme.FundedIntervention, NeedIds = { "n1" },
        })).Provision;
        var decided = (await employer.DecideProvisionAsync(new Protos.Employer.V1.DecideProvisionRequest
        {
            RequestId = Requests.NewId(), ProvisionId = asked.ProvisionId, ExpectedVersion = asked.Version,
            Decision = Protos.Employer.V1.EmployerDecision.Refuse, RefusalReason = Protos.Employer.V1.RefusalReason.NoFunds,
        })).Provision;

        await Patience.Until(
            async () => (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Provisions
                .Any(provision => provision.ProvisionId == asked.ProvisionId && provision.Status == ProvisionStatus.Refused),
            "the casemanager takes up the refusal");
        var found = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        var taken = Assert.Single(found.Provisions, provision => provision.ProvisionId == asked.ProvisionId);
        Assert.Equal("no-funds", Assert.Single(taken.Facts).Value.CodeValue);
        Assert.Equal(2, decided.Version);
        Assert.DoesNotContain("P-1042", found.ToString(), StringComparison.Ordinal);
        await Patience.Until(
            async () => (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })) is { RoundStatus: RoundStatus.Planned, Plan: { } plan }
                && plan.Coverage.Any(row => row is { NeedId: "n1", Scheme: "employer-funded-treatment", Outcome: Outcome.NotCovered }),
            "the plan tells that the employer does not pay");
    }

    [Fact]
    public async Task A_provision_of_somebody_without_a_case_disturbs_nothing()
    {
        var gemeente = new Protos.Gemeente.V1.GemeenteService.GemeenteServiceClient(fixture.System.Casemanager);

        await gemeente.RequestProvisionAsync(new Protos.Gemeente.V1.RequestProvisionRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = "somebody-else", Scheme = "pw-reintegration", NeedIds = { "n1" },
        });

        await Patience.Until(() => fixture.Log.Of("RecordOfUnknownCase").Count > 0, "the casemanager notes that it knows no such case");
    }

    [Fact]
    public async Task A_second_casemanager_with_an_old_version_is_stopped()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        var version = (await Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Version;
        var mine = Suspected(caseId);
        mine.ExpectedVersion = version;
        await Casemanager.RecordFactsAsync(mine);
        var theirs = Suspected(caseId);
        theirs.ExpectedVersion = version;

        var refused = await Casemanager.RecordFactsAsync(theirs).RefusedAsync(StatusCode.Aborted);

        Assert.Equal($"{version}", refused.Detail<Google.Rpc.ErrorInfo>().Metadata["expected_version"]);
        Assert.NotEqual($"{version}", refused.Detail<Google.Rpc.ErrorInfo>().Metadata["current_version"]);
    }

    /// <summary>Without what became of it: a plan that is not kept has no such thing.</summary>
    private static Finding Found(Finding finding)
    {
        var bare = finding.Clone();
        bare.Status = FindingStatus.Unspecified;
        return bare;
    }

    private static RecordFactsRequest Suspected(string caseId) => new()
    {
        RequestId = Requests.NewId(),
        CaseId = caseId,
        Facts = { Requests.OfNeed("n1", "health.dsmDisorder", Requests.Code("suspected")) },
    };
}
