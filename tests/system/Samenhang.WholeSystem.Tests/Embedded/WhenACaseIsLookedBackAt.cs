using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>A case is shown as it was known at a moment, and judged under the law of a day.</summary>
public sealed class WhenACaseIsLookedBackAt(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private CasemanagerService.CasemanagerServiceClient Casemanager => fixture.Casemanager;

    private HistoryService.HistoryServiceClient History => new(fixture.System.Casemanager);

    public void Dispose() => fixture.Log.HasNoErrors();

    [Fact]
    public async Task A_fact_that_was_recorded_later_is_not_in_the_view_of_before()
    {
        var (caseId, first) = await fixture.PlannedAsync(Requests.BurnOut());
        var before = Now();
        await Casemanager.RecordFactsAsync(Facts(caseId, Requests.OfNeed("n1", "health.dsmDisorder", Requests.Code("suspected"))));
        var second = await Casemanager.PlanAsync(caseId, 2);

        var then = await History.LookBackAsync(new LookBackRequest { CaseId = caseId, KnownAt = before });
        var now = await History.LookBackAsync(new LookBackRequest { CaseId = caseId });

        Assert.Equal("none", Disorder(then.Case));
        Assert.Equal("suspected", Disorder(now.Case));
        Assert.Equal(first, then.PlanThen);
        Assert.Equal(first.Coverage, then.Plan.Coverage);
        Assert.Empty(then.Difference?.Lines ?? []);
        Assert.Equal(second.Coverage, now.Plan.Coverage);
        Assert.Equal(Requests.Day(2016, 10, 1), then.LawOn);
        Assert.Equal("health.dsmDisorder", Assert.Single(then.LearnedSince).FactId);
        Assert.Empty(now.LearnedSince);
        Assert.Equal(second, (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan);
    }

    [Fact]
    public async Task A_corrected_first_sick_day_shows_both_values_with_when_and_by_whom()
    {
        var (caseId, _) = await fixture.PlannedAsync(Requests.BurnOut());
        var before = Now();
        await Casemanager.RecordFactsAsync(Facts(caseId, new RecordedFact { Fact = Requests.Fact("work.firstSickDay", new FactValue { DateValue = Requests.Day(2016, 3, 29) }) }));
        await Casemanager.PlanAsync(caseId, 2);

        var correction = Assert.Single((await History.ListCorrectionsAsync(new ListCorrectionsRequest { CaseId = caseId })).Corrections);
        var then = await History.LookBackAsync(new LookBackRequest { CaseId = caseId, KnownAt = before });

        Assert.Equal((CorrectionKind.Corrected, "work.firstSickDay"), (correction.Kind, correction.FactId));
        Assert.Equal(Requests.Day(2016, 4, 4), correction.Before.Value.DateValue);
        Assert.Equal(Requests.Day(2016, 3, 29), correction.Now.Value.DateValue);
        Assert.Equal("casemanager", correction.Now.By);
        Assert.True(correction.Before.RecordedAt.ToDateTimeOffset() < before.ToDateTimeOffset());
        Assert.True(correction.Now.RecordedAt.ToDateTimeOffset() > before.ToDateTimeOffset());
        Assert.Equal(Requests.Day(2016, 4, 4), then.Case.Facts.Single(fact => fact.FactId == "work.firstSickDay").Value.DateValue);
        Assert.Equal(correction, Assert.Single(then.LearnedSince));
        Assert.All(then.Plan.Deadlines.Where(term => term.DeadlineId.StartsWith("wvp.", StringComparison.Ordinal)), term => Assert.NotEqual(Requests.Day(2016, 3, 29), term.StartedOn));
    }

    [Fact]
    public async Task The_law_of_another_year_says_so()
    {
        var (caseId, plan) = await fixture.PlannedAsync(WithABill());
        Assert.Contains(plan.Findings, finding => finding.FlagId == "claim.price-above-max");

        var sameYear = await History.LookBackAsync(new LookBackRequest { CaseId = caseId, LawOn = Requests.Day(2016, 12, 31) });
        var nextYear = await History.LookBackAsync(new LookBackRequest { CaseId = caseId, LawOn = Requests.Day(2017, 2, 1) });

        // The rules of this document are those of 2016. The tariff is that of the day on which the treatment began, whatever the day of the law.
        Assert.DoesNotContain(sameYear.Plan.Findings, finding => finding.FlagId == "undetermined.rule-version");
        Assert.Contains(nextYear.Plan.Findings, finding => finding.FlagId == "undetermined.rule-version");
        Assert.Contains(nextYear.Plan.Findings, finding => finding.FlagId == "claim.price-above-max");
        Assert.Equal(Requests.Day(2017, 2, 1), nextYear.Plan.AsOf);
        Assert.Contains(nextYear.Difference.Lines, line => line.En.Contains("Rule does not hold on this date", StringComparison.Ordinal));
        Assert.Equal(plan, nextYear.PlanThen);
    }

    [Fact]
    public async Task Before_it_was_opened_there_is_no_case_and_a_day_counts_to_its_end()
    {
        var (caseId, plan) = await fixture.PlannedAsync(Requests.BurnOut());

        await History.LookBackAsync(new LookBackRequest { CaseId = caseId, KnownDay = Requests.Day(2020, 1, 1) }).RefusedAsync(StatusCode.NotFound);
        var invalid = await History.LookBackAsync(new LookBackRequest { CaseId = caseId, KnownDay = Requests.Day(2026, 2, 30), LawOn = Requests.Day(2016, 13, 1) }).RefusedAsync(StatusCode.InvalidArgument);
        var day = plan.MadeAt.ToDateTimeOffset().AddDays(1);
        var then = await History.LookBackAsync(new LookBackRequest { CaseId = caseId, KnownDay = Requests.Day(day.Year, day.Month, day.Day) });

        Assert.Equal(["known_day", "law_on"], invalid.ViolatedFields());
        Assert.Equal(plan, then.PlanThen);
    }

    private static Timestamp Now() => Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static string Disorder(Case @case) => @case.Needs.Single(need => need.NeedId == "n1").Facts.Single(fact => fact.FactId == "health.dsmDisorder").Value.CodeValue;

    private static RecordFactsRequest Facts(string caseId, params RecordedFact[] facts) => new() { RequestId = Requests.NewId(), CaseId = caseId, Facts = { facts } };

    /// <summary>A treatment in basic ggz in 2016 with a bill above the highest tariff of that year.</summary>
    private static OpenCaseRequest WithABill() => new()
    {
        RequestId = Requests.NewId(),
        Title = "Een rekening boven het tarief",
        AsOf = Requests.Day(2016, 6, 15),
        Rulebooks = { "001" },
        Facts = { Requests.Fact("client.insuredZvw", Requests.Yes) },
        Needs =
        {
            new Need
            {
                NeedId = "n1",
                Kind = "psych-treatment",
                Facts = { Requests.Fact("health.dsmDisorder", Requests.Code("suspected")), Requests.Fact("health.severity", Requests.Code("light")), Requests.Fact("gp.canTreat", Requests.No) },
            },
        },
        Provisions =
        {
            new Provision
            {
                ProvisionId = "p1", Scheme = "gbggz-kort", Domain = Domain.Zvw, Status = ProvisionStatus.Running, NeedIds = { "n1" }, From = Requests.Day(2016, 6, 1),
                Facts = { Requests.Fact("claim.price", new FactValue { DecimalValue = "500" }) },
            },
        },
    };
}
