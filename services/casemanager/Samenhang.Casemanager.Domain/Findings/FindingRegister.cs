using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Plans;

namespace Samenhang.Casemanager.Domain.Findings;

/// <summary>The lives of all findings of a case, in the order in which they were raised first. Immutable.</summary>
public sealed class FindingRegister
{
    private readonly ImmutableDictionary<FindingKey, FindingLife> lives;
    private readonly ImmutableList<FindingKey> order;

    private FindingRegister(ImmutableDictionary<FindingKey, FindingLife> lives, ImmutableList<FindingKey> order) => (this.lives, this.order) = (lives, order);

    /// <summary>No finding yet.</summary>
    public static FindingRegister Empty { get; } = new(ImmutableDictionary<FindingKey, FindingLife>.Empty, []);

    /// <summary>All, also those that are closed.</summary>
    public IEnumerable<FindingLife> All => order.Select(key => lives[key]);

    /// <summary>The life of a finding; null when it was never raised.</summary>
    public FindingLife? Find(FindingKey key) => lives.GetValueOrDefault(key);

    /// <summary>The register after one more change.</summary>
    public FindingRegister After(FindingChange change) => change switch
    {
        FindingsRaised raised => raised.Keys.Aggregate(this, (register, key) =>
            register.With(key, new FindingStep(FindingStatus.Open, raised.At, Services.Casemanager, null, null, raised.PlanVersion))),
        FindingsClosed closed => closed.Keys.Aggregate(this, (register, key) =>
            register.With(key, new FindingStep(FindingStatus.Closed, closed.At, Services.Casemanager, null, null, closed.PlanVersion))),
        FindingTreated treated => With(treated.Key, treated.Step),
        _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a finding."),
    };

    /// <summary>
    /// What a new plan makes of the findings: those that it has and that stood nowhere or were closed are raised; those that it no longer
    /// has are closed. A plan that was made without the answer of a service closes nothing: what it misses may be what is not known.
    /// </summary>
    internal IEnumerable<FindingChange> MovesTo(Plan plan, DateTimeOffset at)
    {
        var now = plan.Findings.Select(KeyOf).ToHashSet();
        var raised = plan.Findings.Select(KeyOf).Where(key => Find(key) is null or { Status: FindingStatus.Closed }).ToList();
        if (raised.Count > 0)
        {
            yield return new FindingsRaised(raised, plan.Version, at);
        }

        var closed = plan.Silent.Count > 0 ? [] : order.Where(key => lives[key].Status != FindingStatus.Closed && !now.Contains(key)).ToList();
        if (closed.Count > 0)
        {
            yield return new FindingsClosed(closed, plan.Version, at);
        }
    }

    /// <summary>The key of a finding in a plan.</summary>
    public static FindingKey KeyOf(PlanFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new FindingKey(finding.FlagId, finding.NeedId, finding.ProvisionId, finding.PartyId);
    }

    private FindingRegister With(FindingKey key, FindingStep step) => lives.TryGetValue(key, out var life)
        ? new(lives.SetItem(key, life with { Steps = life.Steps.Add(step) }), order)
        : new(lives.Add(key, new FindingLife(key, [step])), order.Add(key));
}
