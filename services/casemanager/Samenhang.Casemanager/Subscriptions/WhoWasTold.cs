using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
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
        var seen = new CaseInSight(sight, log);
        var told = new List<string>();
        await foreach (var listener in subscriptions.RunningAsync(long.MaxValue, cancellationToken))
        {
            if (seen.WasOwn(listener, seen.BeginOf(listener), seen.Count))
            {
                told.Add(listener.Id);
            }
        }

        return told;
    }
}
