using System.Globalization;
using System.Text.RegularExpressions;

namespace Samenhang.Events;

/// <summary>The one way in which CloudEvents writes a moment: RFC 3339.</summary>
public static partial class Rfc3339
{
    /// <summary>
    /// Reads a date and time with its offset. Fractions finer than 100 nanoseconds are cut off; a leap second and an offset of more than 14 hours,
    /// which .NET cannot hold, are refused.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        moment = default;
        var match = Shape().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value;
        var normal = $"{match.Groups["date"].Value}T{match.Groups["time"].Value}.{fraction[..Math.Min(7, fraction.Length)].PadRight(7, '0')}"
            + (match.Groups["offset"].Value is "Z" or "z" ? "+00:00" : match.Groups["offset"].Value);
        return DateTimeOffset.TryParseExact(normal, "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    /// <summary>Writes a moment with its own offset, <c>Z</c> for UTC, and no more digits of a second than it needs.</summary>
    public static string Write(DateTimeOffset moment) =>
        moment.ToString(moment.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]+))?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
