using Samenhang.Casemanager.Domain.Cases;

namespace Samenhang.Casemanager.Domain.HandOvers;

/// <summary>Something that became of hand-overs. Part of the log of a case.</summary>
public abstract record HandOverChange : CaseChange
{
    private protected HandOverChange()
    {
    }
}

/// <summary>Needs were offered to another.</summary>
/// <param name="Life">The hand-over with its first step.</param>
public sealed record HandOverOffered(HandOverLife Life) : HandOverChange;

/// <summary>A hand-over came further.</summary>
/// <param name="Id">The hand-over.</param>
/// <param name="Step">What became of it.</param>
/// <param name="Warmth">Data, continuity and talk as they are now.</param>
/// <param name="ToProvision">The receiver's provision from now on; null = as it was.</param>
public sealed record HandOverStepped(string Id, HandOverStep Step, HandOverWarmth Warmth, string? ToProvision = null) : HandOverChange;
