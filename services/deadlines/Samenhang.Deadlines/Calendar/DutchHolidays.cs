using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Samenhang.Deadlines.Calendar;

/// <summary>
/// The general holidays of article 3 of the Algemene termijnenwet: New Year's Day, Easter Monday, Whit Monday, both Christmas days,
/// Ascension Day, the day on which the King's birthday is celebrated and 5 May, of every year; Good Friday counts as one.
/// </summary>
/// <remarks>
/// Days that a royal decree makes equal to a holiday for a few years (article 3, paragraph 3; often the Friday after Ascension Day) stand in
/// no source that we carry, so they are working days here: a last day can come out early by them, never late.
/// </remarks>
public static class DutchHolidays
{
    // From 2014 on the King's birthday; before it Queen's Day, on 30 April.
    private const int FirstYearOfTheKing = 2014;

    private static readonly ConcurrentDictionary<int, FrozenSet<DateOnly>> Years = new();

    /// <summary>The holidays of a year, Good Friday among them, in order.</summary>
    public static IReadOnlyList<DateOnly> Of(int year) => [.. Days(year).Order()];

    /// <summary>Whether the day is a general holiday or counts as one.</summary>
    public static bool Contains(DateOnly day) => Days(day.Year).Contains(day);

    /// <summary>The day on which the birthday of the King or Queen is celebrated; the day before, when that is a Sunday.</summary>
    /// <remarks>Queen's Day went to the day before, too, when it was a Sunday (since 1980).</remarks>
    public static DateOnly RoyalBirthday(int year)
    {
        var day = year < FirstYearOfTheKing ? new DateOnly(year, 4, 30) : new DateOnly(year, 4, 27);
        return day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(-1) : day;
    }

    private static FrozenSet<DateOnly> Days(int year) => Years.GetOrAdd(year, static year =>
    {
        var easter = Easter.SundayOf(year);
        return FrozenSet.Create(
            new DateOnly(year, 1, 1), easter.AddDays(-2), easter.AddDays(1), RoyalBirthday(year), new DateOnly(year, 5, 5),
            easter.AddDays(39), easter.AddDays(50), new DateOnly(year, 12, 25), new DateOnly(year, 12, 26));
    });
}
