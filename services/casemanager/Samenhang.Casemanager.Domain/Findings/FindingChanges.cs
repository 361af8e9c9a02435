using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.Findings;

/// <summary>Something that became of findings. Part of the log of a case.</summary>
public abstract record FindingChange : CaseChange
{
    private protected FindingChange()
    {
    }
}

/// <summary>A plan has findings that the plan before did not have; one that was closed earlier goes on with its history.</summary>
public sealed record FindingsRaised(IReadOnlyList<FindingKey> Keys, int PlanVersion, DateTimeOffset At) : FindingChange;

/// <summary>The condition of these findings is no longer true.</summary>
public sealed record FindingsClosed(IReadOnlyList<FindingKey> Keys, int PlanVersion, DateTimeOffset At) : FindingChange;

/// <summary>A person did something about a finding.</summary>
/// <param name="Key">The finding.</param>
/// <param name="Step">What became of it.</param>
public sealed record FindingTreated(FindingKey Key, FindingStep Step) : FindingChange;
