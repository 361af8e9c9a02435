using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>A subscriber that was told what rests on a value.</summary>
/// <param name="Subscriber">Who.</param>
/// <param name="CorrectedAt">When the event of the correction was for it; null = it was not.</param>
public sealed record ToldSubscriber(Subscriber Subscriber, DateTimeOffset? CorrectedAt);

/// <summary>Which subscribers had a case in sight between a value and its correction, of a fact that they may know of.</summary>
public sealed class CorrectionReceivers(
    SubscriptionDesk subscriptions,
    CaseRules rules,
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store,
    [FromKeyedServices(ServiceNames.Casemanager)] EventCatalog catalog)
{
    private readonly PublicSight sight = new(rules.Vocabulary);

    /// <summary>The subscribers of each correction, in the order of the corrections.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<ToldSubscriber>>> OfAsync(string caseId, IReadOnlyList<FactCorrection> corrections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(corrections);
        if (!corrections.Any(IsTold))
        {
            return [.. corrections.Select(_ => Array.Empty<ToldSubscriber>())];
        }

        var log = await store.LoadAsync(StreamId.Of(CaseDesk.StreamKind, caseId), cancellationToken);
        if (log.Any(recorded => recorded.IsErased))
        {
            return [.. corrections.Select(_ => Array.Empty<ToldSubscriber>())];
        }

        var states = new List<CaseState>(log.Count);
        foreach (var recorded in log)
        {
            states.Add(CaseState.Evolve(states.Count == 0 ? CaseState.None : states[^1], (CaseChange)catalog.Read(recorded)));
        }

        var told = corrections.Select(_ => new List<ToldSubscriber>()).ToList();
        foreach (var id in await subscriptions.AllAsync(cancellationToken))
        {
            if (await subscriptions.ListenerAsync(id, long.MaxValue, cancellationToken) is { State.Status: not SubscriptionStatus.Ended } listener)
            {
                for (var i = 0; i < corrections.Count; i++)
                {
                    if (IsTold(corrections[i]) && Told(listener, corrections[i], log, states) is { } one)
                    {
                        told[i].Add(one);
                    }
                }
            }
        }

        return [.. told.Select(of => of.GroupBy(one => one.Subscriber).Select(one => new ToldSubscriber(one.Key, one.Max(each => each.CorrectedAt))).ToList())];
    }

    private static bool IsTold(FactCorrection correction) => correction is { Kind: not CorrectionKind.Late, Before.Value.IsKnown: true };

    private ToldSubscriber? Told(Listener listener, FactCorrection correction, IReadOnlyList<RecordedEvent> log, List<CaseState> states)
    {
        if (log[correction.Index].Position <= listener.MadeAt)
        {
            return null;
        }

        // A snapshot begins with the case as it stood when the subscription was made.
        var begins = 0;
        while (begins + 1 < log.Count && log[begins + 1].Position <= listener.MadeAt)
        {
            begins++;
        }

        var first = Math.Max(begins, correction.BeforeIndex);
        return Enumerable.Range(first, correction.Index - first).Any(IsOwn) && SeesFact(correction.Index - 1)
            ? new(listener.Subscriber, IsOwn(correction.Index) && SeesFact(correction.Index) ? log[correction.Index].OccurredOn : null)
            : null;

        DateOnly Day(int index) => DateOnly.FromDateTime(log[index].OccurredOn.UtcDateTime);
        bool IsOwn(int index) => sight.IsOwn(listener.Subscriber, listener.OnConsent, states[index], Day(index));
        bool SeesFact(int index) => sight.SeesFact(listener.Subscriber, correction.Fact, states[index], Day(index));
    }
}
