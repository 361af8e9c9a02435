namespace Samenhang.Gemeente.Assignments;

/// <summary>A message that the municipality sends to a provider.</summary>
public sealed record SentMessage
{
    /// <summary>Its identification, unique at the municipality.</summary>
    public required string Id { get; init; }

    /// <summary>The day it could go: the day it was written, or the day a safety block was lifted.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Whether it may not go now (OP003).</summary>
    public bool Held { get; init; }
}

/// <summary>The answer of a provider that a message came in, and what was wrong with it.</summary>
public sealed record ReturnMessage
{
    /// <summary>The message that it returns.</summary>
    public required string MessageId { get; init; }

    /// <summary>The day it came in.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>What was wrong; empty when all was approved.</summary>
    public required IReadOnlyList<string> Codes { get; init; }
}
