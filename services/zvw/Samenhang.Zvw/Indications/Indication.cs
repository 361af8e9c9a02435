using Samenhang.Domains.Records;
using Samenhang.Messages.Cases;

namespace Samenhang.Zvw.Indications;

/// <summary>A document on which a right rests: an indication, a declaration, a decision.</summary>
public sealed record Indication : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "indication";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    public string? OwnReference => null;

    /// <summary>One of <see cref="IndicationTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The day of issue.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Who made it, a party or a role; or null.</summary>
    public string? By { get; init; }

    /// <summary>What stands in it, by the names of codes.json.</summary>
    public IReadOnlyList<KnownFact> Fields { get; init; } = [];

    /// <summary>What it establishes about the client.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>The day it was taken back, or null.</summary>
    public DateOnly? WithdrawnOn { get; init; }
}

/// <summary>What happened to an indication.</summary>
public abstract record IndicationEvent(Indication After) : RecordEvent<Indication>(After)
{
    /// <summary>It was issued.</summary>
    public sealed record IndicationIssued(Indication After) : IndicationEvent(After);

    /// <summary>It was taken back.</summary>
    public sealed record IndicationWithdrawn(Indication After) : IndicationEvent(After);
}
