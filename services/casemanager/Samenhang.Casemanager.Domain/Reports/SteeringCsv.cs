using System.Globalization;
using System.Text;

namespace Samenhang.Casemanager.Domain.Reports;

/// <summary>A report as a table of text: RFC 4180, UTF-8, one line for each number.</summary>
public static class SteeringCsv
{
    /// <summary>The first line.</summary>
    public const string Header = "period_from,period_to,counted_to,measure,region_kind,region,organisation_kind,organisation,cases,median_waiting_days";

    /// <summary>The whole text.</summary>
    public static string Of(SteeringReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var line in report.Lines)
        {
            string[] fields =
            [
                Day(report.Period.From), Day(report.Period.To), Day(report.CountedTo), Code(line.Measure),
                Code(line.Region.Kind), Field(line.Region.Name), Code(line.Organisation.Kind), Field(line.Organisation.Name),

                // A number that is too small to tell stands as what it is known to be, never as nothing.
                line.Cases is { } cases ? Number(cases) : $"<{Number(report.SmallestCount)}",
                line.MedianWaitingDays is { } days ? Number(days) : "",
            ];
            text.AppendJoin(',', fields).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>The word for a measure.</summary>
    public static string Code(SteeringMeasure measure) => measure switch
    {
        SteeringMeasure.BlindSpot => "blind-spot",
        SteeringMeasure.DoubleFunding => "double-funding",
        SteeringMeasure.Waiting => "waiting",
        SteeringMeasure.HandOverWithoutReceiver => "hand-over-without-receiver",
        SteeringMeasure.StalledPlan => "stalled-plan",
    };

    private static string Code(GroupKind kind) => kind switch
    {
        GroupKind.All => "all",
        GroupKind.Named => "named",
        GroupKind.Unknown => "unknown",
        GroupKind.Others => "others",
    };

    /// <summary>A name that somebody typed: quoted, and never read as a formula by a spreadsheet.</summary>
    private static string Field(string? name) => name switch
    {
        null => "",
        ['=' or '+' or '-' or '@' or '\t' or '\r', ..] => Quoted("'" + name),
        _ => Quoted(name),
    };

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
