using Samenhang.Protos.Casemanager.V1;
using Samenhang.Web.Casemanager;
using Samenhang.Web.Frame;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Steering;

/// <summary>The numbers of a region: the report of the casemanager, as it stands there, with what is too small left out by it.</summary>
internal static class SteeringPages
{
    private const int YearsBack = 6;

    /// <summary>Maps the pages.</summary>
    public static void MapSteering(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/region", ShowAsync).For(PageAccess.Region);
        pages.MapGet("/region/report.csv", DownloadAsync).For(PageAccess.Region);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, CasemanagerConnection casemanager, string? period, string? region, string? organisation)
    {
        var page = PageContext.Of(http);
        var chosen = SteeringPeriod.Of(period, page.Today);
        var answer = await casemanager.Reports.GetSteeringReportAsync(new GetSteeringReportRequest { Period = chosen.ToWire() }, cancellationToken: http.RequestAborted);
        return PageResult.Of<SteeringPage>(http, new
        {
            answer.Report,
            Period = chosen,
            Periods = SteeringPeriod.Since(page.Today, YearsBack),
            Region = region ?? "",
            Organisation = organisation ?? "",
        });
    }

    private static async Task<IResult> DownloadAsync(HttpContext http, CasemanagerConnection casemanager, string? period)
    {
        var chosen = SteeringPeriod.Of(period, PageContext.Of(http).Today);
        var file = await casemanager.Reports.ExportSteeringReportAsync(new ExportSteeringReportRequest { Period = chosen.ToWire() }, cancellationToken: http.RequestAborted);
        return Results.Bytes(file.Content.ToByteArray(), file.ContentType, file.FileName);
    }
}

/// <summary>A year, quarter or month, as it stands in an address: 2026, 2026-q1, 2026-03.</summary>
/// <param name="Year">The year.</param>
/// <param name="Quarter">1 to 4; 0 = no quarter.</param>
/// <param name="Month">1 to 12; 0 = no month.</param>
public readonly record struct SteeringPeriod(int Year, int Quarter, int Month)
{
    private const int FirstYear = 2000;

    /// <summary>As it stands in an address.</summary>
    public string Code => Quarter > 0 ? $"{Year}-q{Quarter}" : Month > 0 ? $"{Year}-{Month:D2}" : $"{Year}";

    /// <summary>As the contract says it.</summary>
    public ReportPeriod ToWire() => new() { Year = Year, Quarter = Quarter, Month = Month };

    /// <summary>The period of an address; this year when it names none that has begun.</summary>
    public static SteeringPeriod Of(string? code, DateOnly today) => Read(code) is { } period && period.Begins <= today ? period : new(today.Year, 0, 0);

    /// <summary>What can be chosen: this year by month and quarter, and the years before as a whole.</summary>
    public static IReadOnlyList<SteeringPeriod> Since(DateOnly today, int years) =>
    [
        new(today.Year, 0, 0),
        .. Enumerable.Range(1, 4).Select(quarter => new SteeringPeriod(today.Year, quarter, 0)).Where(period => period.Begins <= today).Reverse(),
        .. Enumerable.Range(1, 12).Select(month => new SteeringPeriod(today.Year, 0, month)).Where(period => period.Begins <= today).Reverse(),
        .. Enumerable.Range(1, years).Select(back => new SteeringPeriod(today.Year - back, 0, 0)),
    ];

    private DateOnly Begins => new(Year, Month > 0 ? Month : Quarter > 0 ? ((Quarter - 1) * 3) + 1 : 1, 1);

    private static SteeringPeriod? Read(string? code)
    {
        if (code is null || code.Length < 4 || !int.TryParse(code.AsSpan(0, 4), out var year) || year is < FirstYear or > 9999)
        {
            return null;
        }

        return code.Length switch
        {
            4 => new(year, 0, 0),
            7 when code[4..6] == "-q" && code[6] is >= '1' and <= '4' => new(year, code[6] - '0', 0),
            7 when code[4] == '-' && int.TryParse(code.AsSpan(5), out var month) && month is >= 1 and <= 12 => new(year, 0, month),
            _ => null,
        };
    }
}
