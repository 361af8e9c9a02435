namespace Samenhang.Gemeente.Assignments;

/// <summary>
/// What a provider last told of one start or stop: the assignment and the day say which one. A later message about the same one takes its
/// place, whatever the order in which the two arrive; one that was taken back stays as such, so that its own message may still come.
/// </summary>
public sealed record Delivery
{
    /// <summary>A start or a stop.</summary>
    public required DeliveryKind Kind { get; init; }

    /// <summary>The assignment.</summary>
    public required string Number { get; init; }

    /// <summary>The first day, of a start; the last day, of a stop.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The provider, by its AGB code.</summary>
    public required string Provider { get; init; }

    /// <summary>Why it stopped, a code; null for a start.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it was taken back.</summary>
    public required bool Removed { get; init; }

    /// <summary>The moment the message was written.</summary>
    public required DateTime WrittenAt { get; init; }

    /// <summary>The message.</summary>
    public required string MessageId { get; init; }
}

/// <summary>What is told of a delivery.</summary>
public enum DeliveryKind
{
    /// <summary>It began.</summary>
    Start,

    /// <summary>It ended.</summary>
    Stop,
}
