using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Host.Embedded;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Date = Samenhang.Protos.Types.Date;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>The clock of the whole system: terms come on their day, also on days on which nothing was running.</summary>
public sealed class WhenDaysPass : IAsyncLifetime, IDisposable
{
    private static readonly DateOnly FirstSickDay = FirstMondayAfterToday();

    private readonly TemporaryFolder folder = new();
    private readonly RecordedLog log = new();
    private readonly MovableTime time = new();
    private EmbeddedSystem? system;

    private CasemanagerService.CasemanagerServiceClient Casemanager => new(system!.Casemanager);

    public Task InitializeAsync()
    {
        time.MoveTo(FirstSickDay);
        return StartAsync();
    }

    public async Task DisposeAsync() => await system!.DisposeAsync();

    public void Dispose()
    {
        log.HasNoErrors();
        folder.Dispose();
    }

    [Fact]
    public async Task Terms_are_missed_moved_and_met_and_a_restart_forgets_nothing()
    {
        var request = Requests.BurnOut();
        request.AsOf = null;
        request.Facts.Single(fact => fact.FactId == "work.firstSickDay").Value = OnDay(0);
        var caseId = (await Casemanager.OpenCaseAsync(request)).CaseId;
        await PlannedAsync(caseId, plan => Term(plan, "wvp.plan-van-aanpak").Due.Equals(Day(56)), "the plan van aanpak is due after 56 days");

        // Day 8: nobody told the arbodienst.
        time.MoveTo(FirstSickDay.AddDays(8));
        await PlannedAsync(caseId, plan => Raised(plan, "deadline.arbo-report-week1"), "the report to the arbodienst is missed on day 8");
        await Casemanager.RecordFactsAsync(Known(caseId, "work.arboReportedOn", OnDay(5)));
        await PlannedAsync(caseId, plan => !Raised(plan, "deadline.arbo-report-week1"), "the finding goes when the milestone is reported");

        // The last day of the plan van aanpak passes while nothing runs.
        await system!.DisposeAsync();
        time.MoveTo(FirstSickDay.AddDays(57));
        await StartAsync();
        await PlannedAsync(
            caseId, plan => Raised(plan, "deadline.plan-van-aanpak-week8") && Term(plan, "wvp.plan-van-aanpak").Status == DeadlineStatus.Missed,
            "after the restart the plan van aanpak is missed");

        // The employee had been back at work for a week: the terms stood still.
        await Casemanager.SuspendDeadlineAsync(new SuspendDeadlineRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, DeadlineId = "wvp.*", From = Day(40), To = Day(46), By = "emp", Reason = "een week hersteld",
        });
        var moved = Term(
            await PlannedAsync(caseId, plan => !Raised(plan, "deadline.plan-van-aanpak-week8"), "a term that has days left raises no finding"),
            "wvp.plan-van-aanpak");
        Assert.Equal((Day(56), Day(63), DeadlineStatus.Near), (moved.OriginalDue, moved.Due, moved.Status));
        var standstill = Assert.Single(moved.Suspensions);
        Assert.Equal((Day(40), Day(46), "emp", "een week hersteld"), (standstill.From, standstill.To, standstill.By, standstill.Reason));
        Assert.True(Term((await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan, "wvp.problem-analysis") is { FromContext: true, Source.Length: > 0 });

        // The moved day passes as well; then the plan comes, late.
        time.MoveTo(FirstSickDay.AddDays(64));
        await PlannedAsync(caseId, plan => Raised(plan, "deadline.plan-van-aanpak-week8"), "the moved day passes too");
        await Casemanager.RecordFactsAsync(Known(caseId, "work.planVanAanpakOn", OnDay(64)));
        await PlannedAsync(
            caseId, plan => !Raised(plan, "deadline.plan-van-aanpak-week8") && plan.SettledFindings.Any(found => found.FlagId == "deadline.plan-van-aanpak-week8"),
            "the finding is settled when the plan is there");
    }

    private static DateOnly FirstMondayAfterToday()
    {
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1);
        return day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);
    }

    private static Date Day(int after)
    {
        var day = FirstSickDay.AddDays(after);
        return Requests.Day(day.Year, day.Month, day.Day);
    }

    private static FactValue OnDay(int after) => new() { DateValue = Day(after) };

    private static RecordFactsRequest Known(string caseId, string fact, FactValue value) =>
        new() { RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact(fact, value) } } };

    private static PlanDeadline Term(Plan plan, string id) => Assert.Single(plan.Deadlines, term => term.DeadlineId == id);

    private static bool Raised(Plan plan, string flag) => plan.Findings.Any(found => found.FlagId == flag);

    /// <summary>The plan, as soon as nobody is asked any more and it is as awaited.</summary>
    private async Task<Plan> PlannedAsync(string caseId, Func<Plan, bool> isSo, string what)
    {
        Plan? plan = null;
        await Patience.Until(
            async () =>
            {
                var reply = await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
                plan = reply.Plan;
                return reply.RoundStatus == RoundStatus.Planned && plan is not null && isSo(plan);
            },
            what);
        return plan!;
    }

    private async Task StartAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        system = await EmbeddedSystem.StartAsync(
            new EmbeddedOptions
            {
                DataFolder = folder.Path,
                UseDefaultPorts = false,
                Services = services => services.AddSingleton<TimeProvider>(time)
                    .AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log)),
            },
            limit.Token);
    }
}
