using Grpc.Core;
using Samenhang.Api.Reading;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>
/// The one door to the events of a subscription: feed, gap report and the reading of the subscription itself come through here. It is the
/// place where the identity of the caller is to be held against the subscriber, once callers have one.
/// </summary>
internal sealed class SubscriptionAccess(SubscriptionDesk desk, CaseRules rules)
{
    /// <summary>The subscription as it stands.</summary>
    /// <exception cref="RpcFailure">There is none.</exception>
    public async Task<StreamState<SubscriptionState>> FindAsync(string subscriptionId, ServerCallContext context)
    {
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("subscription_id", subscriptionId);
        reader.EnsureValid();
        return (await desk.FindAsync(subscriptionId, context.CancellationToken)).OrFail();
    }

    /// <summary>The subscription, to be told from.</summary>
    /// <exception cref="RpcFailure">There is none, or it has ended.</exception>
    public async Task<Listener> ListenAsync(string subscriptionId, ServerCallContext context)
    {
        await FindAsync(subscriptionId, context);
        var listener = await desk.ListenerAsync(subscriptionId, long.MaxValue, context.CancellationToken);
        return listener is { State.Status: not SubscriptionStatus.Ended } ? listener : throw Gone(subscriptionId);
    }

    /// <summary>The answer to whoever asks for a subscription that is over.</summary>
    public static RpcFailure Gone(string subscriptionId) => new(new Error.NotFound(SubscriptionDesk.StreamKind, subscriptionId));
}
