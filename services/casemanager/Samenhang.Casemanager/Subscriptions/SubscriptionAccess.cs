using Grpc.Core;
using Samenhang.Access;
using Samenhang.Api.Reading;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>
/// The one door to the events of a subscription: feed, gap report and the reading of the subscription itself come through here. Here the
/// identity of the caller is held against the subscriber.
/// </summary>
internal sealed class SubscriptionAccess(SubscriptionDesk desk, CaseRules rules)
{
    /// <summary>The subscription as it stands.</summary>
    /// <exception cref="RpcFailure">There is none, or it is that of somebody else.</exception>
    public async Task<StreamState<SubscriptionState>> FindAsync(string subscriptionId, ServerCallContext context)
    {
        var reader = new RequestReader(rules.Vocabulary);
        reader.Id("subscription_id", subscriptionId);
        reader.EnsureValid();
        var found = (await desk.FindAsync(subscriptionId, context.CancellationToken)).OrFail();
        var caller = context.Caller();
        return caller.Role == CallerRole.Operator || CaseAccess.Is(caller, found.State.Created!.Wish.Subscriber) ? found : throw Gone(subscriptionId);
    }

    /// <summary>The subscription, to be told from.</summary>
    /// <exception cref="RpcFailure">There is none, or it has ended.</exception>
    public async Task<Listener> ListenAsync(string subscriptionId, ServerCallContext context)
    {
        // A subscription is bound to one purpose: events are told for no other.
        if ((await FindAsync(subscriptionId, context)).State.Created!.Wish is var wish && (wish.Purpose, wish.Ground) != (context.Caller().Purpose, context.Caller().Ground))
        {
            throw new RpcFailure(new Error.PermissionDenied($"{CallHeaders.Purpose}:{wish.Purpose}, {CallHeaders.Ground}:{wish.Ground.ToCode()}"));
        }

        var listener = await desk.ListenerAsync(subscriptionId, long.MaxValue, context.CancellationToken);
        return listener is { State.Status: not SubscriptionStatus.Ended } ? listener : throw Gone(subscriptionId);
    }

    /// <summary>The answer to whoever asks for a subscription that is over.</summary>
    public static RpcFailure Gone(string subscriptionId) => new(new Error.NotFound(SubscriptionDesk.StreamKind, subscriptionId));
}
