using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>To which subscriptions a case was shown at any time: they hold something of it.</summary>
public sealed class WhoWasTold(SubscriptionDesk subscriptions, CaseRules rules)
{
    private readonly PublicSight sight = new(rules.Vocabulary);

    /// <summary>The subscriptions that run and had the case in sight since they were made.</summary>
    /// <param name="log">The log of the case, each change with its place in the feed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<string>> OfAsync(IReadOnlyList<(RecordedEvent Recorded, CaseChange Change)> log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var states = new List<(RecordedEvent Recorded, CaseState After)>();
        var state = CaseState.None;
        foreach (var (recorded, change) in log)
        {
            state = CaseState.Evolve(state, change);
            states.Add((recorded, state));
        }

        var told = new List<string>();
        foreach (var id in await subscriptions.AllAsync(cancellationToken))
        {
            if (await subscriptions.ListenerAsync(id, long.MaxValue, cancellationToken) is not { State.Status: not SubscriptionStatus.Ended } listener)
            {
                continue;
            }

            // Also as it stood when the subscription was made: a snapshot begins with that.
            var first = Math.Max(0, states.FindLastIndex(one => one.Recorded.Position <= listener.MadeAt));
            if (states.Skip(first).Any(one => sight.IsOwn(listener.Subscriber, listener.OnConsent, one.After, DateOnly.FromDateTime(one.Recorded.OccurredOn.UtcDateTime))))
            {
                told.Add(id);
            }
        }

        return told;
    }
}
