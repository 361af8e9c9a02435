using System.Globalization;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Host.Embedded;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>The numbers for those who steer are those of the cases, and no case can be found in them.</summary>
public sealed class WhenThoseWhoSteerLook : IAsyncLifetime, IDisposable
{
    private const int Threshold = 10;
    private const int StalledDays = 42;

    private readonly TemporaryFolder folder = new();
    private readonly RecordedLog log = new();
    private readonly MovableTime time = new();
    private EmbeddedSystem? system;

    private CasemanagerService.CasemanagerServiceClient Casemanager => new(system!.Casemanager);

    private FindingService.FindingServiceClient Findings => new(system!.Casemanager);

    private ReportService.ReportServiceClient Reports => new(system!.Casemanager);

    public async Task InitializeAsync()
    {
        // From a first of January on: then no test runs over the end of a month.
        time.MoveTo(FirstOfJanuary);
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

    public async Task DisposeAsync() => await system!.DisposeAsync();

    public void Dispose()
    {
        log.HasNoErrors();
        folder.Dispose();
    }

    [Fact]
    public async Task The_numbers_are_those_of_all_plans_and_no_id_goes_out()
    {
        // 300 cases: two municipalities, and four cases of none; some are not a blind spot; of some a person settled it.
        var opened = new List<(string Tenant, string CaseId)>();
        foreach (var batch in Enumerable.Range(0, 300).Chunk(12))
        {
            opened.AddRange(await Task.WhenAll(batch.Select(OpenAsync)));
        }

        var blind = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (tenant, caseId) in opened)
        {
            var lives = (await Findings.ListFindingsAsync(new ListFindingsRequest { CaseId = caseId })).Findings;

            // The period holds their whole life, so whatever was raised in it counts.
            if (lives.Any(life => life.Finding.FlagId.StartsWith("uncovered.", StringComparison.Ordinal)))
            {
                blind[tenant] = blind.GetValueOrDefault(tenant) + 1;
            }
        }

        var report = await ReportAsync(new ReportPeriod { Year = FirstOfJanuary.Year, Quarter = 1 });
        var lines = report.Lines.Where(line => line.Measure == SteeringMeasure.BlindSpot).ToList();

        Assert.InRange(blind[""], 1, Threshold - 1);
        Assert.Equal((Threshold, StalledDays), (report.SmallestCount, report.StalledDays));
        Assert.Equal(blind.Values.Sum(), lines.Single(line => line.Region.Kind == GroupKind.All).Cases);

        // Those of no municipality are too few: the smaller municipality goes with them.
        Assert.Equal(blind["gm9901"], lines.Single(line => line.Region.Name == "gm9901" && line.Organisation.Kind == GroupKind.All).Cases);
        Assert.Equal(blind["gm9902"] + blind[""], lines.Single(line => line.Region.Kind == GroupKind.Others).Cases);
        Assert.DoesNotContain(lines, line => line.Region.Name == "gm9902" || line.Region.Kind == GroupKind.Unknown);
        Assert.Equal(blind["gm9901"], lines.Where(line => line.Region.Name == "gm9901" && line.Organisation.Kind != GroupKind.All).Sum(line => line.Cases));
        Assert.All(report.Lines.Where(line => line.HasCases), line => Assert.True(line.Cases is 0 or >= Threshold));

        var file = await Reports.ExportSteeringReportAsync(new ExportSteeringReportRequest { Period = new ReportPeriod { Year = FirstOfJanuary.Year, Quarter = 1 } });
        var rows = file.Content.ToStringUtf8().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv; charset=utf-8", file.ContentType);
        Assert.Equal(report.Lines.Count + 1, rows.Length);
        Assert.All(rows, row => Assert.DoesNotContain(opened, one => row.Contains(one.CaseId, StringComparison.Ordinal)));
        Assert.Contains(rows, row => row.Contains($",blind-spot,all,,all,,{blind.Values.Sum().ToString(CultureInfo.InvariantCulture)},", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_in_which_nobody_does_anything_is_stalled_after_so_many_days()
    {
        var caseIds = (await Task.WhenAll(Enumerable.Range(0, 11).Select(_ => OpenAsync(1)))).Select(one => one.CaseId).ToList();
        var month = new ReportPeriod { Year = FirstOfJanuary.Year, Month = 2 };

        time.MoveTo(FirstOfJanuary.AddDays(StalledDays - 1));
        Assert.Equal(0, await StalledAsync(month));
        time.MoveTo(FirstOfJanuary.AddDays(StalledDays));
        Assert.Equal(11, await StalledAsync(month));

        // Two are taken up: nine are too few to tell.
        foreach (var caseId in caseIds.Take(2))
        {
            var plan = (await Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan;
            var finding = plan.Findings[0];
            await Findings.AcknowledgeFindingAsync(new AcknowledgeFindingRequest
            {
                RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager",
                Finding = new FindingRef { FlagId = finding.FlagId, NeedId = finding.NeedId, ProvisionId = finding.ProvisionId, PartyId = finding.PartyId },
            });
        }

        Assert.Null(await StalledAsync(month));
        Assert.Equal(0, await StalledAsync(new ReportPeriod { Year = FirstOfJanuary.Year, Month = 1 }));
    }

    [Fact]
    public async Task What_is_wrong_with_a_period_is_told_at_once()
    {
        var wrong = await Reports.GetSteeringReportAsync(new GetSteeringReportRequest { Period = new ReportPeriod { Year = 1999, Quarter = 5, Month = 13 } })
            .RefusedAsync(StatusCode.InvalidArgument);
        var both = await Reports.ExportSteeringReportAsync(new ExportSteeringReportRequest { Period = new ReportPeriod { Year = 2020, Quarter = 1, Month = 1 } })
            .RefusedAsync(StatusCode.InvalidArgument);
        var later = await Reports.GetSteeringReportAsync(new GetSteeringReportRequest { Period = new ReportPeriod { Year = FirstOfJanuary.Year, Month = 12 } })
            .RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["period.month", "period.quarter", "period.year"], wrong.ViolatedFields());
        Assert.Equal(["period.month"], both.ViolatedFields());
        Assert.Equal(["period"], later.ViolatedFields());
    }

    private static DateOnly FirstOfJanuary { get; } = new(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).Year + 1, 1, 1);

    private async Task<(string Tenant, string CaseId)> OpenAsync(int i)
    {
        var request = Requests.BurnOut();
        request.Tenant = i % 75 == 0 ? "" : i % 3 == 0 ? "gm9902" : "gm9901";
        request.Parties[0].Organisation = i % 2 == 0 ? "Streekvervoer" : "Stadsvervoer";
        if (i % 5 == 4)
        {
            // With a suspicion of a disorder the treatment is insured, and no blind spot.
            request.Needs[0].Facts.Single(fact => fact.FactId == "health.dsmDisorder").Value = Requests.Code("suspected");
        }

        var caseId = (await Casemanager.OpenCaseAsync(request)).CaseId;
        var plan = await Casemanager.PlanAsync(caseId);
        if (i % 7 == 6)
        {
            var finding = plan.Findings[0];
            await Findings.OverruleFindingAsync(new OverruleFindingRequest
            {
                RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager", Reason = "Is geregeld.",
                Finding = new FindingRef { FlagId = finding.FlagId, NeedId = finding.NeedId, ProvisionId = finding.ProvisionId, PartyId = finding.PartyId },
            });
        }

        return (request.Tenant, caseId);
    }

    private async Task<SteeringReport> ReportAsync(ReportPeriod period) =>
        (await Reports.GetSteeringReportAsync(new GetSteeringReportRequest { Period = period })).Report;

    private async Task<int?> StalledAsync(ReportPeriod period) =>
        (await ReportAsync(period)).Lines.First(line => line.Measure == SteeringMeasure.StalledPlan) is { HasCases: true } line ? line.Cases : null;
}
