using System.Text.Json;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Tests.Stories;

/// <summary>
/// 110 weeks of an employee who falls ill on Monday 6 February 2023: every day begins, and the clock raises each term on its day. The weeks hold
/// a leap day, Easter, a first sick day that turns out to be wrong, and two times in which the absence stands still.
/// </summary>
public class TwoYearsOfAbsence
{
    private static readonly DateOnly FirstDay = new(2023, 2, 6);
    private static readonly DateOnly LastDay = FirstDay.AddDays((110 * 7) - 1);

    private static readonly Lazy<AStory> Lived = new(() => Live());

    /// <summary>What the diary must say: nothing more, nothing less, no day earlier or later. A line with # tells why.</summary>
    private const string Script = """
        # Ill on Monday 6 February 2023.
        2023-02-06 wia.application Running 2024-11-17
        2023-02-06 wvp.arbo-report Running 2023-02-13
        2023-02-06 wvp.first-year-evaluation Running 2024-02-04
        2023-02-06 wvp.plan-van-aanpak Running 2023-04-03
        2023-02-06 wvp.problem-analysis Running 2023-03-19
        2023-02-06 wvp.reintegration-report Running 2024-11-17
        2023-02-06 wvp.two-years Running 2025-02-02
        2023-02-06 wvp.uwv-week42 Running 2023-11-26
        # Corrected: ill since Monday 30 January. Every term moves a week; the first has passed already.
        2023-02-09 wia.application Running 2024-11-10
        2023-02-09 wvp.arbo-report Missed 2023-02-06
        2023-02-09 wvp.first-year-evaluation Running 2024-01-28
        2023-02-09 wvp.plan-van-aanpak Running 2023-03-27
        2023-02-09 wvp.problem-analysis Running 2023-03-12
        2023-02-09 wvp.reintegration-report Running 2024-11-10
        2023-02-09 wvp.two-years Running 2025-01-26
        2023-02-09 wvp.uwv-week42 Running 2023-11-19
        2023-02-09 + deadline.arbo-report-week1
        # It had been met: the arbodienst knew on 3 February.
        2023-02-10 wvp.arbo-report Met 2023-02-06
        2023-02-10 - deadline.arbo-report-week1
        # Two weeks before the end of week 6.
        2023-02-26 wvp.problem-analysis Near 2023-03-12
        # The problem analysis starts the two weeks for the plan.
        2023-03-08 wvp.plan-after-analysis Running 2023-03-22
        2023-03-08 wvp.problem-analysis Met 2023-03-12
        2023-03-13 wvp.plan-van-aanpak Near 2023-03-27
        2023-03-15 wvp.plan-after-analysis Near 2023-03-22
        2023-03-22 wvp.plan-after-analysis Due 2023-03-22
        2023-03-23 wvp.plan-after-analysis Missed 2023-03-22
        2023-03-27 wvp.plan-van-aanpak Due 2023-03-27
        # Eight weeks and a day.
        2023-03-28 wvp.plan-van-aanpak Missed 2023-03-27
        2023-03-28 + deadline.plan-van-aanpak-week8
        # The plan is made, late: the finding goes, and the first six weeks to the evaluation begin.
        2023-03-30 wvp.evaluation Running 2023-05-11
        2023-03-30 wvp.plan-after-analysis MetLate 2023-03-22
        2023-03-30 wvp.plan-van-aanpak MetLate 2023-03-27
        2023-03-30 - deadline.plan-van-aanpak-week8
        2023-05-04 wvp.evaluation Near 2023-05-11
        # Evaluated: six weeks anew.
        2023-05-09 wvp.evaluation Running 2023-06-20
        2023-06-13 wvp.evaluation Near 2023-06-20
        2023-06-20 wvp.evaluation Running 2023-08-01
        2023-07-25 wvp.evaluation Near 2023-08-01
        2023-08-01 wvp.evaluation Due 2023-08-01
        2023-08-02 wvp.evaluation Missed 2023-08-01
        2023-08-03 wvp.evaluation Running 2023-09-14
        # She had been well from 7 to 16 August: ten days that do not count.
        2023-08-17 wia.application Running 2024-11-20
        2023-08-17 wvp.first-year-evaluation Running 2024-02-07
        2023-08-17 wvp.reintegration-report Running 2024-11-20
        2023-08-17 wvp.two-years Running 2025-02-05
        2023-08-17 wvp.uwv-week42 Running 2023-11-29
        # Week 42 by the weeks that count; ten days later than the calendar says.
        2023-11-15 wvp.uwv-week42 Near 2023-11-29
        2023-11-29 wvp.uwv-week42 Due 2023-11-29
        2023-11-30 wvp.uwv-week42 Missed 2023-11-29
        2023-11-30 + deadline.uwv-report-week42
        2023-12-04 wvp.uwv-week42 MetLate 2023-11-29
        2023-12-04 - deadline.uwv-report-week42
        # Week 46 begins.
        2023-12-21 wvp.first-year-evaluation Near 2024-02-07
        2024-02-05 wvp.first-year-evaluation Met 2024-02-07
        # Well again; nobody knows yet for how long.
        2024-02-19 wvp.evaluation Suspended 2024-03-07
        2024-02-19 wvp.reintegration-report Suspended 2024-11-20
        2024-02-19 wvp.two-years Suspended 2025-02-05
        # Ill again: nineteen days, the leap day among them.
        2024-03-09 wia.application Running 2024-12-09
        2024-03-09 wvp.evaluation Running 2024-03-26
        2024-03-09 wvp.reintegration-report Running 2024-12-09
        2024-03-09 wvp.two-years Running 2025-02-24
        # An application to the municipality. Two weeks end on Good Friday, after Easter it is Tuesday 2 April.
        2024-03-15 wmo.decision Running 2024-04-02
        2024-03-26 wmo.decision Near 2024-04-02
        2024-04-02 wmo.decision Met 2024-04-02
        # Five weeks before the WIA application, which moved with the two years that it is counted back from.
        2024-11-04 wia.application Near 2024-12-09
        2024-11-19 wvp.reintegration-report Near 2024-12-09
        2024-12-05 wvp.reintegration-report Met 2024-12-09
        2024-12-09 wia.application Due 2024-12-09
        2024-12-10 wia.application Missed 2024-12-09
        # Applied, late.
        2024-12-12 wia.application MetLate 2024-12-09
        2025-01-13 wvp.two-years Near 2025-02-24
        # Two years, and the twenty-nine days that did not count.
        2025-02-24 wvp.two-years Due 2025-02-24
        2025-02-25 wvp.two-years Passed 2025-02-24
        """;

    [Fact]
    public void Every_term_comes_on_its_day_and_every_finding_goes_when_its_milestone_is_reported() =>
        Assert.Equal(Script.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith('#')), Lived.Value.Diary);

    [Fact]
    public void A_restart_in_the_middle_leaves_no_trace() => Assert.Equal(Lived.Value.Diary, Live(restarts: true).Diary);

    [Fact]
    public void The_log_tells_every_day_that_passed_once()
    {
        var days = Lived.Value.Log.OfType<DayBegan>().Select(began => began.Day).ToList();

        Assert.Equal(Enumerable.Range(1, LastDay.DayNumber - FirstDay.DayNumber).Select(FirstDay.AddDays), days);
    }

    [Fact]
    public void Every_change_of_a_term_is_told_once_in_the_difference_of_a_plan()
    {
        var missed = Lived.Value.Log.OfType<PlanMade>().SelectMany(made => made.Difference.Select(line => (made.Plan.AsOf, line.En)))
            .Where(line => line.En.StartsWith("Term Reporting the illness to UWV (week 42):", StringComparison.Ordinal)).ToList();

        Assert.Equal(
            [
                (new DateOnly(2023, 2, 9), "Term Reporting the illness to UWV (week 42): began on 6 February 2023, now on 30 January 2023; last day was 26 November 2023, is now 19 November 2023 (running)."),
                (new DateOnly(2023, 8, 17), "Term Reporting the illness to UWV (week 42): last day was 19 November 2023, is now 29 November 2023, because it stood still (running). Reason: hersteld gemeld van 7 tot en met 16 augustus"),
                (new DateOnly(2023, 11, 15), "Term Reporting the illness to UWV (week 42): near (by 29 November 2023)."),
                (new DateOnly(2023, 11, 29), "Term Reporting the illness to UWV (week 42): due today (by 29 November 2023)."),
                (new DateOnly(2023, 11, 30), "Term Reporting the illness to UWV (week 42): missed (by 29 November 2023)."),
                (new DateOnly(2023, 12, 4), "Term Reporting the illness to UWV (week 42): met late (by 29 November 2023)."),
            ],
            missed);
    }

    [Fact]
    public void The_plan_says_who_made_the_absence_stand_still_and_why()
    {
        var term = Assert.Single(Lived.Value.Plan.Deadlines, d => d.Id == "wvp.two-years");

        Assert.Equal(new DateOnly(2025, 1, 26), term.OriginalDue);
        Assert.Equal(new DateOnly(2025, 2, 24), term.Due);
        Assert.Equal(
            [
                new Suspension(new DateOnly(2023, 8, 7), new DateOnly(2023, 8, 16), "employer", "hersteld gemeld van 7 tot en met 16 augustus"),
                new Suspension(new DateOnly(2024, 2, 19), new DateOnly(2024, 3, 8), "employer", "hersteld gemeld"),
            ],
            term.Suspensions);
    }

    [Fact]
    public void A_milestone_that_came_late_is_kept_as_settled()
    {
        var plan = Lived.Value.Plan;

        Assert.Contains(plan.Settled, f => f.FlagId == "deadline.plan-van-aanpak-week8");
        Assert.DoesNotContain(plan.Findings, f => f.Family == "deadline");
    }

    [Fact]
    public void Terms_that_our_documents_do_not_give_are_shown_as_such_with_their_article() => Assert.All(Lived.Value.Plan.Deadlines, term =>
    {
        Assert.Equal(term.RuleIds.Count == 0, term.IsContext);
        Assert.Equal(term.IsContext, term.Source is not null);
    });

    private static AStory Live(bool restarts = false)
    {
        var story = new AStory(FirstDay, CaseDocument.Of(new Case
        {
            Id = "story",
            AsOf = FirstDay,
            Rulebooks = ["002a", "002b"],
            Facts = SampleCases.Facts(("work.status", "employed"), ("work.sickListed", "true"), ("work.firstSickDay", "2023-02-06")),
            Needs = [SampleCases.Need("n1", "reintegration")],
        }));
        void On(string day, params Func<Moment, CaseCommand>[] happens)
        {
            story.On(day, happens);
            if (restarts)
            {
                story.Restart();
            }
        }

        On("2023-02-09", Fact("work.firstSickDay", "2023-01-30")); // She was ill a week earlier.
        On("2023-02-10", Fact("work.arboReportedOn", "2023-02-03")); // The report was there in time; only the case did not know.
        On("2023-03-08", Happened("problem-analysis-made"));
        On("2023-03-30", Fact("work.planVanAanpakOn", "2023-03-30"));
        On("2023-05-09", Happened("plan-evaluated"));
        On("2023-06-20", Happened("plan-evaluated"));
        On("2023-08-03", Happened("plan-evaluated"));
        On("2023-08-17", Stop(new TermSuspension("wvp.*", null, new DateOnly(2023, 8, 7), new DateOnly(2023, 8, 16), "employer", "hersteld gemeld van 7 tot en met 16 augustus")));
        On("2023-09-07", Happened("plan-evaluated"));
        On("2023-10-12", Happened("plan-evaluated"));
        On("2023-11-16", Happened("plan-evaluated"));
        On("2023-12-04", Fact("work.uwvReportedOn", "2023-12-04"));
        On("2023-12-21", Happened("plan-evaluated"));
        On("2024-01-25", Happened("plan-evaluated"));
        On("2024-02-05", Happened("first-year-evaluated"));
        On("2024-02-19", Stop(new TermSuspension("wvp.*", null, new DateOnly(2024, 2, 19), null, "employer", "hersteld gemeld")));
        On("2024-03-09", at => new CaseCommand.ResumeDeadline("wvp.*", null, new DateOnly(2024, 3, 9), "employer", "opnieuw ziek binnen vier weken") { At = at });
        On("2024-03-15", Happened("municipal-application"), Happened("plan-evaluated"));
        On("2024-04-02", Happened("municipal-decision"));
        for (var talk = new DateOnly(2024, 4, 19); talk < new DateOnly(2024, 11, 30); talk = talk.AddDays(35))
        {
            On($"{talk:yyyy-MM-dd}", Happened("plan-evaluated"));
        }

        On("2024-12-05", Happened("reintegration-report-made"));
        On("2024-12-12", Happened("wia-applied"));
        On("2024-12-20", Happened("plan-evaluated"));
        On("2025-01-24", Happened("plan-evaluated"));
        On("2025-02-28", Happened("plan-evaluated"));
        story.Until(LastDay);
        return story;
    }

    private static Func<Moment, CaseCommand> Fact(string fact, string day) =>
        at => new CaseCommand.RecordFacts([new PlacedFact(fact, Value.Of(SampleCases.Day(day)))], "employer") { At = at };

    private static Func<Moment, CaseCommand> Happened(string type) => at => new CaseCommand.RecordEvent(new CaseEvent { Type = type, Date = at.Day }) { At = at };

    private static Func<Moment, CaseCommand> Stop(TermSuspension suspension) => at => new CaseCommand.SuspendDeadline(suspension) { At = at };
}
