using Samenhang.Deadlines.Calendar;
using Samenhang.Language;

namespace Samenhang.Deadlines.Terms;

/// <summary>How long somebody has, and how it is counted.</summary>
/// <param name="Length">How many units; at least 1.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Termijnenwet">Whether a law sets the term, so that the Algemene termijnenwet moves a last day that is a day of rest (within its article 4).</param>
/// <param name="CountedBack">Whether it is counted back from its day: the act does not hold for it (article 1, paragraph 2).</param>
public sealed record Term(int Length, TermUnit Unit, bool Termijnenwet = false, bool CountedBack = false)
{
    /// <summary>The term of an entry of deadlines.json; null when its text gives no number to count with.</summary>
    public static Term? Of(Deadline deadline)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        return deadline is { Length: { } length and > 0, Unit: { } unit } ? new Term((int)length, unit, deadline.Termijnenwet, deadline.CountedBack) : null;
    }

    /// <summary>
    /// The last day in time. The day that starts the term does not count, except in weeks of absence, where it belongs to week 1. Months end
    /// on the day with the same number, or on the last day of a month that has none.
    /// </summary>
    public DateOnly LastDay(DateOnly start) => Extend(start, Count(start));

    /// <summary>The last day by count alone, before the Algemene termijnenwet.</summary>
    internal DateOnly Count(DateOnly start)
    {
        var length = CountedBack ? -Length : Length;
        return Unit switch
        {
            TermUnit.Days => start.AddDays(length),
            TermUnit.WorkingDays => WorkingDays.Add(start, length),
            TermUnit.Weeks => start.AddDays(7 * length),
            TermUnit.AbsenceWeeks => start.AddDays((7 * length) - (CountedBack ? 0 : 1)),
            TermUnit.Months => start.AddMonths(length),
            TermUnit.Years => start.AddMonths(12 * length),
        };
    }

    /// <summary>A counted last day, after the Algemene termijnenwet where it holds.</summary>
    internal DateOnly Extend(DateOnly start, DateOnly last) =>
        Termijnenwet && !CountedBack && Calendar.Termijnenwet.Covers(Length, Unit) ? Calendar.Termijnenwet.Extend(start, last) : last;

    /// <summary>A counted last day, later by the days from the first to the last of a standstill: working days when those are counted.</summary>
    internal DateOnly Later(DateOnly last, DateOnly firstOff, DateOnly lastOff) => Unit == TermUnit.WorkingDays
        ? WorkingDays.Add(last, WorkingDays.CountAfter(firstOff.AddDays(-1), lastOff))
        : last.AddDays(lastOff.DayNumber - firstOff.DayNumber + 1);
}
