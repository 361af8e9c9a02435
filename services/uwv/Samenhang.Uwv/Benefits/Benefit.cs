using System.Text.Json.Serialization;
using Samenhang.Domains.Records;

namespace Samenhang.Uwv.Benefits;

/// <summary>A benefit as UWV keeps it.</summary>
public sealed record Benefit : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "benefit";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string? OwnReference => null;

    /// <summary>The law.</summary>
    public required BenefitLaw Law { get; init; }

    /// <summary>How far it has come.</summary>
    public required BenefitStatus Status { get; init; }

    /// <summary>The day of the application.</summary>
    public required DateOnly AppliedOn { get; init; }

    /// <summary>The needs that it serves, by their id in the case.</summary>
    public IReadOnlyList<string> NeedIds { get; init; } = [];

    /// <summary>The day of the decision, or null.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>The first day, or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, inclusive, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The incapacity as decided, or null.</summary>
    public decimal? IncapacityPercent { get; init; }

    /// <summary>Whether the incapacity was full by the law of the day of the decision.</summary>
    public bool IsFull { get; init; }

    /// <summary>Whether the incapacity is for good, as decided, or null.</summary>
    public Permanence? Permanence { get; init; }

    /// <summary>A code of prov.refusalReason, or null.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>True when another benefit of UWV ran when this one ended: then that one says what the client lives on.</summary>
    public bool AnotherRuns { get; init; }

    /// <summary>The code of benefit.type that it is, once granted.</summary>
    [JsonIgnore]
    public string Type => Law switch
    {
        BenefitLaw.Zw => "ZW",
        BenefitLaw.Wia => IsFull && Permanence != Benefits.Permanence.Permanent ? "WGA-80-100" : "WIA",
        BenefitLaw.Wao => "WAO",
        BenefitLaw.Waz => "WAZ",
        BenefitLaw.Wajong => "Wajong",
        BenefitLaw.Ww => "WW",
    };

    /// <summary>The scheme of the case that it is; null for the WAO and WAZ, which have none of their own.</summary>
    [JsonIgnore]
    public string? Scheme => Law switch
    {
        BenefitLaw.Zw => "zw-benefit",
        BenefitLaw.Wia => "wia-benefit",
        BenefitLaw.Wajong => "wajong-pre2015",
        BenefitLaw.Ww => "ww-benefit",
        BenefitLaw.Wao or BenefitLaw.Waz => null,
    };
}

/// <summary>The law of a benefit.</summary>
public enum BenefitLaw
{
    /// <summary>Ziektewet.</summary>
    Zw,

    /// <summary>WIA: WGA or IVA.</summary>
    Wia,

    /// <summary>WAO.</summary>
    Wao,

    /// <summary>WAZ.</summary>
    Waz,

    /// <summary>Wajong.</summary>
    Wajong,

    /// <summary>WW.</summary>
    Ww,
}

/// <summary>How far a benefit has come.</summary>
public enum BenefitStatus
{
    /// <summary>Asked, no decision yet.</summary>
    Applied,

    /// <summary>Granted.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Ended.</summary>
    Ended,
}

/// <summary>Whether an incapacity is for good.</summary>
public enum Permanence
{
    /// <summary>For good.</summary>
    Permanent,

    /// <summary>It can get better.</summary>
    NotPermanent,

    /// <summary>It cannot be said.</summary>
    Uncertain,
}

/// <summary>What happened to a benefit.</summary>
public abstract record BenefitEvent(Benefit After) : RecordEvent<Benefit>(After)
{
    /// <summary>It was applied for.</summary>
    public sealed record Applied(Benefit After) : BenefitEvent(After);

    /// <summary>UWV said yes.</summary>
    public sealed record Granted(Benefit After) : BenefitEvent(After);

    /// <summary>UWV said no.</summary>
    public sealed record Refused(Benefit After) : BenefitEvent(After);

    /// <summary>It ended.</summary>
    public sealed record Ended(Benefit After) : BenefitEvent(After);
}
