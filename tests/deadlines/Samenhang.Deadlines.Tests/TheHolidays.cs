using Samenhang.Deadlines.Calendar;
using static Samenhang.Deadlines.Tests.Days;

namespace Samenhang.Deadlines.Tests;

public class TheHolidays
{
    /// <summary>The dates of Easter Sunday as calendars print them.</summary>
    private static readonly string[] Printed =
    [
        "2008-03-23", "2009-04-12", "2010-04-04", "2011-04-24", "2012-04-08", "2013-03-31", "2014-04-20", "2015-04-05", "2016-03-27", "2017-04-16",
        "2018-04-01", "2019-04-21", "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
        "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13", "2032-03-28", "2033-04-17", "2034-04-09", "2035-03-25", "2036-04-13", "2037-04-05", "2038-04-25",
    ];

    [Fact]
    public void Easter_falls_from_2008_to_2038_where_the_calendars_print_it() =>
        Assert.Equal(Printed.Select(Day), Enumerable.Range(2008, 31).Select(Easter.SundayOf));

    [Fact]
    public void Easter_is_a_Sunday_between_22_March_and_25_April_in_every_year() => Assert.All(Enumerable.Range(1900, 400).Select(Easter.SundayOf), day =>
    {
        Assert.Equal(DayOfWeek.Sunday, day.DayOfWeek);
        Assert.InRange(day, new DateOnly(day.Year, 3, 22), new DateOnly(day.Year, 4, 25));
    });

    [Theory]
    [InlineData(2024, "2024-01-01 2024-03-29 2024-04-01 2024-04-27 2024-05-05 2024-05-09 2024-05-20 2024-12-25 2024-12-26")]
    [InlineData(2025, "2025-01-01 2025-04-18 2025-04-21 2025-04-26 2025-05-05 2025-05-29 2025-06-09 2025-12-25 2025-12-26")]
    public void The_general_holidays_of_a_year(int year, string days) => Assert.Equal(days.Split(' ').Select(Day), DutchHolidays.Of(year));

    [Theory]
    [InlineData(2025, "2025-04-26")]
    [InlineData(2026, "2026-04-27")]
    [InlineData(2014, "2014-04-26")]
    [InlineData(2013, "2013-04-30")]
    [InlineData(2006, "2006-04-29")]
    public void The_royal_birthday_is_celebrated_a_day_earlier_when_it_is_a_Sunday(int year, string day) => Assert.Equal(Day(day), DutchHolidays.RoyalBirthday(year));

    [Fact]
    public void The_fifth_of_May_is_a_holiday_in_every_year() => Assert.All(Enumerable.Range(2008, 31), year => Assert.True(DutchHolidays.Contains(new DateOnly(year, 5, 5))));

    [Theory]
    [InlineData("2024-03-28", 1, "2024-04-02")] // Good Friday, the weekend and Easter Monday lie between.
    [InlineData("2024-12-24", 1, "2024-12-27")]
    [InlineData("2024-12-23", 3, "2024-12-30")]
    [InlineData("2025-04-25", 1, "2025-04-28")]
    [InlineData("2024-04-02", -1, "2024-03-28")]
    [InlineData("2024-05-05", 0, "2024-05-05")]
    public void Working_days_step_over_weekends_and_holidays(string from, int count, string to) => Assert.Equal(Day(to), WorkingDays.Add(Day(from), count));
}
