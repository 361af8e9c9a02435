using System.Collections.Immutable;

namespace Samenhang.Casemanager.Domain.Findings;

/// <summary>A finding of a case: the flag, and the item on which it is raised (all null = the case itself).</summary>
public sealed record FindingKey(string FlagId, string? NeedId, string? ProvisionId, string? PartyId);

/// <summary>How far a finding has come.</summary>
public enum FindingStatus
{
    /// <summary>Its condition is true and nobody took it up.</summary>
    Open,

    /// <summary>Somebody has taken notice and works on it.</summary>
    Acknowledged,

    /// <summary>Somebody proved with a document that it is dealt with; its condition may still be true.</summary>
    Resolved,

    /// <summary>Somebody decided, with a reason, that it does not matter here; its condition may still be true.</summary>
    Overruled,

    /// <summary>Its condition is no longer true.</summary>
    Closed,
}

/// <summary>One step in the life of a finding.</summary>
/// <param name="Status">What it became.</param>
/// <param name="At">When.</param>
/// <param name="By">Who: a party id, role or service; the casemanager service where a plan did it.</param>
/// <param name="Reason">Why, in the words of the person, or null.</param>
/// <param name="EvidenceType">The type of the document that proves it, or null.</param>
/// <param name="PlanVersion">The newest plan at that moment.</param>
public sealed record FindingStep(FindingStatus Status, DateTimeOffset At, string By, string? Reason, string? EvidenceType, int PlanVersion);

/// <summary>A finding with everything that became of it.</summary>
public sealed record FindingLife(FindingKey Key, ImmutableList<FindingStep> Steps)
{
    /// <summary>How far it has come.</summary>
    public FindingStatus Status => Steps[^1].Status;

    /// <summary>How far it had come while a version of the plan was the newest; null when it was not raised by then.</summary>
    public FindingStatus? StatusUnder(int planVersion) => Steps.LastOrDefault(step => step.PlanVersion <= planVersion)?.Status;

    /// <summary>Whether it asks attention.</summary>
    public bool AsksAttention => Status is FindingStatus.Open or FindingStatus.Acknowledged;

    /// <summary>How often it came back after it was closed, or was taken up again after a person had settled it.</summary>
    public int Reopened => Steps.Count(step => step.Status == FindingStatus.Open) - 1;
}
