namespace Samenhang.Language;

/// <summary>Finds the name that a writer probably meant.</summary>
public static class Spelling
{
    /// <summary>No name of ours is longer; a longer one is no slip of the pen, and comparing it would cost time.</summary>
    private const int LongestName = 100;

    /// <summary>
    /// The nearest known name, when it is near enough to be a slip of the pen; else the first one that only has a prefix more
    /// (<c>sickListed</c> for <c>work.sickListed</c>); else null.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        string? best = null;
        string? longer = null;
        var least = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in known)
        {
            if (HasPrefixMore(candidate, name) && (longer is null || string.CompareOrdinal(candidate, longer) < 0))
            {
                longer = candidate;
            }

            if (Math.Abs(candidate.Length - name.Length) > least)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < least || (distance == least && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                (best, least) = (candidate, distance);
            }
        }

        return best ?? longer;
    }

    /// <summary>" (did you mean x?)", or nothing when no known name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) =>
        Nearest(name, known) is { } nearest ? $" (did you mean {nearest}?)" : "";

    private static bool HasPrefixMore(string candidate, string name) =>
        candidate.Length > name.Length && candidate[candidate.Length - name.Length - 1] is ('.' or '-') && candidate.EndsWith(name, StringComparison.Ordinal);

    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
