namespace Samenhang.Gemeente.ProviderRequests;

/// <summary>A claim of a provider for what it delivered.</summary>
public sealed record Claim
{
    /// <summary>The provider, by its AGB code.</summary>
    public required string Provider { get; init; }

    /// <summary>Its identification, unique at the provider.</summary>
    public required string MessageId { get; init; }

    /// <summary>The day it came in.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The total, in eurocents.</summary>
    public required long AmountCents { get; init; }

    /// <summary>The day of the answer, or null.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>The total that was approved, in eurocents; null while there is no answer.</summary>
    public long? ApprovedCents { get; init; }
}
