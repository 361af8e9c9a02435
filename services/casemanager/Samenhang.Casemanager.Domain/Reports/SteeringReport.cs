namespace Samenhang.Casemanager.Domain.Reports;

/// <summary>Which cases a line of a report is about, by region or by organisation.</summary>
public enum GroupKind
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those of one region or organisation.</summary>
    Named,

    /// <summary>Those of which it is not known.</summary>
    Unknown,

    /// <summary>Those of all regions or organisations that have no line of their own.</summary>
    Others,
}

/// <summary>A region or an organisation in a report.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Name">The id of the region, or the name or role of the organisation; null unless it is named.</param>
public sealed record ReportGroup(GroupKind Kind, string? Name)
{
    /// <summary>All.</summary>
    public static ReportGroup All { get; } = new(GroupKind.All, null);

    /// <summary>Those without a line of their own.</summary>
    public static ReportGroup Others { get; } = new(GroupKind.Others, null);

    /// <summary>One by its name; null = it is not known.</summary>
    public static ReportGroup Of(string? name) => name is null ? new(GroupKind.Unknown, null) : new(GroupKind.Named, name);
}

/// <summary>How many cases were counted in one region at one organisation, before small numbers are taken out. Never leaves the service.</summary>
/// <param name="Region">The region, or null.</param>
/// <param name="Organisation">The organisation, or null.</param>
/// <param name="Cases">How many cases; each counts at one organisation, so that the numbers add up.</param>
/// <param name="WaitingDays">How long each waits, of those that wait; else empty.</param>
public sealed record CountedGroup(string? Region, string? Organisation, int Cases, IReadOnlyList<int> WaitingDays);

/// <summary>One number of a report.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Region">Where.</param>
/// <param name="Organisation">At which organisation.</param>
/// <param name="Cases">How many cases; null = too few to tell, but more than none.</param>
/// <param name="MedianWaitingDays">How many days half of them have waited for at most; null when they do not wait.</param>
public sealed record ReportLine(SteeringMeasure Measure, ReportGroup Region, ReportGroup Organisation, int? Cases, int? MedianWaitingDays);

/// <summary>What those who steer may know of a period.</summary>
public sealed record SteeringReport
{
    /// <summary>The period.</summary>
    public required ReportPeriod Period { get; init; }

    /// <summary>The last day that was counted: the last day of the period, or today while it goes on.</summary>
    public required DateOnly CountedTo { get; init; }

    /// <summary>A smaller number of cases is not told.</summary>
    public required int SmallestCount { get; init; }

    /// <summary>After so many days a plan in which nobody does anything is stalled.</summary>
    public required int StalledDays { get; init; }

    /// <summary>The numbers: of each measure the whole first, then each region with its organisations.</summary>
    public required IReadOnlyList<ReportLine> Lines { get; init; }
}
