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

        var seen = new CaseInSight(sight, [.. log.Select(recorded => (recorded, (CaseChange)catalog.Read(recorded)))]);
        var told = corrections.Select(_ => new List<ToldSubscriber>()).ToList();
        await foreach (var listener in subscriptions.RunningAsync(long.MaxValue, cancellationToken))
        {
            for (var i = 0; i < corrections.Count; i++)
            {
                if (IsTold(corrections[i]) && Told(listener, corrections[i], seen) is { } one)
                {
                    told[i].Add(one);
                }
            }
        }

        return [.. told.Select(of => of.GroupBy(one => one.Subscriber).Select(one => new ToldSubscriber(one.Key, one.Max(each => each.CorrectedAt))).ToList())];
    }

    private static bool IsTold(FactCorrection correction) => correction is { Kind: not CorrectionKind.Late, Before.Value.IsKnown: true };

    private static ToldSubscriber? Told(Listener listener, FactCorrection correction, CaseInSight seen)
    {
        if (!seen.Hears(listener, correction.Index))
        {
            return null;
        }

        var first = Math.Max(seen.BeginOf(listener), correction.BeforeIndex);
        return seen.WasOwn(listener, first, correction.Index) && seen.SeesFact(listener, correction.Fact, correction.Index - 1)
            ? new(listener.Subscriber, seen.IsOwn(listener, correction.Index) && seen.SeesFact(listener, correction.Fact, correction.Index) ? seen.At(correction.Index) : null)
            : null;
    }
}
