using System.Text.Json.Serialization;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>
/// What people agree to do in a plan. A closed sum type; the names of its JSON are fixed by <see cref="JsonDerivedTypeAttribute"/> and
/// never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WorkAction), "action")]
[JsonDerivedType(typeof(WorkGoal), "goal")]
[JsonDerivedType(typeof(WorkEvaluation), "evaluation")]
[JsonDerivedType(typeof(WorkAgreement), "agreement")]
[JsonDerivedType(typeof(WorkContactPoint), "contact-point")]
public abstract record WorkContent
{
    private protected WorkContent()
    {
    }
}

/// <summary>How far an action is.</summary>
public enum WorkStatus
{
    /// <summary>Agreed, not begun.</summary>
    Planned,

    /// <summary>Begun.</summary>
    Running,

    /// <summary>Done; a document or a note proves it.</summary>
    Done,

    /// <summary>It will not be done, with the reason.</summary>
    Cancelled,
}

/// <summary>Something that somebody does.</summary>
public sealed record WorkAction : WorkContent
{
    /// <summary>What, in plain words; at most 2000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Who: a party id, role or service.</summary>
    public required string Owner { get; init; }

    /// <summary>The last day, or null.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The need it is for; null = the whole case.</summary>
    public string? NeedId { get; init; }

    /// <summary>How far it is.</summary>
    public WorkStatus Status { get; init; }

    /// <summary>The document that proves that it is done, or null.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>What proves that it is done, or why it was cancelled; null when there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Whether somebody still has to do something.</summary>
    [JsonIgnore]
    public bool IsAlive => Status is WorkStatus.Planned or WorkStatus.Running;
}

/// <summary>What is to be reached for a need.</summary>
/// <param name="NeedId">The need.</param>
/// <param name="Text">What, in plain words.</param>
/// <param name="Target">The day on which it is to be reached, or null.</param>
/// <param name="DroppedBecause">Why it is a goal no longer; null while it is one.</param>
public sealed record WorkGoal(string NeedId, string Text, DateOnly? Target, string? DroppedBecause) : WorkContent;

/// <summary>How far a goal was reached.</summary>
public enum EvaluationResult
{
    /// <summary>Reached.</summary>
    Reached,

    /// <summary>Reached in part.</summary>
    Partly,

    /// <summary>Not reached.</summary>
    NotReached,
}

/// <summary>A look back at a goal.</summary>
/// <param name="GoalId">The goal: the id of its work item.</param>
/// <param name="On">On which day.</param>
/// <param name="Result">How far it was reached.</param>
/// <param name="Note">In plain words, or null.</param>
/// <param name="Next">The day of the next evaluation, or null.</param>
public sealed record WorkEvaluation(string GoalId, DateOnly On, EvaluationResult Result, string? Note, DateOnly? Next) : WorkContent;

/// <summary>One side of an agreement.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="PartyId">Who can be asked there.</param>
public sealed record AgreementSide(string Organisation, string PartyId);

/// <summary>What organisations have agreed with each other.</summary>
/// <param name="Sides">Who with whom; at least two.</param>
/// <param name="About">About what, in plain words.</param>
/// <param name="From">From which day it holds.</param>
/// <param name="To">Its last day; null = until further notice.</param>
public sealed record WorkAgreement(IReadOnlyList<AgreementSide> Sides, string About, DateOnly From, DateOnly? To) : WorkContent
{
    /// <inheritdoc/>
    public bool Equals(WorkAgreement? other) => other is not null && Sides.SequenceEqual(other.Sides) && (About, From, To) == (other.About, other.From, other.To);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(About, From, To, Sides.Count);
}

/// <summary>Where an organisation can be asked about something.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="PartyId">Who can be asked there.</param>
/// <param name="About">About what, in plain words.</param>
/// <param name="From">From which day, or null.</param>
/// <param name="To">The last day; null = until further notice.</param>
public sealed record WorkContactPoint(string Organisation, string PartyId, string About, DateOnly? From, DateOnly? To) : WorkContent;

/// <summary>One piece of work as it stands.</summary>
/// <param name="Id">Unique in the case: w1, w2 …</param>
/// <param name="Version">Counts its changes; whoever changes it tells which version was seen.</param>
/// <param name="Content">What it says.</param>
/// <param name="By">Who wrote it: a party id, role or service.</param>
/// <param name="At">When.</param>
public sealed record WorkItem(string Id, int Version, WorkContent Content, string By, DateTimeOffset At);
