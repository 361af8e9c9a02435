using System.Text.Json.Serialization;
using Samenhang.Domains.Records;

namespace Samenhang.Domains.Provisions;

/// <summary>A provision as its own domain keeps it.</summary>
public sealed record KeptProvision : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "provision";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <summary>The provision of the case that this is, by its id there; null when the domain was the first to tell of it.</summary>
    public string? CaseProvisionId { get; init; }

    /// <summary>Its id in the case.</summary>
    [JsonIgnore]
    public string IdInCase => CaseProvisionId ?? Id;

    /// <summary>The scheme, by its id.</summary>
    public required string Scheme { get; init; }

    /// <summary>How far it has come.</summary>
    public required ProvisionStatus Status { get; init; }

    /// <summary>The needs that it serves, by their id in the case.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <inheritdoc/>
    public string? OwnReference { get; init; }

    /// <summary>The party that delivers it, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The product or claim code, or null.</summary>
    public string? Product { get; init; }

    /// <summary>The day of the request.</summary>
    public required DateOnly RequestedOn { get; init; }

    /// <summary>The day of the decision, or null.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>A code of the fact prov.refusalReason; null when it was not refused.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>The first day, or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, inclusive, or null.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>The states that a domain itself brings a provision in; each is a code of provisionStatus.</summary>
public enum ProvisionStatus
{
    /// <summary>Asked, no decision yet.</summary>
    Requested,

    /// <summary>Decided positively, not started.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>In use.</summary>
    Running,

    /// <summary>Stopped.</summary>
    Ended,
}

/// <summary>What happened to a provision.</summary>
public abstract record ProvisionEvent<TDomain>(KeptProvision After) : RecordEvent<KeptProvision>(After)
    where TDomain : IDomain
{
    /// <summary>Somebody asked for it.</summary>
    public sealed record Requested(KeptProvision After) : ProvisionEvent<TDomain>(After);

    /// <summary>The domain said yes.</summary>
    public sealed record Granted(KeptProvision After) : ProvisionEvent<TDomain>(After);

    /// <summary>The domain said no, with a reason.</summary>
    public sealed record Refused(KeptProvision After) : ProvisionEvent<TDomain>(After);

    /// <summary>It began.</summary>
    public sealed record Started(KeptProvision After) : ProvisionEvent<TDomain>(After);

    /// <summary>It ended.</summary>
    public sealed record Stopped(KeptProvision After) : ProvisionEvent<TDomain>(After);
}
