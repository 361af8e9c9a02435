namespace Samenhang.Casemanager.Domain.Reports;

/// <summary>
/// Takes small numbers out of a report so that they cannot be worked out either. A number under the threshold gets no line: it is put together
/// with other small ones under "others". Where these together are still too few, the next smallest goes with them; one number alone would follow
/// from the total. What stays out of a region's line stays out with its organisations.
/// </summary>
/// <remarks>
/// So every number in a report is at least the threshold, the lines of one level add up to the line above them, and "others" is
/// always the sum of two or more. A median is told of so many cases only.
/// </remarks>
public static class SmallCounts
{
    /// <summary>Under this no threshold protects anybody: a hidden number below 3 is 1 or 2.</summary>
    public const int LowestThreshold = 3;

    /// <summary>The lines of one measure.</summary>
    /// <param name="measure">What was counted.</param>
    /// <param name="counted">The numbers per region and organisation, each more than nothing.</param>
    /// <param name="threshold">A smaller number is not told.</param>
    public static IEnumerable<ReportLine> Of(SteeringMeasure measure, IReadOnlyList<CountedGroup> counted, int threshold)
    {
        ArgumentNullException.ThrowIfNull(counted);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, LowestThreshold);
        var total = counted.Sum(group => group.Cases);
        if (total < threshold)
        {
            return [new ReportLine(measure, ReportGroup.All, ReportGroup.All, total == 0 ? 0 : null, null)];
        }

        var (regions, otherRegions) = Told(counted, group => group.Region, threshold);
        return
        [
            Line(measure, ReportGroup.All, ReportGroup.All, counted, threshold),
            .. regions.SelectMany(region => (IEnumerable<ReportLine>)[Line(measure, ReportGroup.Of(region.Key), ReportGroup.All, region.Value, threshold), .. Organisations(measure, region, threshold)]),
            .. otherRegions.Count == 0 ? (IEnumerable<ReportLine>)[] : [Line(measure, ReportGroup.Others, ReportGroup.All, otherRegions, threshold)],
        ];
    }

    private static IEnumerable<ReportLine> Organisations(SteeringMeasure measure, Group region, int threshold)
    {
        var (organisations, others) = Told(region.Value, group => group.Organisation, threshold);
        return
        [
            .. organisations.Select(organisation => Line(measure, ReportGroup.Of(region.Key), ReportGroup.Of(organisation.Key), organisation.Value, threshold)),
            .. others.Count == 0 ? (IEnumerable<ReportLine>)[] : [Line(measure, ReportGroup.Of(region.Key), ReportGroup.Others, others, threshold)],
        ];
    }

    /// <summary>The groups that get a line of their own, by name and the unknown last; and what the others have together.</summary>
    private static (IEnumerable<Group> Told, List<CountedGroup> Others) Told(IReadOnlyList<CountedGroup> counted, Func<CountedGroup, string?> by, int threshold)
    {
        var groups = counted.GroupBy(by).Select(group => new Group(group.Key, [.. group]))
            .OrderBy(group => group.Cases).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var small = groups.TakeWhile(group => group.Cases < threshold).ToList();
        if (small.Count > 0 && small.Sum(group => group.Cases) < threshold)
        {
            small = groups[..(small.Count + 1)];
        }

        return (
            groups.Skip(small.Count).OrderBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal),
            [.. small.SelectMany(group => group.Value)]);
    }

    private static ReportLine Line(SteeringMeasure measure, ReportGroup region, ReportGroup organisation, IReadOnlyList<CountedGroup> counted, int threshold) =>
        new(measure, region, organisation, counted.Sum(group => group.Cases), Median([.. counted.SelectMany(group => group.WaitingDays).Order()], threshold));

    // Of a few it would tell about one.
    private static int? Median(List<int> days, int threshold) => days.Count < threshold ? null : days[(days.Count - 1) / 2];

    private sealed record Group(string? Key, IReadOnlyList<CountedGroup> Value)
    {
        public int Cases { get; } = Value.Sum(group => group.Cases);
    }
}
