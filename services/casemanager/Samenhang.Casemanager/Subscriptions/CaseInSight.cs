using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>
/// A case after each of its changes, and which subscriptions had it in sight then. What was worked out is kept: many subscriptions are of one
/// subscriber, and many questions about one change.
/// </summary>
internal sealed class CaseInSight
{
    private readonly PublicSight sight;
    private readonly IReadOnlyList<RecordedEvent> recorded;
    private readonly List<CaseState> states = [];
    private readonly Dictionary<(Subscriber Subscriber, bool OnConsent), int[]> ownBefore = [];
    private readonly Dictionary<(Audience Audience, int Index), Predicate<string>> factsSeen = [];

    /// <summary>Plays the log of a case.</summary>
    /// <param name="sight">Decides whose own a case is.</param>
    /// <param name="log">Each change with its place in the feed.</param>
    public CaseInSight(PublicSight sight, IReadOnlyList<(RecordedEvent Recorded, CaseChange Change)> log)
    {
        this.sight = sight;
        recorded = [.. log.Select(one => one.Recorded)];
        foreach (var (_, change) in log)
        {
            states.Add(CaseState.Evolve(states.Count == 0 ? CaseState.None : states[^1], change));
        }
    }

    /// <summary>How many changes there are.</summary>
    public int Count => states.Count;

    /// <summary>The change with which a subscription begins: as the case stood when it was made, because a snapshot begins with that.</summary>
    public int BeginOf(Listener listener) => Math.Max(0, recorded.Count(one => one.Position <= listener.MadeAt) - 1);

    /// <summary>Whether a subscription was made before a change.</summary>
    public bool Hears(Listener listener, int index) => recorded[index].Position > listener.MadeAt;

    /// <summary>When a change happened.</summary>
    public DateTimeOffset At(int index) => recorded[index].OccurredOn;

    /// <summary>Whether the case was a subscriber's own after a change.</summary>
    public bool IsOwn(Listener listener, int index) => WasOwn(listener, index, index + 1);

    /// <summary>Whether the case was a subscriber's own after a change from the first up to, and not with, the end.</summary>
    public bool WasOwn(Listener listener, int first, int end) => first < end && OwnBefore(listener) is var counted && counted[end] > counted[first];

    /// <summary>Whether a subscriber might know of a fact after a change.</summary>
    public bool SeesFact(Listener listener, string fact, int index)
    {
        var key = (listener.Subscriber.Audience, index);
        if (!factsSeen.TryGetValue(key, out var sees))
        {
            factsSeen[key] = sees = sight.FactsSeen(listener.Subscriber.Audience, states[index], Day(index));
        }

        return sees(fact);
    }

    /// <summary>For each change, after how many of those before it the case was the subscriber's own; one more at the end, for all.</summary>
    private int[] OwnBefore(Listener listener)
    {
        var key = (listener.Subscriber, listener.OnConsent);
        if (!ownBefore.TryGetValue(key, out var counted))
        {
            ownBefore[key] = counted = new int[Count + 1];
            for (var index = 0; index < Count; index++)
            {
                counted[index + 1] = counted[index] + (sight.IsOwn(listener.Subscriber, listener.OnConsent, states[index], Day(index)) ? 1 : 0);
            }
        }

        return counted;
    }

    private DateOnly Day(int index) => DateOnly.FromDateTime(At(index).UtcDateTime);
}
