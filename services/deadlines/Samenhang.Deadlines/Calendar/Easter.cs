namespace Samenhang.Deadlines.Calendar;

/// <summary>Easter, on which half of the holidays hang.</summary>
public static class Easter
{
    /// <summary>Easter Sunday of a year in the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.</summary>
    public static DateOnly SundayOf(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var yearOfCentury = year % 100;
        var leapCenturies = century / 4;
        var restOfCentury = century % 4;
        var moonCorrection = (century + 8) / 25;
        var moonShift = (century - moonCorrection + 1) / 3;
        var epact = ((19 * golden) + century - leapCenturies - moonShift + 15) % 30;
        var leapYears = yearOfCentury / 4;
        var restOfYears = yearOfCentury % 4;
        var weekday = (32 + (2 * restOfCentury) + (2 * leapYears) - epact - restOfYears) % 7;
        var lateMoon = (golden + (11 * epact) + (22 * weekday)) / 451;
        var sum = epact + weekday - (7 * lateMoon) + 114;
        return new DateOnly(year, sum / 31, (sum % 31) + 1);
    }
}
