using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using static Samenhang.Deadlines.Tests.Days;

namespace Samenhang.Deadlines.Tests;

public class TheLastDay
{
    [Theory]
    [InlineData("2016-01-31", 1, TermUnit.Months, "2016-02-29")]
    [InlineData("2015-11-30", 3, TermUnit.Months, "2016-02-29")]
    [InlineData("2024-02-29", 1, TermUnit.Months, "2024-03-29")]
    [InlineData("2016-02-29", 5, TermUnit.Years, "2021-02-28")]
    [InlineData("2016-04-04", 7, TermUnit.Days, "2016-04-11")]
    [InlineData("2024-02-26", 7, TermUnit.Days, "2024-03-04")] // over the leap day
    [InlineData("2016-04-04", 1, TermUnit.AbsenceWeeks, "2016-04-10")]
    [InlineData("2016-04-04", 42, TermUnit.AbsenceWeeks, "2017-01-22")]
    [InlineData("2016-04-04", 2, TermUnit.Weeks, "2016-04-18")]
    [InlineData("2024-03-28", 3, TermUnit.WorkingDays, "2024-04-04")]
    [InlineData("2024-12-20", 5, TermUnit.WorkingDays, "2024-12-31")]
    [InlineData("2024-04-26", 10, TermUnit.WorkingDays, "2024-05-13")]
    public void Is_counted_by_its_unit(string start, int length, TermUnit unit, string last) => Assert.Equal(Day(last), new Term(length, unit).LastDay(Day(start)));

    [Theory]
    [InlineData("2025-03-08", 6, TermUnit.Weeks, "2025-04-22")] // by count Saturday before Easter; Easter Monday is no end either
    [InlineData("2024-03-15", 2, TermUnit.Weeks, "2024-04-02")] // by count Good Friday
    [InlineData("2024-11-06", 7, TermUnit.Weeks, "2024-12-27")] // by count Christmas Day
    [InlineData("2024-12-18", 2, TermUnit.Weeks, "2025-01-02")] // by count New Year's Day
    [InlineData("2024-12-06", 3, TermUnit.Months, "2025-03-06")]
    [InlineData("2024-03-30", 1, TermUnit.Months, "2024-04-30")]
    [InlineData("2024-04-05", 1, TermUnit.Months, "2024-05-06")] // by count Sunday, the fifth of May
    public void Runs_on_to_a_working_day_where_the_Algemene_termijnenwet_holds(string start, int length, TermUnit unit, string last) =>
        Assert.Equal(Day(last), new Term(length, unit, Termijnenwet: true).LastDay(Day(start)));

    [Theory]
    [InlineData("2024-12-24", 3, "2024-12-30")] // 25 and 26 December and the weekend leave 27 and 30 December
    [InlineData("2024-03-28", 4, "2024-04-03")] // Good Friday to Easter Monday: two working days after it
    [InlineData("2024-12-24", 2, "2024-12-27")] // shorter than three days: only the end counts
    public void A_term_of_three_days_or_more_holds_two_working_days(string start, int length, string last) =>
        Assert.Equal(Day(last), new Term(length, TermUnit.Days, Termijnenwet: true).LastDay(Day(start)));

    [Theory]
    [InlineData(91, TermUnit.Days)]
    [InlineData(13, TermUnit.Weeks)]
    [InlineData(42, TermUnit.AbsenceWeeks)]
    [InlineData(4, TermUnit.Months)]
    [InlineData(1, TermUnit.Years)]
    public void The_act_does_not_hold_for_long_terms(int length, TermUnit unit) => Assert.All(Enumerable.Range(0, 400).Select(new DateOnly(2024, 1, 1).AddDays), start =>
        Assert.Equal(new Term(length, unit).LastDay(start), new Term(length, unit, Termijnenwet: true).LastDay(start)));

    [Fact]
    public void The_act_does_not_hold_for_a_term_that_is_counted_back()
    {
        var term = new Term(11, TermUnit.Weeks, Termijnenwet: true, CountedBack: true);

        Assert.Equal(Day("2024-03-31"), term.LastDay(Day("2024-06-16"))); // Easter Sunday stays.
    }

    [Fact]
    public void Never_lies_before_the_start_and_never_moves_back_when_the_start_moves_on() => HoldForAnySeed(random =>
    {
        var term = random.RandomTerm(Enum.GetValues<TermUnit>());
        var start = random.RandomDay();
        var last = term.LastDay(start);

        Assert.True(last >= start, $"{term} from {start} is due on {last}");
        Assert.True(term.LastDay(start.AddDays(1)) >= last, $"{term}: a day later than {start} is due earlier");
    });
}
