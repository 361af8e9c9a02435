using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Plans;

namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>One step in the life of a hand-over.</summary>
/// <param name="Status">What it became.</param>
/// <param name="On">The day on which it happened.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who said so: a party id, role or service.</param>
/// <param name="Reason">Why it was refused, a code of prov.refusalReason; null at other steps.</param>
/// <param name="Text">What was said: the question, the answer, the reason in words; or null.</param>
public sealed record HandOverStep(HandOverStatus Status, DateOnly On, DateTimeOffset At, string By, string? Reason, string? Text);

/// <summary>
/// What makes a hand-over warm: more than data alone (VWS-46). Data go only with consent; without consent the hand-over still goes on.
/// </summary>
/// <param name="Shared">The categories of data that were shared, codes of the vocabulary's consent categories.</param>
/// <param name="ContinuityContact">Whom the client calls until the receiver has started: a party id, role or service; null = nobody named.</param>
/// <param name="TalkedOn">The day on which sender and receiver spoke about the client together; null = they did not.</param>
public sealed record HandOverWarmth(IReadOnlyList<string> Shared, string? ContinuityContact, DateOnly? TalkedOn)
{
    /// <summary>Whether the continuity of the care is assured: somebody answers in between, and the two spoke.</summary>
    public bool IsWarm => ContinuityContact is not null && TalkedOn is not null;
}

/// <summary>A hand-over of needs from one to another, with everything that became of it.</summary>
public sealed record HandOverLife
{
    /// <summary>Unique in the case: h1, h2 …</summary>
    public required string Id { get; init; }

    /// <summary>Who hands over: a party id, role or service.</summary>
    public required string From { get; init; }

    /// <summary>Who receives: a party id, role or service.</summary>
    public required string To { get; init; }

    /// <summary>What is handed over.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>The scheme under which the receiver would work, or null.</summary>
    public string? Scheme { get; init; }

    /// <summary>The sender's provision, or null when it works under none that the case has.</summary>
    public string? FromProvision { get; init; }

    /// <summary>The receiver's provision, or null when the hand-over leads to none.</summary>
    public string? ToProvision { get; init; }

    /// <summary>Whether somebody who treats sends the client back to the GP (GB-54): the GP must take notice.</summary>
    public bool IsBackReferral { get; init; }

    /// <summary>Data, continuity and talk.</summary>
    public required HandOverWarmth Warmth { get; init; }

    /// <summary>The steps, the oldest first.</summary>
    public required ImmutableList<HandOverStep> Steps { get; init; }

    /// <summary>How far it is.</summary>
    public HandOverStatus Status => Steps[^1].Status;

    /// <summary>Whether the receiver carries the needs.</summary>
    public bool IsReceived => Status is HandOverStatus.Accepted or HandOverStatus.Started or HandOverStatus.Completed;

    /// <summary>Whether it goes on: nobody has refused, declined or withdrawn it, and it is not completed.</summary>
    public bool IsOpen => Status is HandOverStatus.Offered or HandOverStatus.InformationAsked or HandOverStatus.Accepted or HandOverStatus.Started;
}
