using System.Globalization;

namespace Samenhang.Language;

/// <summary>
/// The days that somebody can mean in a case. Others are typing errors, and too near to the ends of the calendar to count terms from. (In our own
/// lists 9999-12-31 stands for "no end"; in a case the day is left out.)
/// </summary>
public static class PlausibleDays
{
    /// <summary>The first year.</summary>
    public const int FirstYear = 1850;

    /// <summary>The last year.</summary>
    public const int LastYear = 2199;

    /// <summary>Whether the day is one of them.</summary>
    public static bool Contain(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    /// <summary>What is said of a day that is none of them.</summary>
    public static Sentence Refusal(DateOnly day)
    {
        var shown = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return day.Year < FirstYear
            ? new($"De dag {shown} ligt vóór {FirstYear}.", $"The day {shown} lies before {FirstYear}.")
            : new($"De dag {shown} ligt na {LastYear}.", $"The day {shown} lies after {LastYear}.");
    }
}
