using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Plans;

namespace Samenhang.Casemanager.Domain.Work;

/// <summary>What a person answered to a proposal.</summary>
/// <param name="ItemId">The action that it became; null when it was declined.</param>
/// <param name="Reason">Why it was declined; null when it was accepted.</param>
/// <param name="Lapsed">Whether the proposal was gone from a plan since: the answer was to that, not to one that comes back.</param>
public sealed record ProposalAnswer(string? ItemId, string? Reason, bool Lapsed);

/// <summary>How a proposed action stands.</summary>
public enum ProposalStatus
{
    /// <summary>Nobody has answered it.</summary>
    Open,

    /// <summary>Somebody made it an action of the work.</summary>
    Accepted,

    /// <summary>Somebody declined it, with a reason. It stays so as long as it is proposed without a break.</summary>
    Declined,

    /// <summary>A person has settled the finding from which it follows.</summary>
    Settled,
}

/// <summary>The work of a case and the answers to what was proposed. Immutable.</summary>
public sealed class WorkRegister
{
    private readonly ImmutableDictionary<string, WorkItem> items;
    private readonly ImmutableList<string> order;
    private readonly ImmutableSortedDictionary<string, ProposalAnswer> answers;

    private WorkRegister(ImmutableDictionary<string, WorkItem> items, ImmutableList<string> order, ImmutableSortedDictionary<string, ProposalAnswer> answers) =>
        (this.items, this.order, this.answers) = (items, order, answers);

    /// <summary>No work yet.</summary>
    public static WorkRegister Empty { get; } = new(
        ImmutableDictionary<string, WorkItem>.Empty, [], ImmutableSortedDictionary.Create<string, ProposalAnswer>(StringComparer.Ordinal));

    /// <summary>All pieces of work, in the order in which they were added.</summary>
    public IEnumerable<WorkItem> All => order.Select(id => items[id]);

    /// <summary>How many there are.</summary>
    public int Count => order.Count;

    /// <summary>The id that the next one gets.</summary>
    internal string NextId => $"w{order.Count + 1}";

    /// <summary>A piece of work; null when there is none with this id.</summary>
    public WorkItem? Find(string id) => items.GetValueOrDefault(id);

    /// <summary>How a proposed action stands, the action that it became, or why it was declined.</summary>
    public (ProposalStatus Status, string? ItemId, string? Reason) StatusOf(PlanAction action, FindingRegister findings)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(findings);
        var standing = action.Proposals.Select(proposal => AnswerTo(proposal.Key)).ToList();
        var open = action.Proposals.Where((proposal, i) => standing[i] is null && !IsSettled(proposal, findings)).Any();
        var accepted = standing.Find(answer => answer?.ItemId is not null);
        var declined = standing.Find(answer => answer?.Reason is not null);
        return open || action.Proposals.Count == 0 ? (ProposalStatus.Open, null, null)
            : accepted is not null ? (ProposalStatus.Accepted, accepted.ItemId, null)
            : declined is not null ? (ProposalStatus.Declined, null, declined.Reason)
            : (ProposalStatus.Settled, null, null);
    }

    /// <summary>The register after one more change.</summary>
    public WorkRegister After(WorkChange change) => change switch
    {
        WorkWritten w => new(
            items.SetItem(w.ItemId, new WorkItem(w.ItemId, w.ItemVersion, w.Content, w.By, w.At)),
            items.ContainsKey(w.ItemId) ? order : order.Add(w.ItemId),
            answers.SetItems(w.Accepts.Select(key => KeyValuePair.Create(key, new ProposalAnswer(w.ItemId, null, false))))),
        ProposalDeclined d => new(items, order, answers.SetItems(d.Proposals.Select(key => KeyValuePair.Create(key, new ProposalAnswer(null, d.Reason, false))))),
        ProposalsLapsed gone => new(items, order, answers.SetItems(gone.Proposals.Select(key => KeyValuePair.Create(key, answers[key] with { Lapsed = true })))),
        _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of the work."),
    };

    /// <summary>
    /// What a new plan makes of the answers: those to proposals that it no longer makes lapse. A plan that was made without the answer of
    /// a service ends nothing: what it misses may be what is not known.
    /// </summary>
    internal IEnumerable<WorkChange> MovesTo(Plan plan, DateTimeOffset at)
    {
        if (answers.IsEmpty || plan.Silent.Count > 0)
        {
            yield break;
        }

        var proposed = plan.Actions.SelectMany(action => action.Proposals).Select(proposal => proposal.Key).ToHashSet();
        var gone = answers.Where(answer => !answer.Value.Lapsed && !proposed.Contains(answer.Key)).Select(answer => answer.Key).ToList();
        if (gone.Count > 0)
        {
            yield return new ProposalsLapsed(gone, plan.Version, at);
        }
    }

    /// <summary>The answer that stands: given to what is proposed now, or an action that somebody is still at.</summary>
    private ProposalAnswer? AnswerTo(string key) =>
        answers.TryGetValue(key, out var answer) && (!answer.Lapsed || (answer.ItemId is { } id && Find(id)?.Content is WorkAction { IsAlive: true })) ? answer : null;

    private static bool IsSettled(Proposal proposal, FindingRegister findings) =>
        proposal.Finding is { } key && findings.Find(key)?.Status is FindingStatus.Resolved or FindingStatus.Overruled;
}
