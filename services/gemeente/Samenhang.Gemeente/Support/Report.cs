namespace Samenhang.Gemeente.Support;

/// <summary>A report of a need for support (melding) with its investigation (onderzoek).</summary>
public sealed record Report
{
    /// <summary>Its number at the municipality.</summary>
    public required string Id { get; init; }

    /// <summary>The day it came in.</summary>
    public required DateOnly ReportedOn { get; init; }

    /// <summary>The investigation; null while it has not begun.</summary>
    public Investigation? Investigation { get; init; }
}

/// <summary>What a municipality looks into after a report.</summary>
/// <param name="StartedOn">The first day.</param>
/// <param name="ConcludedOn">The last day; null while it runs.</param>
/// <param name="Result">What it led to; null while it runs.</param>
public sealed record Investigation(DateOnly StartedOn, DateOnly? ConcludedOn = null, InvestigationResult? Result = null);

/// <summary>What an investigation led to.</summary>
public enum InvestigationResult
{
    /// <summary>The client, with family and friends, can manage.</summary>
    OwnStrength,

    /// <summary>A general facility is enough.</summary>
    GeneralFacility,

    /// <summary>An individual provision is needed.</summary>
    IndividualProvision,

    /// <summary>Another law goes first.</summary>
    OtherLaw,

    /// <summary>The client does not want to go on.</summary>
    ClientWithdrew,
}
