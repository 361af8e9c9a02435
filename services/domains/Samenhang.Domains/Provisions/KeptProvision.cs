namespace Samenhang.Domains.Provisions;

/// <summary>A provision as its own domain keeps it.</summary>
public sealed record KeptProvision
{
    /// <summary>The id that the domain gave it, a UUIDv7.</summary>
    public required string Id { get; init; }

    /// <summary>The name that this domain has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>The scheme, by its id.</summary>
    public required string Scheme { get; init; }

    /// <summary>How far it has come.</summary>
    public required ProvisionStatus Status { get; init; }

    /// <summary>The needs that it serves, by their id in the case.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>The domain's own name for the person: at an employer the personnel number; null elsewhere.</summary>
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

/// <summary>What happened to a provision. Each carries the provision as it is after it, so that a message can be made of it alone.</summary>
public abstract record ProvisionEvent<TDomain>(KeptProvision After)
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

/// <summary>The state of one provision's stream; nothing before the request.</summary>
public sealed record ProvisionState<TDomain>(KeptProvision? Current)
    where TDomain : IDomain
{
    /// <summary>The state after one more event.</summary>
    #pragma warning disable CA1000 // A pure function of the closed type, given as a method group.
    public static ProvisionState<TDomain> Evolve(ProvisionState<TDomain> state, ProvisionEvent<TDomain> happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return new ProvisionState<TDomain>(happened.After);
    }
#pragma warning restore CA1000
}
