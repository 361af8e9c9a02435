using Samenhang.Gemeente.Assignments;

namespace Samenhang.Gemeente.ProviderRequests;

/// <summary>A request of a provider for an assignment, or for a change of one.</summary>
public sealed record ProviderRequest
{
    /// <summary>The provider, by its AGB code.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's own reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The assignment that must change; null for a request for a new one.</summary>
    public string? Number { get; init; }

    /// <summary>The product.</summary>
    public required Product Product { get; init; }

    /// <summary>The first day that is asked for.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day that is asked for, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The scheme; null for a change.</summary>
    public string? Scheme { get; init; }

    /// <summary>The law of the scheme; null for a change.</summary>
    public string? Law { get; init; }

    /// <summary>The needs it is for, by their id in the case.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>The day it was written.</summary>
    public required DateOnly WrittenOn { get; init; }

    /// <summary>The day it came in.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The last answer that was given, or null.</summary>
    public GivenAnswer? Answer { get; init; }

    /// <summary>Whether this is the request that somebody makes again.</summary>
    public bool IsSame(ProviderRequest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { NeedIds = other.NeedIds, ReceivedOn = other.ReceivedOn, Answer = null } == other && NeedIds.SequenceEqual(other.NeedIds);
    }
}

/// <summary>What the municipality answered.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="On">The day.</param>
/// <param name="RefusalReason">A code of the fact prov.refusalReason; null when it was not rejected.</param>
/// <param name="ResidenceElsewhere">Whether another municipality is responsible for the client.</param>
public sealed record GivenAnswer(AnswerKind Kind, DateOnly On, string? RefusalReason = null, bool ResidenceElsewhere = false);

/// <summary>What a municipality answers.</summary>
public enum AnswerKind
{
    /// <summary>Accepted; an assignment follows.</summary>
    Accepted,

    /// <summary>Rejected.</summary>
    Rejected,

    /// <summary>Looked into; a final answer follows.</summary>
    InInvestigation,
}

/// <summary>A request that an assignment answered.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="On">The day of the assignment.</param>
public sealed record HonouredRequest(string Provider, string Reference, DateOnly On);
