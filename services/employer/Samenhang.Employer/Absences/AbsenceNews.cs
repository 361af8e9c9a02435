using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Absences;

/// <summary>Makes the messages about absences.</summary>
internal static class AbsenceNews
{
    /// <summary>All that an absence says about its case, with the steps of this event.</summary>
    public static EmployerAbsenceChanged Changed(AbsenceEvent happened, long version)
    {
        var absence = happened.After;
        var advice = absence.NewestAdvice;
        return new EmployerAbsenceChanged
        {
            CasePseudonym = absence.CasePseudonym!,
            RecordId = absence.Id,
            Version = version,
            SickListed = absence.RecoveredFrom is null,
            FirstSickDay = absence.CountsFrom,
            ArboReportedOn = Day(AbsenceStep.ArboInformed),
            PlanVanAanpakOn = Day(AbsenceStep.PlanVanAanpakMade),
            UwvReportedOn = Day(AbsenceStep.UwvInformed),
            BedrijfsartsEngaged = absence.Steps.Any(step => step.Step is
                AbsenceStep.ArboInformed or AbsenceStep.ProblemAnalysisMade or AbsenceStep.BedrijfsartsAdvice
                or AbsenceStep.AlignedWithGeneralPractitioner or AbsenceStep.AlignedWithPractitioner) ? true : null,
            OpenConsultation = absence.OpenConsultation,
            AdviceClasses = advice?.Classes,
            AdviceFollowed = advice?.Followed,
            DeviationReasoned = advice?.Deviation is { } reason ? reason != DeviationReason.NoneGiven : null,
            WageSanction = absence.WageSanction is null ? null : true,
            Steps = happened.Steps,
        };

        DateOnly? Day(AbsenceStep step) => absence.Steps.FirstOrDefault(taken => taken.Step == step)?.Date;
    }
}
