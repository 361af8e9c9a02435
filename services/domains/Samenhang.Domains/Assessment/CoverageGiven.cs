using Samenhang.Language;

namespace Samenhang.Domains.Assessment;

/// <summary>What a domain told about a case: the record that it can be held to. The stream is that of the case in this domain.</summary>
public abstract record AssessmentEvent<TDomain>
    where TDomain : IDomain
{
    private AssessmentEvent()
    {
    }

    /// <summary>A question was answered.</summary>
    /// <param name="CasePseudonym">The name that this domain has for the case.</param>
    /// <param name="Round">The round of the question.</param>
    /// <param name="RulebookVersion">The rulebook that answered.</param>
    /// <param name="Rows">The answer.</param>
    /// <param name="Keeper">Whose case it was in the question (<see cref="IDomain.KeeperOf"/>); null = nobody's that is known.</param>
    public sealed record CoverageGiven(string CasePseudonym, int Round, string RulebookVersion, IReadOnlyList<Coverage> Rows, string? Keeper = null) : AssessmentEvent<TDomain>;
}

/// <summary>How far the questions of a case have come.</summary>
/// <param name="LastRound">The newest round that was answered; 0 = none.</param>
/// <param name="Keeper">Whose case it was in the newest question; null = nobody's that is known.</param>
public sealed record AssessmentState<TDomain>(int LastRound, string? Keeper = null)
    where TDomain : IDomain
{
#pragma warning disable CA1000 // A pure function of the closed type, given as a method group.
    /// <summary>The state after one more event.</summary>
    public static AssessmentState<TDomain> Evolve(AssessmentState<TDomain> state, AssessmentEvent<TDomain> happened) => happened switch
    {
        AssessmentEvent<TDomain>.CoverageGiven given => new AssessmentState<TDomain>(given.Round, given.Keeper),
        _ => throw new InvalidOperationException($"{happened?.GetType().Name} is no event of an assessment."),
    };
#pragma warning restore CA1000
}
