namespace Samenhang.Messages.Employer;

/// <summary>
/// What the employer's side tells the casemanager of an absence. Nothing here says what somebody has: yes or no, days, and closed lists.
/// The personnel number stays with the employer.
/// </summary>
public sealed record EmployerAbsenceChanged
{
    /// <summary>The name that the employer's side has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>The absence, by the id that the employer's side gave it.</summary>
    public required string RecordId { get; init; }

    /// <summary>Counts its changes.</summary>
    public required long Version { get; init; }

    /// <summary>work.sickListed.</summary>
    public required bool SickListed { get; init; }

    /// <summary>work.firstSickDay: the day from which the terms count, later than the first day by the days of every interruption.</summary>
    public required DateOnly FirstSickDay { get; init; }

    /// <summary>work.arboReportedOn, or null.</summary>
    public DateOnly? ArboReportedOn { get; init; }

    /// <summary>work.planVanAanpakOn, or null.</summary>
    public DateOnly? PlanVanAanpakOn { get; init; }

    /// <summary>work.uwvReportedOn, or null.</summary>
    public DateOnly? UwvReportedOn { get; init; }

    /// <summary>work.bedrijfsartsEngaged, or null.</summary>
    public bool? BedrijfsartsEngaged { get; init; }

    /// <summary>work.openConsultation, or null.</summary>
    public bool? OpenConsultation { get; init; }

    /// <summary>work.adviceClass; null = no advice yet, empty = advised nothing.</summary>
    public IReadOnlyList<AdviceClass>? AdviceClasses { get; init; }

    /// <summary>work.adviceFollowed: null also when the newest advice was not answered yet.</summary>
    public bool? AdviceFollowed { get; init; }

    /// <summary>work.deviationReasoned, as <see cref="AdviceFollowed"/>.</summary>
    public bool? DeviationReasoned { get; init; }

    /// <summary>work.wageSanction, or null.</summary>
    public bool? WageSanction { get; init; }

    /// <summary>What happened now; when the absence is first told, all that happened before.</summary>
    public IReadOnlyList<AbsenceStepTaken> Steps { get; init; } = [];
}

/// <summary>A step in an absence with its day.</summary>
public sealed record AbsenceStepTaken(AbsenceStep Step, DateOnly Date);

/// <summary>What can happen in an absence; each is an event of the vocabulary.</summary>
public enum AbsenceStep
{
    /// <summary>The absence was reported, or began again.</summary>
    [Code("sickness-reported")]
    SicknessReported,

    /// <summary>The occupational service was told.</summary>
    [Code("arbo-informed")]
    ArboInformed,

    /// <summary>The company physician made the problem analysis.</summary>
    [Code("problem-analysis-made")]
    ProblemAnalysisMade,

    /// <summary>The plan van aanpak was made.</summary>
    [Code("plan-van-aanpak-made")]
    PlanVanAanpakMade,

    /// <summary>Employer and employee looked back on the plan.</summary>
    [Code("plan-evaluated")]
    PlanEvaluated,

    /// <summary>UWV was told.</summary>
    [Code("uwv-informed")]
    UwvInformed,

    /// <summary>The first year was evaluated.</summary>
    [Code("first-year-evaluated")]
    FirstYearEvaluated,

    /// <summary>The re-integration report was made.</summary>
    [Code("reintegration-report-made")]
    ReintegrationReportMade,

    /// <summary>The WIA was applied for.</summary>
    [Code("wia-applied")]
    WiaApplied,

    /// <summary>UWV imposed a wage sanction.</summary>
    [Code("wage-sanction")]
    WageSanction,

    /// <summary>Back at work.</summary>
    [Code("returned-to-work")]
    ReturnedToWork,

    /// <summary>The company physician gave advice.</summary>
    [Code("bedrijfsarts-advice")]
    BedrijfsartsAdvice,

    /// <summary>The company physician spoke with the GP.</summary>
    [Code("bedrijfsarts-gp-alignment")]
    AlignedWithGeneralPractitioner,

    /// <summary>The company physician spoke with another practitioner.</summary>
    [Code("bedrijfsarts-treater-contact")]
    AlignedWithPractitioner,
}
