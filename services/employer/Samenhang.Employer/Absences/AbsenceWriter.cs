using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Deadlines;
using Samenhang.Deadlines.Terms;
using Samenhang.Employer.Api;
using Samenhang.Messages.Employer;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Absences;

/// <summary>Writes absences as the contract says them.</summary>
internal static class AbsenceWriter
{
    /// <summary>The absence as the employer's line reads it: no word of with whom the company physician spoke.</summary>
    public static Wire.Absence ToWire(this Absence absence, long version) => new()
    {
        AbsenceId = absence.Id,
        PersonnelNumber = absence.PersonnelNumber,
        CasePseudonym = absence.CasePseudonym ?? "",
        ReportedOn = absence.ReportedOn.ToWire(),
        FirstSickDay = absence.FirstSickDay.ToWire(),
        CountsFrom = absence.CountsFrom.ToWire(),
        ExpectedDuration = WireLists.ToWire<ExpectedDuration, Wire.ExpectedDuration>(absence.ExpectedDuration),
        WorkAccident = EmployerAnswers.ToWire(absence.WorkAccident),
        ThirdPartyLiable = EmployerAnswers.ToWire(absence.ThirdPartyLiable),
        SafetyNetApplies = EmployerAnswers.ToWire(absence.SafetyNetApplies),
        Milestones =
        {
            from taken in absence.Steps
            let milestone = WireLists.ToOwn<AbsenceStep, Wire.AbsenceMilestone>(taken.Step)
            where milestone is not null
            select new Wire.ReportedMilestone { Milestone = milestone.Value, Date = taken.Date.ToWire() },
        },
        Advice = absence.NewestAdvice?.ToWire(),
        Interruptions = { absence.Interruptions.Select(at => new Wire.Interruption { From = at.From.ToWire(), Until = at.Until.ToWire() }) },
        RecoveredFrom = absence.RecoveredFrom.ToWire(),
        WageSanction = absence.WageSanction is { } sanction ? new Wire.WageSanction { From = sanction.From.ToWire(), To = sanction.To.ToWire() } : null,
        Version = version,
    };

    /// <summary>What the company physician recorded.</summary>
    public static Wire.Guidance ToGuidance(this Absence absence, long version) => new()
    {
        AbsenceId = absence.Id,
        Advices = { absence.Advices.Select(ToWire) },
        OpenConsultation = EmployerAnswers.ToWire(absence.OpenConsultation),
        Alignments =
        {
            from taken in absence.Steps
            let partner = taken.Step switch
            {
                AbsenceStep.AlignedWithGeneralPractitioner => Wire.AlignmentPartner.GeneralPractitioner,
                AbsenceStep.AlignedWithPractitioner => Wire.AlignmentPartner.Practitioner,
                _ => Wire.AlignmentPartner.Unspecified,
            }
            where partner != Wire.AlignmentPartner.Unspecified
            select new Wire.Alignment { Partner = partner, HeldOn = taken.Date.ToWire() },
        },
        Version = version,
    };

    /// <summary>A term of an absence.</summary>
    public static Wire.AbsenceTerm ToWire(this RunningDeadline running) => new()
    {
        TermId = running.Definition.Id,
        TitleNl = running.Definition.LabelNl!,
        StartedOn = running.Term.Start.ToWire(),
        Due = running.Term.Due.ToWire(),
        MetOn = running.MetOn.ToWire(),
        Status = running.Status switch
        {
            DeadlineStatus.Running => Wire.TermStatus.Running,
            DeadlineStatus.Near => Wire.TermStatus.Near,
            DeadlineStatus.Due => Wire.TermStatus.Due,
            DeadlineStatus.Met => Wire.TermStatus.Met,
            DeadlineStatus.MetLate => Wire.TermStatus.MetLate,
            DeadlineStatus.Missed => Wire.TermStatus.Missed,
            DeadlineStatus.Passed => Wire.TermStatus.Passed,
            DeadlineStatus.Suspended => throw new InvalidOperationException("The clock of an absence knows no suspension."),
        },
        Owner = running.Definition.Owner,
        Source = running.Definition.Source ?? "",
        RuleIds = { running.Definition.Rules },
    };

    private static Wire.AbsenceAdvice ToWire(this Advice advice) => new()
    {
        AdvisedOn = advice.On.ToWire(),
        Classes = { advice.Classes.Select(member => WireLists.ToWire<AdviceClass, Wire.AdviceClass>(member)) },
        LimitationsGiven = EmployerAnswers.ToWire(advice.LimitationsGiven),
        AdaptedWorkAdvised = EmployerAnswers.ToWire(advice.AdaptedWorkAdvised),
        Followed = EmployerAnswers.ToWire(advice.Followed),
        DeviationReason = WireLists.ToWire<DeviationReason, Wire.DeviationReason>(advice.Deviation),
    };
}
