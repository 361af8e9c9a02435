using Samenhang.Language;

namespace Samenhang.Messages.Employer;

/// <summary>
/// Asks the employer's side what it carries. Only what an employer may know has a field here (AP, Beleidsregels "De zieke
/// werknemer"): no bag of facts, no free text, closed lists for every code. A test compares each field with the allow-list.
/// </summary>
public sealed record AskEmployerCoverage
{
    /// <summary>The name that the employer's side has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>Counts the rounds of the case; the answer repeats it.</summary>
    public required int Round { get; init; }

    /// <summary>The day for which the answer must hold.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The documents whose rules count.</summary>
    public required IReadOnlyList<string> Rulebooks { get; init; }

    /// <summary>The municipality, or the region, whose own policy holds, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The proposals that the region has switched on.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The work facts.</summary>
    public required WorkFacts Work { get; init; }

    /// <summary>The needs that an employer may see.</summary>
    public IReadOnlyList<EmployerNeed> Needs { get; init; } = [];

    /// <summary>The employer's own tracks and facilities.</summary>
    public IReadOnlyList<EmployerTrack> Tracks { get; init; } = [];

    /// <summary>The steps that were taken.</summary>
    public IReadOnlyList<StepTaken> Steps { get; init; } = [];

    /// <summary>Who takes part on the employer's side.</summary>
    public IReadOnlyList<EmployerRole> Roles { get; init; } = [];

    /// <summary>What the answer of another points to, of the employer's own schemes.</summary>
    public IReadOnlyList<SuggestedTrack> Suggested { get; init; } = [];

    /// <summary>The lists above that may miss items, by the names of codes.json, openLists.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];
}

/// <summary>What an employer may know of an absence. Null is unknown.</summary>
public sealed record WorkFacts
{
    /// <summary>work.status.</summary>
    public WorkStatus? Status { get; init; }

    /// <summary>work.sickListed.</summary>
    public bool? SickListed { get; init; }

    /// <summary>work.firstSickDay.</summary>
    public DateOnly? FirstSickDay { get; init; }

    /// <summary>work.sickWeek.</summary>
    public int? SickWeek { get; init; }

    /// <summary>work.arboReportedOn.</summary>
    public DateOnly? ArboReportedOn { get; init; }

    /// <summary>work.planVanAanpakOn.</summary>
    public DateOnly? PlanVanAanpakOn { get; init; }

    /// <summary>work.uwvReportedOn.</summary>
    public DateOnly? UwvReportedOn { get; init; }

    /// <summary>work.wageSanction.</summary>
    public bool? WageSanction { get; init; }

    /// <summary>work.reintegrationEffortSufficient.</summary>
    public bool? ReintegrationEffortSufficient { get; init; }

    /// <summary>work.bedrijfsartsEngaged.</summary>
    public bool? BedrijfsartsEngaged { get; init; }

    /// <summary>work.openConsultation.</summary>
    public bool? OpenConsultation { get; init; }

    /// <summary>work.adviceClass; null = unknown, empty = no advice.</summary>
    public IReadOnlyList<AdviceClass>? AdviceClasses { get; init; }

    /// <summary>work.adviceFollowed.</summary>
    public bool? AdviceFollowed { get; init; }

    /// <summary>work.deviationReasoned.</summary>
    public bool? DeviationReasoned { get; init; }

    /// <summary>work.employerWillingToPay.</summary>
    public bool? EmployerWillingToPay { get; init; }

    /// <summary>work.adaptedWorkOffered.</summary>
    public bool? AdaptedWorkOffered { get; init; }

    /// <summary>work.adaptedWorkWithinAbility.</summary>
    public bool? AdaptedWorkWithinAbility { get; init; }

    /// <summary>work.adaptedWorkAccepted.</summary>
    public bool? AdaptedWorkAccepted { get; init; }

    /// <summary>Whether work.functionalLimitations is known and holds something; what, stays with the company physician.</summary>
    public bool? LimitationsAdvised { get; init; }

    /// <summary>Whether work.adaptedWorkAdvice is known; its text stays with the company physician.</summary>
    public bool? AdaptedWorkAdvised { get; init; }

    /// <summary>work.noRiskEligible.</summary>
    public bool? NoRiskEligible { get; init; }

    /// <summary>work.therapeuticBasis.</summary>
    public bool? TherapeuticBasis { get; init; }

    /// <summary>benefit.wiaResponsible: true when the employer carries that risk itself.</summary>
    public bool? EmployerCarriesWiaRisk { get; init; }
}

/// <summary>A need as an employer may see it.</summary>
public sealed record EmployerNeed(string NeedId, NeedWord Word, InsuranceTitle? InsuranceTitle);

/// <summary>A track or facility of the employer, as the case knows it.</summary>
public sealed record EmployerTrack(
    string ProvisionId, EmployerScheme Scheme, TrackStatus Status, IReadOnlyList<string> NeedIds, DateOnly? RequestedOn, DateOnly? From, DateOnly? To);

/// <summary>Something of the employer that an answer points to for a need.</summary>
public sealed record SuggestedTrack(string NeedId, EmployerScheme Scheme);

/// <summary>A step of the Wet verbetering poortwachter with its day.</summary>
public sealed record StepTaken(WvpStep Step, DateOnly Date);

/// <summary>What the employer's side answered.</summary>
/// <param name="CasePseudonym">The name that the employer's side has for the case.</param>
/// <param name="Round">The round that was asked.</param>
/// <param name="RulebookVersion">The rulebook that answered.</param>
/// <param name="Rows">One for each need and scheme it knows, made from the employer's rulebook and the question alone.</param>
public sealed record EmployerCoverageAnswered(string CasePseudonym, int Round, string RulebookVersion, IReadOnlyList<Coverage> Rows);

/// <summary>A track or facility was requested, granted, refused, started or stopped by the employer.</summary>
public sealed record EmployerProvisionChanged
{
    /// <summary>The name that the employer's side has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>The track or facility, by the id that the employer's side gave it.</summary>
    public required string RecordId { get; init; }

    /// <summary>The track or facility, by its id in the case.</summary>
    public required string ProvisionId { get; init; }

    /// <summary>Counts its changes.</summary>
    public required long Version { get; init; }

    /// <summary>What it is.</summary>
    public required EmployerScheme Scheme { get; init; }

    /// <summary>How far it has come.</summary>
    public required TrackStatus Status { get; init; }

    /// <summary>The needs that it serves.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>Why it was refused, or null.</summary>
    public RefusalReason? RefusalReason { get; init; }

    /// <summary>The day of the request, or null.</summary>
    public DateOnly? RequestedOn { get; init; }

    /// <summary>The day of the decision, or null.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>The first day, or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, or null.</summary>
    public DateOnly? To { get; init; }
}
