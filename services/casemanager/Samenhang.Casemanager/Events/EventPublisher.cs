using Microsoft.Extensions.Options;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Events;

/// <summary>
/// Puts what happens in the queues of the subscribers: reads the feed of the store with a cursor of its own, publishes a batch with
/// concurrent confirms, and moves the cursor when the broker has all of it. A crash in between sends the same events with the same ids.
/// </summary>
/// <remarks>
/// It goes through the subscriptions as it goes through the cases, in the order of the feed: what is published for whom follows from
/// the feed and not from when it is read. A queue that is full pauses its own subscription and no other.
/// </remarks>
internal sealed partial class EventPublisher(
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store,
    [FromKeyedServices(ServiceNames.Casemanager)] EventCatalog catalog,
    SubscriptionDesk subscriptions,
    EventTeller teller,
    FeedHead head,
    IOptions<SamenhangOptions> options,
    IOptions<EventOptions> events,
    TimeProvider time,
    ILogger<EventPublisher> logger) : BackgroundService
{
    /// <summary>The name of its cursor.</summary>
    public const string Cursor = "events";

    private static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly SortedDictionary<string, Listener> listeners = new(StringComparer.Ordinal);
    private readonly CaseTimes times = new(store, catalog);

    // What the broker confirmed of the batch at hand: after a failure only the rest is sent again.
    private readonly HashSet<(string Subscription, FeedPosition Position)> confirmed = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Transport != Transport.RabbitMq)
        {
            return; // Without a broker there are no queues; everybody reads the gRPC feed.
        }

        EventBroker? broker = null;
        IFeedCursor? held = null;
        var position = 0L;
        var failures = 0;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    var appended = store.Appended; // Taken before reading, so that no append falls between.
                    broker ??= await EventBroker.ConnectAsync(options.Value.RabbitMq, events.Value.QueueLimit, stoppingToken);
                    if (held is null)
                    {
                        held = await store.TryHoldCursorAsync(Cursor, stoppingToken);
                        if (held is null)
                        {
                            // Another process of this service does it, and this one takes over when that one is gone.
                            await Task.Delay(LookEvery, time, stoppingToken);
                            continue;
                        }

                        position = held.Position;
                        await BeginAsync(position, stoppingToken);
                    }

                    var batch = await ReadAsync(position, stoppingToken);
                    if (batch.Count > 0)
                    {
                        await PublishAsync(broker, batch, stoppingToken);
                        position = batch[^1].Position;
                        head.Passed(position);

                        // With nobody to tell, how far it has read is worth writing only now and then.
                        if (listeners.Count > 0 || position - held.Position >= events.Value.BatchSize)
                        {
                            await held.MoveAsync(position, stoppingToken);
                        }

                        confirmed.Clear();
                    }

                    if (failures > 0)
                    {
                        LogResumed(logger, failures);
                        failures = 0;
                    }

                    if (batch.Count < events.Value.BatchSize)
                    {
                        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                        await Task.WhenAny(appended, Task.Delay(LookEvery, time, wait.Token));
                        await wait.CancelAsync();
                        await Task.Delay(Collect, stoppingToken); // Many appends are read at once.
                    }
                }
                catch (Exception cause) when (!stoppingToken.IsCancellationRequested)
                {
                    if (failures++ == 0)
                    {
                        LogHalted(logger, cause);
                    }

                    // The subscriptions are as they were after some part of the batch: they are read again for where the cursor is.
                    await GiveUpAsync(broker, held);
                    (broker, held) = (null, null);
                    var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
                    await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            await GiveUpAsync(broker, held);
        }
    }

    private static async Task GiveUpAsync(EventBroker? broker, IFeedCursor? held)
    {
        if (broker is not null)
        {
            await broker.DisposeAsync();
        }

        if (held is not null)
        {
            await held.DisposeAsync();
        }
    }

    /// <summary>The next events. With nobody to tell, only what makes or changes a subscription is worth its bytes.</summary>
    private async Task<IReadOnlyList<RecordedEvent>> ReadAsync(long position, CancellationToken cancellationToken)
    {
        if (listeners.Count == 0)
        {
            var batch = await store.ReadFromAsync(position, events.Value.BatchSize, Payloads.None, cancellationToken);
            if (!batch.Any(recorded => recorded.StreamId == StreamId.Of(SubscriptionDesk.StreamKind, StreamId.KeyOf(recorded.StreamId))))
            {
                return batch;
            }
        }

        return await store.ReadFromAsync(position, events.Value.BatchSize, Payloads.All, cancellationToken);
    }

    private async Task BeginAsync(long position, CancellationToken cancellationToken)
    {
        listeners.Clear();
        await foreach (var listener in subscriptions.RunningAsync(position, cancellationToken))
        {
            if (listener.HasQueue)
            {
                listeners[listener.Id] = listener;
            }
        }
    }

    private async Task PublishAsync(EventBroker broker, IReadOnlyList<RecordedEvent> batch, CancellationToken cancellationToken)
    {
        foreach (var listener in listeners.Values)
        {
            await broker.DeclareAsync(listener, cancellationToken);
        }

        var outgoing = new Dictionary<string, List<ToldEvent>>();
        var ended = new List<Listener>();
        foreach (var recorded in batch)
        {
            var key = StreamId.KeyOf(recorded.StreamId);
            if (recorded.StreamId == StreamId.Of(SubscriptionDesk.StreamKind, key))
            {
                await StepAsync(broker, key, recorded, ended, cancellationToken);
            }
            else if (listeners.Count > 0 && await teller.OfAsync(recorded, times, cancellationToken) is { } telling)
            {
                foreach (var listener in listeners.Values.Where(listener => listener.State.Status == SubscriptionStatus.Active))
                {
                    foreach (var told in teller.For(listener, telling).Where(told => listener.Wants(told.Event) && !confirmed.Contains((listener.Id, told.Position))))
                    {
                        (outgoing.TryGetValue(listener.Id, out var list) ? list : outgoing[listener.Id] = []).Add(told);
                    }
                }
            }
        }

        var sent = await Task.WhenAll(outgoing.Select(async one => (Id: one.Key, Sent: await broker.PublishAsync(one.Key, one.Value, cancellationToken))));
        foreach (var (id, outcome) in sent)
        {
            confirmed.UnionWith(outcome.Confirmed.Select(position => (id, position)));
        }

        foreach (var (id, outcome) in sent)
        {
            if (outcome.Refused is { } refused && listeners.TryGetValue(id, out var listener))
            {
                // The pause is in the store before the cursor passes what the queue lacks.
                var after = (refused.ReadAfter < listener.MadeAt) ? listener.MadeAt : refused.ReadAfter;
                await subscriptions.FallBehindAsync(id, after, cancellationToken);
                listeners[id] = listener with { State = SubscriptionState.Evolve(listener.State, new SubscriptionPaused(PauseReason.Behind, after, ServiceNames.Casemanager, time.GetUtcNow())) };
                LogBehind(logger, id);
            }
        }

        if (sent.Select(one => one.Sent.Failure).FirstOrDefault(failure => failure is not null) is { } cause)
        {
            throw new EventsNotSentException(cause);
        }

        foreach (var listener in ended)
        {
            await broker.RemoveAsync(listener, cancellationToken);
        }
    }

    private async Task StepAsync(EventBroker broker, string id, RecordedEvent recorded, List<Listener> ended, CancellationToken cancellationToken)
    {
        var known = listeners.GetValueOrDefault(id);
        if (known is null && catalog.Read(recorded) is not SubscriptionCreated { Wish.Delivery: Delivery.Queue })
        {
            return; // One that reads the gRPC feed.
        }

        if (known is not null && recorded.StreamVersion <= known.Version)
        {
            return; // The pause that was read ahead.
        }

        var listener = subscriptions.After(known, recorded);
        if (listener.State.Status == SubscriptionStatus.Ended)
        {
            listeners.Remove(id);
            ended.Add(listener);
            return;
        }

        listeners[id] = listener;
        await broker.DeclareAsync(listener, cancellationToken);
    }

    [LoggerMessage(3201, LogLevel.Warning, "Events cannot be put in the queues of subscribers and are tried again; they stay in the store.", EventName = "EventsHalted")]
    private static partial void LogHalted(ILogger logger, Exception cause);

    [LoggerMessage(3202, LogLevel.Information, "Events are put in the queues again after {Failures} failed tries.", EventName = "EventsResumed")]
    private static partial void LogResumed(ILogger logger, int failures);

    [LoggerMessage(3203, LogLevel.Warning, "The queue of subscription {SubscriptionId} is full; it is paused and can catch up over the gRPC feed.", EventName = "SubscriberBehind")]
    private static partial void LogBehind(ILogger logger, string subscriptionId);
}

/// <summary>The broker did not take all of a batch.</summary>
#pragma warning disable CA1032 // The standard constructors would allow one without a cause.
internal sealed class EventsNotSentException(Exception cause) : Exception("The broker did not take all events.", cause);
#pragma warning restore CA1032
