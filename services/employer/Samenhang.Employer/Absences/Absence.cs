using System.Text.Json.Serialization;
using Samenhang.Domains.Records;
using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Absences;

/// <summary>
/// An absence as the employer keeps it: what AP, Beleidsregels "De zieke werknemer" allows and nothing else. Phone and nursing address
/// would be allowed too; this system has no use for them.
/// </summary>
public sealed record Absence : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "absence";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public string? CasePseudonym { get; init; }

    /// <summary>The employee, by the number of the personnel system.</summary>
    public required string PersonnelNumber { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string? OwnReference => PersonnelNumber;

    /// <summary>The day of the report.</summary>
    public required DateOnly ReportedOn { get; init; }

    /// <summary>The first day of absence.</summary>
    public required DateOnly FirstSickDay { get; init; }

    /// <summary>How long it is expected to last, or null.</summary>
    public ExpectedDuration? ExpectedDuration { get; init; }

    /// <summary>Whether it comes from an accident at work, or null.</summary>
    public bool? WorkAccident { get; init; }

    /// <summary>Whether a third party is liable, or null.</summary>
    public bool? ThirdPartyLiable { get; init; }

    /// <summary>Whether a safety-net rule of the Ziektewet applies, or null. Which one is not asked.</summary>
    public bool? SafetyNetApplies { get; init; }

    /// <summary>All that happened, in the order in which it was reported.</summary>
    public IReadOnlyList<AbsenceStepTaken> Steps { get; init; } = [];

    /// <summary>Every advice of the company physician, the oldest first.</summary>
    public IReadOnlyList<Advice> Advices { get; init; } = [];

    /// <summary>Whether the company physician holds an open consultation hour, or null.</summary>
    public bool? OpenConsultation { get; init; }

    /// <summary>The times back at work, the oldest first.</summary>
    public IReadOnlyList<TimeAtWork> Interruptions { get; init; } = [];

    /// <summary>The first day back at work; null = still absent.</summary>
    public DateOnly? RecoveredFrom { get; init; }

    /// <summary>The wage sanction, or null.</summary>
    public SanctionPeriod? WageSanction { get; init; }

    /// <summary>
    /// The day from which the terms count. Periods with less than four weeks between them are added up (BW art. 7:629 lid 10): the days
    /// between do not count, so every term moves by them.
    /// </summary>
    [JsonIgnore]
    public DateOnly CountsFrom => FirstSickDay.AddDays(Interruptions.Sum(at => at.Until.DayNumber - at.From.DayNumber));

    /// <summary>The newest advice, or null.</summary>
    [JsonIgnore]
    public Advice? NewestAdvice => Advices.Count == 0 ? null : Advices[^1];
}

/// <summary>How long an absence is expected to last.</summary>
public enum ExpectedDuration
{
    /// <summary>Up to a week.</summary>
    UpToOneWeek,

    /// <summary>Up to six weeks.</summary>
    UpToSixWeeks,

    /// <summary>Longer than six weeks.</summary>
    LongerThanSixWeeks,
}

/// <summary>Why an employer deviates from an advice.</summary>
public enum DeviationReason
{
    /// <summary>The organisation cannot do it.</summary>
    NotPossible,

    /// <summary>It costs more than can reasonably be asked.</summary>
    TooCostly,

    /// <summary>Another expert advised otherwise.</summary>
    OtherExpertOpinion,

    /// <summary>The employee declined.</summary>
    EmployeeDeclined,

    /// <summary>Something else serves the same end.</summary>
    AlternativeFound,

    /// <summary>No reason was given.</summary>
    NoneGiven,
}

/// <summary>An advice of the company physician: its classes, never its content.</summary>
/// <param name="On">The day.</param>
/// <param name="Classes">The classes; empty = advised nothing.</param>
/// <param name="LimitationsGiven">Whether the physician said what the employee can not do at work, or null.</param>
/// <param name="AdaptedWorkAdvised">Whether the physician advised on adapted work, or null.</param>
/// <param name="Followed">Whether the employer followed it; null = not answered yet.</param>
/// <param name="Deviation">Why not, or null.</param>
public sealed record Advice(
    DateOnly On, IReadOnlyList<AdviceClass> Classes, bool? LimitationsGiven, bool? AdaptedWorkAdvised, bool? Followed = null, DeviationReason? Deviation = null);

/// <summary>A time back at work.</summary>
/// <param name="From">The first day at work.</param>
/// <param name="Until">The first day of absence again.</param>
public sealed record TimeAtWork(DateOnly From, DateOnly Until);

/// <summary>A wage sanction; both days inclusive.</summary>
public sealed record SanctionPeriod(DateOnly From, DateOnly To);

/// <summary>What happened to an absence, with the steps that the case hears of.</summary>
public abstract record AbsenceEvent(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : RecordEvent<Absence>(After)
{
    /// <summary>It was reported.</summary>
    public sealed record Reported(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>It belongs to a case from now on.</summary>
    public sealed record Linked(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The first day was corrected.</summary>
    public sealed record FirstSickDayCorrected(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>A step of the law was taken.</summary>
    public sealed record MilestoneReached(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The employer followed the advice, or did not.</summary>
    public sealed record AdviceAnswered(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The employee is back at work.</summary>
    public sealed record Recovered(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The employee is absent again.</summary>
    public sealed record Relapsed(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>UWV imposed a wage sanction.</summary>
    public sealed record Sanctioned(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The company physician advised.</summary>
    public sealed record Advised(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The company physician holds an open consultation hour, or does not.</summary>
    public sealed record OpenConsultationRecorded(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);

    /// <summary>The company physician spoke with a practitioner.</summary>
    public sealed record AlignmentHeld(Absence After, IReadOnlyList<AbsenceStepTaken> Steps) : AbsenceEvent(After, Steps);
}
