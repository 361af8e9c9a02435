namespace Samenhang.Language.CaseFiles;

/// <summary>Limits on what a reader accepts, so that any input costs bounded time and memory.</summary>
public sealed record CaseFileOptions
{
    /// <summary>The defaults.</summary>
    public static CaseFileOptions Default { get; } = new();

    /// <summary>The largest file in bytes; 8 MB by default. A real case file has some tens of kilobytes.</summary>
    public int MaxBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How deep JSON may nest; 32 by default, a case file needs 8.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>How many JSON values a file may hold; 200,000 by default.</summary>
    public int MaxValues { get; init; } = 200_000;

    /// <summary>How many items each list of a case may hold; 1000 by default, as a request may; a case of many years has some hundreds of events. Findings compare items with each other, so the cost grows with the square.</summary>
    public int MaxItems { get; init; } = 1000;

    /// <summary>How many variants a file may hold; 200 by default.</summary>
    public int MaxVariants { get; init; } = 200;

    /// <summary>How many faults are reported before the reader says that there are more; 100 by default.</summary>
    public int MaxFaults { get; init; } = 100;

    /// <summary>
    /// Whether a file without <c>expect</c> is a fault. False by default: a case may simply be assessed. True where results are
    /// compared, so that a file that forgot its expectations is not silently counted as good.
    /// </summary>
    public bool RequireExpectation { get; init; }
}
