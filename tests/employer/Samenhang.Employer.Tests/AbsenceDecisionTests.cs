using Samenhang.Employer.Absences;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Errors;

namespace Samenhang.Employer.Tests;

/// <summary>What may happen to an absence, and when.</summary>
public sealed class AbsenceDecisionTests
{
    private static readonly DateOnly Monday = new(2016, 4, 4);
    private static readonly AbsenceTerms Terms = AbsenceTerms.On(VocabularyLoader.Load(VocabularyLoader.DefaultFolder), Monday);

    private static readonly Absence Reported = AbsenceDecisions.Report(
        new Absence { Id = "a", PersonnelNumber = "P-1", FirstSickDay = Monday, ReportedOn = Monday.AddDays(1) }, [], Terms).OrFail().After;

    private static readonly Absence Recovered = AbsenceDecisions.Recover(Reported, Monday.AddDays(30)).OrFail().After;

    [Fact]
    public void The_numbers_are_those_of_the_law() => Assert.Equal((28, 52), (Terms.SameAbsenceDays, Terms.SanctionWeeks));

    [Fact]
    public void A_case_hears_all_that_happened_before_it_was_named()
    {
        var reached = AbsenceDecisions.Reach(Reported, AbsenceStep.ArboInformed, Monday.AddDays(3)).OrFail().After;

        var linked = AbsenceDecisions.Link(reached, "c1").OrFail();

        Assert.Equal(
            [new AbsenceStepTaken(AbsenceStep.SicknessReported, Monday.AddDays(1)), new AbsenceStepTaken(AbsenceStep.ArboInformed, Monday.AddDays(3))],
            linked.Steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void Absent_again_within_four_weeks_is_the_same_absence_and_the_days_at_work_do_not_count(int daysAtWork)
    {
        var again = AbsenceDecisions.Relapse(Recovered, Monday.AddDays(30 + daysAtWork), Terms).OrFail().After;

        Assert.Null(again.RecoveredFrom);
        Assert.Equal(Monday, again.FirstSickDay);
        Assert.Equal(Monday.AddDays(daysAtWork), again.CountsFrom);
    }

    [Fact]
    public void Two_interruptions_add_up()
    {
        var again = AbsenceDecisions.Relapse(Recovered, Monday.AddDays(40), Terms)
            .Then(happened => AbsenceDecisions.Recover(happened.After, Monday.AddDays(60)))
            .Then(happened => AbsenceDecisions.Relapse(happened.After, Monday.AddDays(65), Terms)).OrFail().After;

        Assert.Equal(Monday.AddDays(15), again.CountsFrom);
    }

    [Fact]
    public void A_corrected_first_day_moves_the_day_from_which_the_terms_count()
    {
        var again = AbsenceDecisions.Relapse(Recovered, Monday.AddDays(40), Terms).OrFail().After;

        var corrected = AbsenceDecisions.CorrectFirstSickDay(again, Monday.AddDays(-3)).OrFail().After;

        Assert.Equal((Monday.AddDays(-3), Monday.AddDays(7)), (corrected.FirstSickDay, corrected.CountsFrom));
    }

    [Fact]
    public void A_new_advice_waits_for_its_own_answer()
    {
        var first = PhysicianDecisions.Advise(Reported, Advice(10)).Then(happened => AbsenceDecisions.AnswerAdvice(happened.After, DeviationReason.TooCostly)).OrFail().After;

        var second = PhysicianDecisions.Advise(first, Advice(20)).OrFail().After;

        Assert.Equal((false, DeviationReason.TooCostly), (first.NewestAdvice!.Followed, first.NewestAdvice.Deviation));
        Assert.Null(second.NewestAdvice!.Followed);
        Assert.Equal(2, second.Advices.Count);
    }

    [Fact]
    public void An_evaluation_comes_again_and_again()
    {
        var twice = AbsenceDecisions.Reach(Reported, AbsenceStep.PlanEvaluated, Monday.AddDays(90))
            .Then(happened => AbsenceDecisions.Reach(happened.After, AbsenceStep.PlanEvaluated, Monday.AddDays(130))).OrFail().After;

        Assert.Equal(2, twice.Steps.Count(step => step.Step == AbsenceStep.PlanEvaluated));
    }

    public static TheoryData<string, string> Forbidden => new()
    {
        { "report who is absent already", "ABSENCE_OPEN" },
        { "report anew within four weeks", "SAME_ABSENCE" },
        { "relapse after four weeks", "NEW_ABSENCE" },
        { "relapse of who was not back", "ABSENCE_OPEN" },
        { "relapse before the return", "DAY_TOO_EARLY" },
        { "recover twice", "ABSENCE_ENDED" },
        { "recover before the first day", "DAY_TOO_EARLY" },
        { "link twice", "ABSENCE_LINKED" },
        { "reach a milestone before the first day", "DAY_TOO_EARLY" },
        { "reach a milestone twice", "MILESTONE_REPORTED" },
        { "correct the first day past what happened", "DAY_TOO_LATE" },
        { "answer an advice that nobody gave", "NO_ADVICE" },
        { "a sanction of more than a year", "SANCTION_TOO_LONG" },
        { "a second sanction", "SANCTION_RECORDED" },
        { "an advice before an earlier one", "DAY_TOO_EARLY" },
        { "a talk before the first day", "DAY_TOO_EARLY" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void What_the_state_forbids_is_refused_with_a_reason(string act, string reason)
    {
        static Absence Anew(int day) => new() { Id = "b", PersonnelNumber = "P-1", FirstSickDay = Monday.AddDays(day), ReportedOn = Monday.AddDays(day) };
        var planned = AbsenceDecisions.Reach(Reported, AbsenceStep.PlanVanAanpakMade, Monday.AddDays(20)).OrFail().After;
        var year = new SanctionPeriod(Monday.AddYears(2), Monday.AddYears(2).AddDays((7 * 52) - 1));
        var result = act switch
        {
            "report who is absent already" => AbsenceDecisions.Report(Anew(200), [Reported], Terms),
            "report anew within four weeks" => AbsenceDecisions.Report(Anew(57), [Recovered], Terms),
            "relapse after four weeks" => AbsenceDecisions.Relapse(Recovered, Monday.AddDays(58), Terms),
            "relapse of who was not back" => AbsenceDecisions.Relapse(Reported, Monday.AddDays(58), Terms),
            "relapse before the return" => AbsenceDecisions.Relapse(Recovered, Monday.AddDays(29), Terms),
            "recover twice" => AbsenceDecisions.Recover(Recovered, Monday.AddDays(40)),
            "recover before the first day" => AbsenceDecisions.Recover(Reported, Monday.AddDays(-1)),
            "link twice" => AbsenceDecisions.Link(Reported with { CasePseudonym = "c1" }, "c2"),
            "reach a milestone before the first day" => AbsenceDecisions.Reach(Reported, AbsenceStep.UwvInformed, Monday.AddDays(-1)),
            "reach a milestone twice" => AbsenceDecisions.Reach(planned, AbsenceStep.PlanVanAanpakMade, Monday.AddDays(30)),
            "correct the first day past what happened" => AbsenceDecisions.CorrectFirstSickDay(planned, Monday.AddDays(21)),
            "answer an advice that nobody gave" => AbsenceDecisions.AnswerAdvice(Reported, null),
            "a sanction of more than a year" => AbsenceDecisions.Sanction(Reported, year with { To = year.To.AddDays(1) }, Terms),
            "a second sanction" => AbsenceDecisions.Sanction(Reported, year, Terms).Then(happened => AbsenceDecisions.Sanction(happened.After, year, Terms)),
            "an advice before an earlier one" => PhysicianDecisions.Advise(Reported, Advice(20)).Then(happened => PhysicianDecisions.Advise(happened.After, Advice(19))),
            _ => PhysicianDecisions.Align(Reported, AbsenceStep.AlignedWithGeneralPractitioner, Monday.AddDays(-1)),
        };

        Assert.Equal(reason, Assert.IsType<Error.StateForbids>(result.Error).Type);
    }

    [Fact]
    public void Four_weeks_at_work_make_a_new_absence() =>
        Assert.True(AbsenceDecisions.Report(
            new Absence { Id = "b", PersonnelNumber = "P-1", FirstSickDay = Monday.AddDays(58), ReportedOn = Monday.AddDays(58) }, [Recovered], Terms).IsSuccess);

    private static Advice Advice(int day) => new(Monday.AddDays(day), [AdviceClass.WorkAdaptation], true, true);
}
