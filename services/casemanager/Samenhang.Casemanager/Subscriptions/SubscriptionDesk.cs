using System.Runtime.CompilerServices;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>Where everything that happens to a subscription is handled: load, decide, append.</summary>
public sealed class SubscriptionDesk(
    Streams<SubscriptionState, SubscriptionChange> subscriptions,
    SubscriptionTable table,
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store,
    [FromKeyedServices(ServiceNames.Casemanager)] EventCatalog catalog,
    CaseRules rules,
    IOptions<SamenhangOptions> options,
    TimeProvider time)
{
    /// <summary>The first part of a subscription's stream.</summary>
    public const string StreamKind = "subscription";

    /// <summary>Decides about subscriptions.</summary>
    public SubscriptionDecisions Decisions { get; } = new(rules.Vocabulary);

    /// <summary>Whether there is a broker to hold queues.</summary>
    public bool HasBroker => options.Value.Transport == Transport.RabbitMq;

    /// <summary>The moment, for a decision.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Names every change, for ever.</summary>
    public static void Name(EventNames<SubscriptionChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        changes
            .Add<SubscriptionCreated>("subscription-created")
            .Add<SubscriptionPaused>("subscription-paused")
            .Add<SubscriptionResumed>("subscription-resumed")
            .Add<SubscriptionEnded>("subscription-ended");
    }

    /// <summary>An id for a new subscription.</summary>
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    /// <summary>Handles a request that changes a subscription.</summary>
    public Task<Result<TReply>> HandleAsync<TReply>(
        string subscriptionId, RequestIdentity request, Func<SubscriptionState, DateTimeOffset, SubscriptionDecision> decide, Func<StreamState<SubscriptionState>, TReply> reply,
        CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(decide);
        return subscriptions.HandleRequestAsync(
            subscriptionId,
            request,
            state => decide(state, Now) switch
            {
                { Error: { } error } => CaseDesk.ErrorOf(error, subscriptionId, StreamKind),
                var decided => Result<IReadOnlyList<SubscriptionChange>>.Success(decided.Changes),
            },
            reply,
            cancellationToken);
    }

    /// <summary>Pauses a subscription whose queue was full; nothing when it does not run any more.</summary>
    internal Task FallBehindAsync(string subscriptionId, long after, CancellationToken cancellationToken) =>
        subscriptions.HandleClockAsync(subscriptionId, state => SubscriptionDecisions.FallBehind(state, after, Now), cancellationToken);

    /// <summary>A subscription as it stands.</summary>
    public async Task<Result<StreamState<SubscriptionState>>> FindAsync(string subscriptionId, CancellationToken cancellationToken)
    {
        var found = await subscriptions.LoadAsync(subscriptionId, cancellationToken);
        return found.State.Created is null ? new Error.NotFound(StreamKind, subscriptionId) : found;
    }

    /// <summary>A part of the list.</summary>
    public Task<IReadOnlyList<string>> ListAsync(string? audience, string? identity, string after, int max, CancellationToken cancellationToken) =>
        table.ListAsync(audience, identity, after, max, cancellationToken);

    /// <summary>
    /// The subscription as it stood at a position of the feed; null when it was not made yet. A pause that the publisher itself made because
    /// the queue was full counts from where the queue was full, which lies before its place in the feed.
    /// </summary>
    internal async Task<Listener?> ListenerAsync(string subscriptionId, long position, CancellationToken cancellationToken)
    {
        Listener? listener = null;
        foreach (var recorded in await store.LoadAsync(StreamId.Of(StreamKind, subscriptionId), cancellationToken))
        {
            if (recorded.Position <= position || catalog.Read(recorded) is SubscriptionPaused { Reason: PauseReason.Behind, After: { } after } && after <= position)
            {
                listener = After(listener, recorded);
            }
        }

        return listener;
    }

    /// <summary>The subscription after one more change of its own.</summary>
    internal Listener After(Listener? listener, RecordedEvent recorded)
    {
        var change = (SubscriptionChange)catalog.Read(recorded);
        return listener is not null
            ? listener with { State = SubscriptionState.Evolve(listener.State, change), Version = recorded.StreamVersion }
            : change is SubscriptionCreated created
                ? new Listener(created.Id, SubscriptionState.Evolve(SubscriptionState.None, created), recorded.StreamVersion, recorded.Position, new WishFilter(created.Wish))
                : throw new InvalidOperationException($"The stream of subscription {recorded.StreamId} does not begin with its making.");
    }

    /// <summary>The subscriptions that were made by a position of the feed and not ended then.</summary>
    internal async IAsyncEnumerable<Listener> RunningAsync(long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await table.ListAsync(null, null, "", int.MaxValue, cancellationToken))
        {
            if (await ListenerAsync(id, position, cancellationToken) is { State.Status: not SubscriptionStatus.Ended } listener)
            {
                yield return listener;
            }
        }
    }
}
