namespace Samenhang.Casemanager.Domain.Reports;

/// <summary>
/// A year, a quarter or a month. Nobody chooses days of his own: two periods that differ by one day would tell who came on that day.
/// </summary>
public sealed record ReportPeriod
{
    private ReportPeriod(DateOnly from, DateOnly to) => (From, To) = (from, to);

    /// <summary>The first day.</summary>
    public DateOnly From { get; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; }

    /// <summary>A calendar year.</summary>
    public static ReportPeriod OfYear(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    /// <summary>A quarter, 1 to 4.</summary>
    public static ReportPeriod OfQuarter(int year, int quarter) => OfMonths(year, (3 * (quarter - 1)) + 1, 3);

    /// <summary>A month, 1 to 12.</summary>
    public static ReportPeriod OfMonth(int year, int month) => OfMonths(year, month, 1);

    private static ReportPeriod OfMonths(int year, int month, int count)
    {
        var from = new DateOnly(year, month, 1);
        return new(from, from.AddMonths(count).AddDays(-1));
    }
}
