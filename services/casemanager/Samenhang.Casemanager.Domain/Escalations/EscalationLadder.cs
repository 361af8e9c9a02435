using System.Collections.Immutable;

namespace Samenhang.Casemanager.Domain.Escalations;

/// <summary>One table that looked at the case.</summary>
/// <param name="Opened">How it began.</param>
/// <param name="Closed">How it ended; null = it still looks.</param>
public sealed record EscalationStep(EscalationOpened Opened, EscalationClosed? Closed);

/// <summary>
/// The tables to which the case was brought, the oldest first: 1 the waiting-time region, 2 the regional table for highly complex ggz,
/// 3 the boards of providers and insurers, 4 the minister (VWS-58; 003_d5088523c43e2035.txt 582-590). Immutable.
/// </summary>
public sealed class EscalationLadder
{
    /// <summary>The highest level.</summary>
    public const int Highest = 4;

    /// <summary>The highest level that exists already; those above it are proposed only.</summary>
    public const int HighestThatExists = 2;

    private EscalationLadder(ImmutableList<EscalationStep> steps) => Steps = steps;

    /// <summary>The case was never brought to a table.</summary>
    public static EscalationLadder Empty { get; } = new([]);

    /// <summary>The steps, the oldest first.</summary>
    public ImmutableList<EscalationStep> Steps { get; }

    /// <summary>The step that is open; null = none.</summary>
    public EscalationStep? Open => Steps is [.., { Closed: null } last] ? last : null;

    /// <summary>The ladder after one more change.</summary>
    public EscalationLadder After(EscalationChange change) => change switch
    {
        EscalationOpened opened => new(Steps.Add(new EscalationStep(opened, null))),
        EscalationClosed closed => new(Steps.SetItem(Steps.Count - 1, Steps[^1] with { Closed = closed })),
        _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of an escalation."),
    };
}
