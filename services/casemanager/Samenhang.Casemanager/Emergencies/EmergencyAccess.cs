using Samenhang.Casemanager.ReadTrail;
using Samenhang.Platform.Trail;

namespace Samenhang.Casemanager.Emergencies;

/// <summary>All that one person read of one case for one reason within an hour of an emergency.</summary>
/// <param name="First">The oldest line.</param>
/// <param name="LastAt">When the newest was written.</param>
/// <param name="Reason">Why, in own words.</param>
/// <param name="Parts">Which parts were read, in the order of the list.</param>
/// <param name="Calls">How many lines there are.</param>
public sealed record EmergencyAccess(NumberedTrailLine First, DateTimeOffset LastAt, string Reason, IReadOnlyList<CasePart> Parts, int Calls)
{
    private static readonly TimeSpan OneAccess = TimeSpan.FromHours(1);

    /// <summary>The accesses that lines tell of, the newest first.</summary>
    /// <param name="lines">Lines with the reason as it was given.</param>
    public static IReadOnlyList<EmergencyAccess> Of(IEnumerable<(NumberedTrailLine Line, string Reason)> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var accesses = new List<EmergencyAccess>();
        var newest = new Dictionary<(string?, string?, string?, string), int>();
        foreach (var (line, reason) in lines.OrderBy(one => one.Line.Number))
        {
            var same = (line.Line.Issuer, line.Line.Subject, line.Line.CaseKey, reason);
            var part = CaseParts.Of(line.Line.Method);
            if (newest.TryGetValue(same, out var place) && line.Line.OccurredOn - accesses[place].First.Line.OccurredOn < OneAccess)
            {
                var known = accesses[place];
                accesses[place] = known with { LastAt = line.Line.OccurredOn, Parts = [.. known.Parts.Append(part).Distinct().Order()], Calls = known.Calls + 1 };
            }
            else
            {
                newest[same] = accesses.Count;
                accesses.Add(new EmergencyAccess(line, line.Line.OccurredOn, reason, [part], 1));
            }
        }

        return [.. accesses.OrderByDescending(access => access.First.Number)];
    }
}
