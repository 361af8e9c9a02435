using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Reports;
using Samenhang.Casemanager.Store;
using Samenhang.Language;

namespace Samenhang.Casemanager.Reports;

/// <summary>Makes reports for those who steer.</summary>
public sealed class SteeringReports(SteeringTable table, CaseRules rules, Days days)
{
    /// <summary>The report of a period that has begun.</summary>
    public async Task<SteeringReport> OfAsync(ReportPeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var today = days.Today;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period.From, today);
        var to = period.To < today ? period.To : today;

        // The numbers of today count for every period: what was told of a period yesterday must not be told apart by an older threshold.
        var (smallest, stalled) = (Number(SteeringNames.SmallestCount, today), Number(SteeringNames.StalledDays, today));
        var lines = new List<ReportLine>();
        foreach (var measure in Enum.GetValues<SteeringMeasure>())
        {
            lines.AddRange(SmallCounts.Of(measure, await table.CountAsync(measure, period.From, to, stalled, cancellationToken), Math.Max(smallest, SmallCounts.LowestThreshold)));
        }

        return new SteeringReport
        {
            Period = period, CountedTo = to, SmallestCount = Math.Max(smallest, SmallCounts.LowestThreshold), StalledDays = stalled, Lines = lines,
        };
    }

    private int Number(string parameter, DateOnly day)
    {
        var value = rules.Policies.Law.On(parameter, day);
        return value.Kind == ValueKind.Number ? (int)value.Number : throw new InvalidOperationException($"{parameter} has no value on {day:yyyy-MM-dd}.");
    }
}
