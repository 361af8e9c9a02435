using Samenhang.Messages.Employer;
using Samenhang.Platform.Errors;

namespace Samenhang.Employer.Absences;

/// <summary>What the company physician may record about an absence, and when. Pure.</summary>
public static class PhysicianDecisions
{
    /// <summary>Records an advice. The employer's answer to an earlier one does not hold for it.</summary>
    public static Result<AbsenceEvent> Advise(Absence current, Advice advice)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(advice);
        var earliest = current.NewestAdvice?.On ?? current.FirstSickDay;
        var taken = new AbsenceStepTaken(AbsenceStep.BedrijfsartsAdvice, advice.On);
        return advice.On < earliest
            ? AbsenceDecisions.TooEarly(current, earliest)
            : new AbsenceEvent.Advised(AbsenceDecisions.With(current, taken) with { Advices = [.. current.Advices, advice] }, [taken]);
    }

    /// <summary>Records whether there is an open consultation hour.</summary>
    public static Result<AbsenceEvent> RecordOpenConsultation(Absence current, bool held)
    {
        ArgumentNullException.ThrowIfNull(current);
        return new AbsenceEvent.OpenConsultationRecorded(current with { OpenConsultation = held }, []);
    }

    /// <summary>Records a talk with the GP or another practitioner.</summary>
    public static Result<AbsenceEvent> Align(Absence current, AbsenceStep partner, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(current);
        var taken = new AbsenceStepTaken(partner, on);
        return on < current.FirstSickDay
            ? AbsenceDecisions.TooEarly(current, current.FirstSickDay)
            : new AbsenceEvent.AlignmentHeld(AbsenceDecisions.With(current, taken), [taken]);
    }
}
