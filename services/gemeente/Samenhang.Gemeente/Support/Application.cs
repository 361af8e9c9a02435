using Samenhang.Gemeente.Assignments;

namespace Samenhang.Gemeente.Support;

/// <summary>An application for a provision (aanvraag).</summary>
public sealed record Application
{
    /// <summary>Its number at the municipality.</summary>
    public required string Id { get; init; }

    /// <summary>The report it follows, or null.</summary>
    public string? ReportId { get; init; }

    /// <summary>The scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>The law of the scheme.</summary>
    public required string Law { get; init; }

    /// <summary>Whether the scheme gives a right (aanspraak); else a provision (voorziening).</summary>
    public bool IsRight { get; init; }

    /// <summary>The needs it is for, by their id in the case.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>The provision of the case that it is; null when the case had none before.</summary>
    public string? CaseProvisionId { get; init; }

    /// <summary>The day it was made.</summary>
    public required DateOnly AppliedOn { get; init; }

    /// <summary>The day it was withdrawn, or null.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>The decision; null while there is none.</summary>
    public Decision? Decision { get; init; }

    /// <summary>When the term of the decision stood still, in order.</summary>
    public IReadOnlyList<Standstill> Standstills { get; init; } = [];

    /// <summary>Whether this is the application that somebody makes again.</summary>
    public bool IsSame(Application other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { NeedIds = other.NeedIds, WithdrawnOn = null, Decision = null, Standstills = other.Standstills } == other && NeedIds.SequenceEqual(other.NeedIds);
    }
}

/// <summary>Days on which the term of a decision stands still (Awb 4:15).</summary>
/// <param name="From">The first day that does not count.</param>
/// <param name="To">The last day that does not count; null = until it is resumed.</param>
/// <param name="By">Who stopped it, a name in the municipality's own system.</param>
/// <param name="Reason">Why.</param>
public sealed record Standstill(DateOnly From, DateOnly? To, string By, StandstillReason Reason);

/// <summary>Why a term stands still: the cases of Awb 4:15.</summary>
public enum StandstillReason
{
    /// <summary>The applicant was asked to complete the application (paragraph 1, a).</summary>
    IncompleteApplication,

    /// <summary>Information was asked from an authority abroad (paragraph 1, b).</summary>
    InformationFromAbroad,

    /// <summary>The applicant agreed in writing (paragraph 2, a).</summary>
    ApplicantAgreed,

    /// <summary>The delay is the applicant's (paragraph 2, b).</summary>
    DelayOfApplicant,

    /// <summary>Force majeure (paragraph 2, c).</summary>
    ForceMajeure,
}

/// <summary>What the municipality decided on an application (beschikking).</summary>
public sealed record Decision
{
    /// <summary>Granted or refused.</summary>
    public required bool Granted { get; init; }

    /// <summary>The day of the decision.</summary>
    public required DateOnly On { get; init; }

    /// <summary>A code of the fact prov.refusalReason; null when it was granted.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>In kind or as a budget; null when it was refused.</summary>
    public DeliveryForm? Form { get; init; }

    /// <summary>The product; null when it was refused.</summary>
    public Product? Product { get; init; }

    /// <summary>The first day; null when it was refused.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, inclusive, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The day on which it was decided that it ends earlier, or null.</summary>
    public DateOnly? EndDecidedOn { get; init; }

    /// <summary>Whether the two are in force on a same day.</summary>
    public bool Overlaps(DateOnly from, DateOnly? to) => Granted && (To is null || from <= To) && (to is null || From <= to);
}

/// <summary>How a provision is delivered.</summary>
public enum DeliveryForm
{
    /// <summary>In kind (zorg in natura, ZIN).</summary>
    InKind,

    /// <summary>As a personal budget (pgb).</summary>
    Budget,
}
