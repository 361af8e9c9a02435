using Samenhang.Platform.Trail;

namespace Samenhang.Casemanager.ReadTrail;

/// <summary>Lines that tell the client the same: one person who does the same with the same part within a short time.</summary>
/// <param name="Part">At what.</param>
/// <param name="Last">The newest of them.</param>
/// <param name="Times">How many there are.</param>
public sealed record Visit(CasePart Part, NumberedTrailLine Last, int Times)
{
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(15);

    /// <summary>The visits that lines tell of, the newest first.</summary>
    /// <param name="lines">The newest first.</param>
    public static IReadOnlyList<Visit> Of(IReadOnlyList<NumberedTrailLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var visits = new List<(DateTimeOffset Since, Visit Visit)>();
        var newest = new Dictionary<TrailLine, int>();
        foreach (var line in lines.Reverse())
        {
            var part = CaseParts.Of(line.Line.Method);
            var same = Same(line.Line, part);
            if (newest.TryGetValue(same, out var place) && line.Line.OccurredOn - visits[place].Since < OneVisit)
            {
                var (since, visit) = visits[place];
                visits[place] = (since, visit with { Last = line, Times = visit.Times + 1 });
            }
            else
            {
                newest[same] = visits.Count;
                visits.Add((line.Line.OccurredOn, new Visit(part, line, 1)));
            }
        }

        return [.. visits.Select(entry => entry.Visit).OrderByDescending(visit => visit.Last.Number)];
    }

    /// <summary>The line without what differs between two calls of one visit.</summary>
    private static TrailLine Same(TrailLine line, CasePart part) => line with
    {
        OccurredOn = default, Instance = "", Method = part.ToString(), Part = null, Status = "", Peer = null, TraceId = null, Lifts = null, Activity = "", Missing = null,
    };
}
