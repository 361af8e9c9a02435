using Samenhang.Domains.Records;
using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Absences;

/// <summary>Keeps absences.</summary>
internal static class AbsenceRecords
{
    public static DomainRecords<EmployerDomain> KeepAbsences(this DomainRecords<EmployerDomain> records) =>
        records.Keep<Absence, AbsenceEvent, EmployerAbsenceChanged>((_, happened, origin) => AbsenceNews.Changed(happened, origin.Version), events => events
            .Tell<AbsenceEvent.Reported>("absence-reported")
            .Tell<AbsenceEvent.Linked>("absence-linked")
            .Tell<AbsenceEvent.FirstSickDayCorrected>("first-sick-day-corrected")
            .Tell<AbsenceEvent.MilestoneReached>("absence-milestone-reached")
            .Tell<AbsenceEvent.AdviceAnswered>("absence-advice-answered")
            .Tell<AbsenceEvent.Recovered>("absence-recovered")
            .Tell<AbsenceEvent.Relapsed>("absence-relapsed")
            .Tell<AbsenceEvent.Sanctioned>("absence-wage-sanctioned")
            .Tell<AbsenceEvent.Advised>("absence-advised")
            .Tell<AbsenceEvent.OpenConsultationRecorded>("open-consultation-recorded")
            .Tell<AbsenceEvent.AlignmentHeld>("absence-alignment-held"));
}
