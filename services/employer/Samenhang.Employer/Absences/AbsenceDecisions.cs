using Samenhang.Messages.Employer;
using Samenhang.Platform.Errors;

namespace Samenhang.Employer.Absences;

/// <summary>What may happen to an absence on the employer's line, and when. Pure.</summary>
public static class AbsenceDecisions
{
    /// <summary>Takes in a report.</summary>
    /// <param name="reported">The absence, with its id.</param>
    /// <param name="earlier">The other absences of this employee.</param>
    /// <param name="terms">The numbers of the law.</param>
    public static Result<AbsenceEvent> Report(Absence reported, IReadOnlyList<Absence> earlier, AbsenceTerms terms)
    {
        ArgumentNullException.ThrowIfNull(reported);
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(terms);
        if (earlier.FirstOrDefault(absence => absence.RecoveredFrom is null) is { } open)
        {
            return Forbidden("ABSENCE_OPEN", open, "Deze medewerker is al ziek gemeld.", "This employee is reported absent already.");
        }

        if (earlier.FirstOrDefault(absence => reported.FirstSickDay >= absence.FirstSickDay
            && reported.FirstSickDay < absence.RecoveredFrom!.Value.AddDays(terms.SameAbsenceDays)) is { } same)
        {
            return Forbidden("SAME_ABSENCE", same,
                $"Minder dan {terms.SameAbsenceDays} dagen na een eerdere ziekmelding loopt die door. Meld een terugval.",
                $"Fewer than {terms.SameAbsenceDays} days after an earlier absence that one goes on. Report a relapse.");
        }

        AbsenceStepTaken[] steps = [new(AbsenceStep.SicknessReported, reported.ReportedOn)];
        return new AbsenceEvent.Reported(reported with { Steps = steps }, steps);
    }

    /// <summary>Says to which case it belongs. The case then hears all that happened before.</summary>
    public static Result<AbsenceEvent> Link(Absence current, string casePseudonym) => current switch
    {
        { CasePseudonym: null } => new AbsenceEvent.Linked(current with { CasePseudonym = casePseudonym }, current.Steps),
        _ => Forbidden("ABSENCE_LINKED", current, "Deze ziekmelding hoort al bij een casus.", "This absence belongs to a case already."),
    };

    /// <summary>Corrects the first day.</summary>
    public static Result<AbsenceEvent> CorrectFirstSickDay(Absence current, DateOnly firstSickDay)
    {
        ArgumentNullException.ThrowIfNull(current);
        var latest = current.Steps.Where(step => step.Step != AbsenceStep.SicknessReported).Select(step => step.Date)
            .Concat(current.Interruptions.Select(at => at.From)).DefaultIfEmpty(DateOnly.MaxValue).Min();
        return firstSickDay > latest
            ? Forbidden("DAY_TOO_LATE", current, $"Op {latest:yyyy-MM-dd} is al iets gemeld.", $"Something was reported on {latest:yyyy-MM-dd} already.")
            : new AbsenceEvent.FirstSickDayCorrected(current with { FirstSickDay = firstSickDay }, []);
    }

    /// <summary>Reports a step of the law. An evaluation comes again and again, the others once.</summary>
    public static Result<AbsenceEvent> Reach(Absence current, AbsenceStep milestone, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(current);
        var taken = new AbsenceStepTaken(milestone, on);
        return on < current.FirstSickDay ? TooEarly(current, current.FirstSickDay)
            : current.Steps.Any(step => step.Step == milestone && (milestone != AbsenceStep.PlanEvaluated || step.Date == on))
                ? Forbidden("MILESTONE_REPORTED", current, "Deze stap is al gemeld.", "This step was reported already.")
            : new AbsenceEvent.MilestoneReached(With(current, taken), [taken]);
    }

    /// <summary>Says whether the newest advice is followed.</summary>
    /// <param name="current">The absence.</param>
    /// <param name="deviation">Why not; null = it is followed.</param>
    public static Result<AbsenceEvent> AnswerAdvice(Absence current, DeviationReason? deviation)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current.NewestAdvice is not { } advice
            ? Forbidden("NO_ADVICE", current, "De bedrijfsarts heeft nog niets geadviseerd.", "The company physician has not advised yet.")
            : new AbsenceEvent.AdviceAnswered(current with { Advices = [.. current.Advices.SkipLast(1), advice with { Followed = deviation is null, Deviation = deviation }] }, []);
    }

    /// <summary>The employee is back at work.</summary>
    public static Result<AbsenceEvent> Recover(Absence current, DateOnly from)
    {
        ArgumentNullException.ThrowIfNull(current);
        var since = current.Interruptions.Count == 0 ? current.FirstSickDay : current.Interruptions[^1].Until;
        var taken = new AbsenceStepTaken(AbsenceStep.ReturnedToWork, from);
        return current.RecoveredFrom is not null ? Forbidden("ABSENCE_ENDED", current, "Deze medewerker is al hersteld gemeld.", "This employee was reported back already.")
            : from < since ? TooEarly(current, since)
            : new AbsenceEvent.Recovered(With(current, taken) with { RecoveredFrom = from }, [taken]);
    }

    /// <summary>The employee is absent again, within the term in which it is the same absence.</summary>
    public static Result<AbsenceEvent> Relapse(Absence current, DateOnly firstSickDay, AbsenceTerms terms)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(terms);
        if (current.RecoveredFrom is not { } recovered)
        {
            return Forbidden("ABSENCE_OPEN", current, "Deze medewerker is niet hersteld gemeld.", "This employee was not reported back.");
        }

        var taken = new AbsenceStepTaken(AbsenceStep.SicknessReported, firstSickDay);
        return firstSickDay < recovered ? TooEarly(current, recovered)
            : firstSickDay >= recovered.AddDays(terms.SameAbsenceDays) ? Forbidden("NEW_ABSENCE", current,
                $"Na {terms.SameAbsenceDays} dagen werken is dit een nieuwe ziekmelding.", $"After {terms.SameAbsenceDays} days at work this is a new absence.")
            : new AbsenceEvent.Relapsed(
                With(current, taken) with { RecoveredFrom = null, Interruptions = [.. current.Interruptions, new TimeAtWork(recovered, firstSickDay)] }, [taken]);
    }

    /// <summary>UWV imposed a wage sanction.</summary>
    public static Result<AbsenceEvent> Sanction(Absence current, SanctionPeriod sanction, AbsenceTerms terms)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(sanction);
        ArgumentNullException.ThrowIfNull(terms);
        var taken = new AbsenceStepTaken(AbsenceStep.WageSanction, sanction.From);
        return sanction.From < current.FirstSickDay ? TooEarly(current, current.FirstSickDay)
            : current.WageSanction is not null ? Forbidden("SANCTION_RECORDED", current, "Er is al een loonsanctie gemeld.", "A wage sanction was reported already.")
            : sanction.To >= sanction.From.AddDays(7 * terms.SanctionWeeks) ? Forbidden("SANCTION_TOO_LONG", current,
                $"Een loonsanctie duurt ten hoogste {terms.SanctionWeeks} weken.", $"A wage sanction lasts at most {terms.SanctionWeeks} weeks.")
            : new AbsenceEvent.Sanctioned(With(current, taken) with { WageSanction = sanction }, [taken]);
    }

    internal static Absence With(Absence current, AbsenceStepTaken taken) => current with { Steps = [.. current.Steps, taken] };

    internal static Error.StateForbids TooEarly(Absence absence, DateOnly earliest) =>
        Forbidden("DAY_TOO_EARLY", absence, $"Deze dag ligt vóór {earliest:yyyy-MM-dd}.", $"This day lies before {earliest:yyyy-MM-dd}.");

    private static Error.StateForbids Forbidden(string type, Absence absence, string nl, string en) =>
        new(type, $"absence/{absence.Id}", new BilingualText(nl, en));
}
