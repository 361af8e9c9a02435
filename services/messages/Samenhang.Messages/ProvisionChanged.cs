namespace Samenhang.Messages;

/// <summary>A provision was requested, granted, refused, started or stopped in insured care, the municipality or UWV.</summary>
public sealed record ProvisionChanged
{
    /// <summary>The service that keeps it.</summary>
    public required string Domain { get; init; }

    /// <summary>The name that this domain has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>The provision, by the id that the domain gave it.</summary>
    public required string ProvisionId { get; init; }

    /// <summary>Counts the changes of this provision.</summary>
    public required long Version { get; init; }

    /// <summary>The scheme, by its id.</summary>
    public required string Scheme { get; init; }

    /// <summary>A code of provisionStatus.</summary>
    public required string Status { get; init; }

    /// <summary>The needs that it serves.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>The party that delivers it, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The product or claim code, or null.</summary>
    public string? Product { get; init; }

    /// <summary>A code of the fact prov.refusalReason, or null.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>The day of the request, or null.</summary>
    public DateOnly? RequestedOn { get; init; }

    /// <summary>The day of the decision, or null.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>The first day, or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, or null.</summary>
    public DateOnly? To { get; init; }
}
