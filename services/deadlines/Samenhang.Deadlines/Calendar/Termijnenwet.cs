using Samenhang.Language;

namespace Samenhang.Deadlines.Calendar;

/// <summary>The Algemene termijnenwet: how far a term that a law sets runs on when it ends on a day of rest.</summary>
public static class Termijnenwet
{
    // Article 4, a: not for terms of more than 90 days, twelve weeks or three months, or of one or more years.
    private const int MostDays = 90;
    private const int MostWeeks = 12;
    private const int MostMonths = 3;

    // Article 2: a term of at least three days holds at least two working days.
    private const int FewestDays = 3;
    private const int FewestWorkingDays = 2;

    /// <summary>
    /// Whether the act moves terms of this length (article 4, a). Hours are no unit here; and a term in working days has no day of rest to move from.
    /// </summary>
    public static bool Covers(int length, TermUnit unit) => unit switch
    {
        TermUnit.Days => length <= MostDays,
        TermUnit.Weeks or TermUnit.AbsenceWeeks => length <= MostWeeks,
        TermUnit.Months => length <= MostMonths,
        TermUnit.Years or TermUnit.WorkingDays => false,
    };

    /// <summary>
    /// The last day after articles 1 and 2, of a term that the act covers: with two working days in a term of three days or more, and not on
    /// a Saturday, Sunday or holiday.
    /// </summary>
    /// <param name="start">The day that starts the term; it does not count itself.</param>
    /// <param name="last">The last day by count alone.</param>
    public static DateOnly Extend(DateOnly start, DateOnly last)
    {
        if (last.DayNumber - start.DayNumber >= FewestDays)
        {
            var enough = WorkingDays.Add(start, FewestWorkingDays);
            last = last > enough ? last : enough;
        }

        return WorkingDays.OnOrAfter(last);
    }
}
