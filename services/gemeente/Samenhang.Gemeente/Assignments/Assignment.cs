namespace Samenhang.Gemeente.Assignments;

/// <summary>The newest version of an assignment (toewijzing).</summary>
public sealed record Assignment
{
    /// <summary>Its number, unique at the municipality.</summary>
    public required string Number { get; init; }

    /// <summary>The moment of this version, in the time of the Netherlands: the newest holds.</summary>
    public required DateTime AssignedAt { get; init; }

    /// <summary>The provider, by its AGB code.</summary>
    public required string Provider { get; init; }

    /// <summary>The product.</summary>
    public required Product Product { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, inclusive, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Why this version replaced an earlier one, or null.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>How much, or null.</summary>
    public Volume? Volume { get; init; }

    /// <summary>The reference of the provider's request that it answers, or null.</summary>
    public string? ProviderReference { get; init; }

    /// <summary>The application it carries out, or null.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The scheme; that of the application when it carries out one.</summary>
    public required string Scheme { get; init; }

    /// <summary>The needs it is for, by their id in the case; empty when it carries out an application.</summary>
    public required IReadOnlyList<string> NeedIds { get; init; }

    /// <summary>Whether this says the same.</summary>
    public bool IsSame(Assignment other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { NeedIds = other.NeedIds } == other && NeedIds.SequenceEqual(other.NeedIds);
    }

    /// <summary>Whether the two hold on a same day.</summary>
    public bool Overlaps(DateOnly from, DateOnly? to) => (To is null || from <= To) && (to is null || From <= to);
}

/// <summary>How much support.</summary>
/// <param name="Amount">How many.</param>
/// <param name="Unit">Of what, a code.</param>
/// <param name="Frequency">How often, a code.</param>
public sealed record Volume(long Amount, string Unit, string Frequency);

/// <summary>How far an assignment has come.</summary>
public enum AssignmentStatus
{
    /// <summary>No start was told.</summary>
    Assigned,

    /// <summary>A start was told.</summary>
    Started,

    /// <summary>A stop was told after it.</summary>
    Stopped,

    /// <summary>It counts as never sent.</summary>
    Withdrawn,
}
