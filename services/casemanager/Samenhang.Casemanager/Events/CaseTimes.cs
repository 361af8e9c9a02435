using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Events;

/// <summary>
/// Cases as they were when something happened, for one reader that goes forward through the feed. It keeps the cases that it met last, with
/// what it read of them and has not yet come to, so that a replay reads each change about once.
/// </summary>
internal sealed class CaseTimes(IEventStore store, EventCatalog catalog)
{
    private const int MostKept = 64;

    private readonly Dictionary<string, LinkedListNode<Kept>> byStream = [];
    private readonly LinkedList<Kept> byUse = new();

    /// <summary>The case before and after a change; null when it was erased since the change was read.</summary>
    public async Task<(CaseState Before, CaseChange Change, CaseState After)?> AroundAsync(RecordedEvent recorded, CancellationToken cancellationToken)
    {
        if (await UpToAsync(recorded.StreamId, recorded.StreamVersion - 1, cancellationToken) is not { } kept)
        {
            return null;
        }

        var before = kept.State;
        var change = (CaseChange)catalog.Read(recorded);
        var after = CaseState.Evolve(before, change);
        kept.Step(after);
        return (before, change, after);
    }

    /// <summary>The case as it stood at a position of the feed; nothing is kept. Of one that was erased nothing stood ever.</summary>
    public async Task<CaseState> AtAsync(string streamId, long position, CancellationToken cancellationToken)
    {
        var recorded = await store.LoadAsync(streamId, cancellationToken);
        return recorded.Any(one => one.IsErased)
            ? CaseState.None
            : CaseState.From(recorded.TakeWhile(one => one.Position <= position).Select(one => (CaseChange)catalog.Read(one)));
    }

    private async Task<Kept?> UpToAsync(string streamId, long version, CancellationToken cancellationToken)
    {
        var kept = byStream.TryGetValue(streamId, out var node) && node.Value.State.Version <= version ? node.Value : new Kept(streamId);
        while (kept.State.Version < version)
        {
            if (kept.Ahead.Count == 0)
            {
                foreach (var later in await store.LoadAsync(streamId, kept.State.Version, cancellationToken))
                {
                    if (later.IsErased)
                    {
                        Forget(node);
                        return null;
                    }

                    kept.Ahead.Enqueue(later);
                }
            }

            kept.Step(CaseState.Evolve(kept.State, (CaseChange)catalog.Read(kept.Ahead.Peek())));
        }

        Keep(kept, node);
        return kept;
    }

    private void Forget(LinkedListNode<Kept>? node)
    {
        if (node is not null)
        {
            byStream.Remove(node.Value.StreamId);
            byUse.Remove(node);
        }
    }

    private void Keep(Kept kept, LinkedListNode<Kept>? node)
    {
        if (node is not null)
        {
            byUse.Remove(node);
        }

        byStream[kept.StreamId] = byUse.AddFirst(kept);
        if (byUse.Count > MostKept)
        {
            byStream.Remove(byUse.Last!.Value.StreamId);
            byUse.RemoveLast();
        }
    }

    private sealed class Kept(string streamId)
    {
        public string StreamId { get; } = streamId;

        public CaseState State { get; private set; } = CaseState.None;

        /// <summary>What was read and comes after the state.</summary>
        public Queue<RecordedEvent> Ahead { get; } = new();

        public void Step(CaseState next)
        {
            State = next;
            while (Ahead.TryPeek(out var read) && read.StreamVersion <= next.Version)
            {
                Ahead.Dequeue();
            }
        }
    }
}
