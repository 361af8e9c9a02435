using Samenhang.Platform.Errors;
using Samenhang.Zvw.Paths;

namespace Samenhang.Zvw.Claims;

/// <summary>What may happen to a claim, and when. Pure. What was billed is recorded as it came; whether it is right is asked apart.</summary>
public static class ClaimDecisions
{
    /// <summary>The most lines that a path can have, those that were taken back too: the case hears all of them with each.</summary>
    public const int MostLines = 500;

    /// <summary>Takes in a line.</summary>
    public static Result<CarePathEvent> Report(CarePath path, BillLine content)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Trajectory is null
            ? path.Forbids("NO_TRAJECTORY", "Op dit zorgpad is nog geen traject begonnen.", "No trajectory began on this path.")
            : path.Lines.Count >= MostLines
            ? path.Forbids("PATH_FULL", $"Een zorgpad heeft ten hoogste {MostLines} declaratieregels.", $"A care path has at most {MostLines} lines of claims.")
            : new CarePathEvent.ClaimReported(path.After(path with { Lines = [.. path.Lines, new(path.Lines.Count + 1, content)] }));
    }

    /// <summary>Replaces a line.</summary>
    public static Result<CarePathEvent> Correct(CarePath path, int number, BillLine content) =>
        Standing(path, number).Map<CarePathEvent>(line => new CarePathEvent.ClaimCorrected(
            With(path, line with { Content = content, Corrections = line.Corrections + 1 })));

    /// <summary>Takes a line back.</summary>
    public static Result<CarePathEvent> Withdraw(CarePath path, int number) =>
        Standing(path, number).Map<CarePathEvent>(line => new CarePathEvent.ClaimWithdrawn(With(path, line with { IsWithdrawn = true })));

    /// <summary>The lines to check: those that are given, else those that were reported and stand.</summary>
    public static Result<IReadOnlyList<BillLine>> ToCheck(CarePath path, IReadOnlyList<BillLine> given)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(given);
        var lines = given.Count > 0 ? given : [.. path.Lines.Where(line => !line.IsWithdrawn).Select(line => line.Content)];
        return path.Trajectory is null
            ? path.Forbids("NO_TRAJECTORY", "Op dit zorgpad is nog geen traject begonnen.", "No trajectory began on this path.")
            : lines.Count == 0 ? path.Forbids("NOTHING_BILLED", "Op dit zorgpad is niets gedeclareerd.", "Nothing was billed on this path.")
            : Result<IReadOnlyList<BillLine>>.Success(lines);
    }

    private static CarePath With(CarePath path, ReportedLine changed) =>
        path.After(path with { Lines = [.. path.Lines.Select(line => line.Number == changed.Number ? changed : line)] });

    private static Result<ReportedLine> Standing(CarePath path, int number) => path.Lines.FirstOrDefault(line => line.Number == number) switch
    {
        null => path.Forbids("NO_SUCH_LINE", $"Regel {number} is niet gedeclareerd.", $"Line {number} was not claimed."),
        { IsWithdrawn: true } => path.Forbids("LINE_WITHDRAWN", $"Regel {number} is ingetrokken.", $"Line {number} was taken back."),
        { } standing => standing,
    };
}
