namespace Samenhang.Deadlines.Calendar;

/// <summary>Days that are no Saturday, no Sunday and no general holiday.</summary>
public static class WorkingDays
{
    /// <summary>Whether the day is one.</summary>
    public static bool Contains(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !DutchHolidays.Contains(day);

    /// <summary>The day itself when it is a working day, else the first one after it.</summary>
    public static DateOnly OnOrAfter(DateOnly day)
    {
        while (!Contains(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    /// <summary>
    /// The so-manieth working day after a day, or before it for a negative number. The day itself does not count; 0 gives the day
    /// itself, whatever it is.
    /// </summary>
    public static DateOnly Add(DateOnly day, int count)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            left -= Contains(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>How many there are after the first day, up to and including the last.</summary>
    public static int CountAfter(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
        {
            count += Contains(day) ? 1 : 0;
        }

        return count;
    }
}
