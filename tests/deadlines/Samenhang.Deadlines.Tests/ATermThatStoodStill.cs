using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using static Samenhang.Deadlines.Tests.Days;

namespace Samenhang.Deadlines.Tests;

public class ATermThatStoodStill
{
    private static readonly Term TwoWeeks = new(2, TermUnit.Weeks);

    [Fact]
    public void Is_due_later_by_the_days_on_which_it_did()
    {
        var term = RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off("2024-02-26", "2024-03-01")]);

        Assert.Equal(Day("2024-03-04"), term.OriginalDue);
        Assert.Equal(Day("2024-03-09"), term.Due);
    }

    [Fact]
    public void Runs_on_from_a_day_of_rest_after_it_was_resumed() =>
        Assert.Equal(Day("2024-03-11"), RunningTerm.From(TwoWeeks with { Termijnenwet = true }, Day("2024-02-19"), [Off("2024-02-26", "2024-03-01")]).Due);

    /// <summary>Its count ends on Good Friday, the next working day is the Tuesday after Easter; King's Day follows the standstill.</summary>
    [Theory]
    [InlineData("2015-04-26", "2015-04-28")]
    [InlineData("2015-04-24", "2015-04-28")]
    [InlineData("2015-04-22", "2015-04-23")]
    public void Ends_on_the_first_working_day_after_it_was_stopped_on_days_of_rest_beyond_its_count(string to, string due) =>
        Assert.Equal(Day(due), RunningTerm.From(new Term(85, TermUnit.Days, Termijnenwet: true), Day("2015-01-08"), [Off("2015-04-04", to)]).Due);

    [Fact]
    public void Gets_working_days_back_when_those_are_counted() => // Friday to Tuesday, with a weekend: three working days
        Assert.Equal(Day("2024-02-29"), RunningTerm.From(new Term(5, TermUnit.WorkingDays), Day("2024-02-19"), [Off("2024-02-23", "2024-02-27")]).Due);

    [Fact]
    public void Counts_days_that_two_standstills_share_once() =>
        Assert.Equal(Day("2024-03-14"), RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off("2024-02-26", "2024-03-01"), Off("2024-02-28", "2024-03-06")]).Due);

    [Theory]
    [InlineData("2024-02-10", "2024-02-19")] // before it began
    [InlineData("2024-03-05", "2024-03-12")] // after it ended
    public void Is_not_moved_by_days_on_which_it_did_not_run(string from, string to) =>
        Assert.Equal(Day("2024-03-04"), RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off(from, to)]).Due);

    [Fact]
    public void Can_be_stopped_a_second_time_because_the_first_moved_its_end() =>
        Assert.Equal(Day("2024-03-11"), RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off("2024-02-26", "2024-03-01"), Off("2024-03-08", "2024-03-09")]).Due);

    [Fact]
    public void Is_not_missed_while_it_stands_still_and_tells_the_earliest_last_day()
    {
        var open = RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off("2024-03-01", null)]);

        Assert.Equal(DeadlineStatus.Running, open.StatusOn(Day("2024-02-29"), null, 3, true));
        Assert.Equal(DeadlineStatus.Suspended, open.StatusOn(Day("2024-03-01"), null, 3, true));
        Assert.Equal(DeadlineStatus.Suspended, open.StatusOn(Day("2024-09-01"), null, 3, true));
        Assert.Equal(Day("2024-03-04"), open.Due);
    }

    [Theory]
    [InlineData("2024-03-05", DeadlineStatus.Running)]
    [InlineData("2024-03-06", DeadlineStatus.Near)]
    [InlineData("2024-03-09", DeadlineStatus.Due)]
    [InlineData("2024-03-10", DeadlineStatus.Missed)]
    public void Is_near_due_and_missed_by_its_moved_day(string day, DeadlineStatus status) =>
        Assert.Equal(status, RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off("2024-02-26", "2024-03-01")]).StatusOn(Day(day), null, 3, true));

    [Fact]
    public void Was_met_in_time_by_its_moved_day()
    {
        var moved = RunningTerm.From(TwoWeeks, Day("2024-02-19"), [Off("2024-02-26", "2024-03-01")]);

        Assert.Equal(DeadlineStatus.Met, moved.StatusOn(Day("2024-04-01"), Day("2024-03-09"), 3, true));
        Assert.Equal(DeadlineStatus.MetLate, moved.StatusOn(Day("2024-04-01"), Day("2024-03-10"), 3, true));
        Assert.Equal(DeadlineStatus.Passed, moved.StatusOn(Day("2024-04-01"), null, 3, canBeMet: false));
    }

    [Fact]
    public void Resuming_moves_the_last_day_by_exactly_the_days_that_it_stood_still() => HoldForAnySeed(random =>
    {
#pragma warning disable CA5394 // No secret: the same seed must give the same days.
        var start = random.RandomDay();
        var term = random.RandomTerm(TermUnit.Days, TermUnit.Weeks, TermUnit.AbsenceWeeks, TermUnit.Months) with { Termijnenwet = false };
        var plain = RunningTerm.From(term, start, []).Due;
        var from = start.AddDays(random.Next(1, plain.DayNumber - start.DayNumber + 1));
        var off = random.Next(1, 90);
#pragma warning restore CA5394

        Assert.Equal(plain.AddDays(off), RunningTerm.From(term, start, [new Suspension(from, from.AddDays(off - 1), "gemeente", "wacht")]).Due);
    });

    [Fact]
    public void The_last_day_never_lies_before_the_start_nor_before_the_day_without_standstill() => HoldForAnySeed(random =>
    {
        var start = random.RandomDay();
        var term = RunningTerm.From(random.RandomTerm(Enum.GetValues<TermUnit>()), start, random.RandomSuspensions(start));

        Assert.True(term.Due >= start);
        Assert.True(term.Due >= term.OriginalDue);
    });

    /// <summary>Months differ in length, so only counted days and weeks promise this for a start within a standstill.</summary>
    [Fact]
    public void A_later_start_is_never_due_earlier_also_around_standstills() => HoldForAnySeed(random =>
    {
        var term = random.RandomTerm(TermUnit.Days, TermUnit.WorkingDays, TermUnit.Weeks, TermUnit.AbsenceWeeks);
        var start = random.RandomDay();
        var off = random.RandomSuspensions(start, mayBeOpen: false);

        Assert.True(RunningTerm.From(term, start.AddDays(1), off).Due >= RunningTerm.From(term, start, off).Due, $"{term} from {start}: {string.Join(", ", off)}");
    });

    [Fact]
    public void The_order_in_which_standstills_became_known_leaves_no_trace() => HoldForAnySeed(random =>
    {
        var start = random.RandomDay();
        var term = random.RandomTerm(Enum.GetValues<TermUnit>());
        var off = random.RandomSuspensions(start);
        var told = RunningTerm.From(term, start, off);
        var replayed = RunningTerm.From(term, start, Enumerable.Reverse(off));

        Assert.Equal(told.Due, replayed.Due);
        Assert.All(Enumerable.Range(0, 250).Select(start.AddDays), day => Assert.Equal(told.StatusOn(day, null, 14, true), replayed.StatusOn(day, null, 14, true)));
    });
}
