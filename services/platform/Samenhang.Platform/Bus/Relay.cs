using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Publishes the events of one service from its store, in the order of the feed: read a batch, publish it, move the cursor when the
/// broker has confirmed all of it. A crash in between publishes again with the same message ids, which every inbox recognises.
/// </summary>
/// <remarks>
/// Messages of one stream go out one after another, so they arrive in order; streams go out side by side. A broker that does not
/// answer, and a message that no queue takes, are tried again with growing pauses: the service goes on taking commands meanwhile.
/// Publishes that the broker leaves unanswered stay bounded (<see cref="PublishesUnderWay"/>).
/// A transport inside the process forgets what it held when the process ends. There <paramref name="arrivals"/> is given, and at
/// the start whatever was published but is in no inbox is published again. Where a service runs more than once on one store, one of its
/// relays publishes at a time: whoever holds the cursor.
/// </remarks>
internal sealed class Relay(
    string service,
    IEventStore store,
    EventCatalog catalog,
    IBusControl bus,
    Arrivals? arrivals,
    SilentRelays silent,
    RelayOptions options,
    TimeProvider time,
    ILogger<Relay> logger) : BackgroundService
{
    public const string Cursor = "relay";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    // What the broker confirmed of the batch at hand: after a partial failure only the rest is sent again.
    private readonly ConcurrentDictionary<long, bool> _confirmed = new();

    private readonly PublishesUnderWay _underWay = new(options.ConfirmWithin, time);
    private readonly ConnectionChanges _connection = new();

    // The events of the batch at hand that were still remembered; null when they were read with their payloads.
    private Dictionary<Guid, object>? _remembered;

    // Whether the events that came last were written by this process: with a backlog, or when another process writes, they are read whole at once.
    private bool _writesHere = true;

    // Up to here an earlier process published.
    private long _publishedBefore;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        IFeedCursor? cursor = null;
        long position = 0;
        bus.ConnectReceiveEndpointObserver(_connection);
        while (!stoppingToken.IsCancellationRequested)
        {
            var appended = store.Appended; // Taken before reading, so that no append falls between.
            try
            {
                await RequireBusAsync(stoppingToken);
                if (cursor is null)
                {
                    cursor = await store.TryHoldCursorAsync(Cursor, stoppingToken);
                    if (cursor is null)
                    {
                        // Another process of this service publishes.
                        await Task.Delay(options.PollEvery, time, stoppingToken);
                        continue;
                    }

                    _publishedBefore = cursor.Position;
                    position = arrivals is null ? _publishedBefore : 0;
                    _confirmed.Clear();
                }

                var batch = await ReadAsync(position, stoppingToken);
                if (batch.Count == 0)
                {
                    await WaitAsync(appended, options.PollEvery, stoppingToken);
                    continue;
                }

                using (var span = SpanOf(batch))
                {
                    await PublishAsync(batch, stoppingToken);
                }

                position = batch[^1].Position;
                await cursor.MoveAsync(position, stoppingToken);
                _confirmed.Clear();
                silent.IsAnswered(service);
                if (failures > 0)
                {
                    RelayLog.Resumed(logger, service, failures);
                    failures = 0;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception cause)
            {
                if (failures++ == 0)
                {
                    RelayLog.Halted(logger, service, cause);
                }

                if (cause is TimeoutException)
                {
                    silent.WaitsInVain(service);
                }
                else
                {
                    silent.IsAnswered(service);
                }

                if (cause is StoreUnavailableException && cursor is not null)
                {
                    // With the store the hold may be gone: another process may publish by now.
                    await cursor.DisposeAsync();
                    cursor = null;
                }

                await PauseAsync(failures, stoppingToken);
            }
        }

        if (cursor is not null)
        {
            await cursor.DisposeAsync();
        }
    }

    /// <summary>
    /// Waits until the queues of this process stand and the broker answers. Without it, messages would be published before anybody
    /// can hear them, and while the broker is away every try would leave a batch of publishes behind that all go out in the end.
    /// </summary>
    private async Task RequireBusAsync(CancellationToken cancellationToken)
    {
        var health = await bus.WaitForHealthStatus(BusHealthStatus.Healthy, options.ConfirmWithin).WaitAsync(cancellationToken);
        if (health != BusHealthStatus.Healthy)
        {
            throw new InvalidOperationException($"The bus is {health}.");
        }
    }

    /// <summary>The next events. Mostly this process wrote them just now: then their payloads need not come back from the store.</summary>
    private async Task<IReadOnlyList<RecordedEvent>> ReadAsync(long position, CancellationToken cancellationToken)
    {
        if (_writesHere)
        {
            var batch = await store.ReadFromAsync(position, options.BatchSize, Payloads.None, cancellationToken);
            _remembered = catalog.Remembered(batch);
            if (_remembered is not null)
            {
                return batch;
            }
        }

        var whole = await store.ReadFromAsync(position, options.BatchSize, Payloads.OfPublished, cancellationToken);
        _remembered = null;
        _writesHere = catalog.Remembered(whole) is not null;
        return whole;
    }

    /// <summary>A trace of its own: a batch holds events of many commands.</summary>
    private Activity? SpanOf(IReadOnlyList<RecordedEvent> batch)
    {
        if (!batch.Any(recorded => recorded.Publish))
        {
            return null;
        }

        var span = Measures.Source.StartActivity("relay batch");
        return span?.SetTag("service", service).SetTag("events", batch.Count);
    }

    private async Task PublishAsync(IReadOnlyList<RecordedEvent> batch, CancellationToken cancellationToken)
    {
        _underWay.ForgetWhenVain(_connection.Changes);
        while (true)
        {
            var streams = batch
                .Where(recorded => recorded.Publish && !_confirmed.ContainsKey(recorded.Position))
                .GroupBy(recorded => recorded.StreamId)
                .Select(stream => _underWay.Await(stream.Key, () => PublishInOrderAsync([.. stream])))
                .ToList();
            if (streams.Count == 0)
            {
                _underWay.Done();
                return;
            }

            // Events may have joined a stream of which an earlier try is still under way; those come in the next round.
            await Task.WhenAll(streams).WaitAsync(options.ConfirmWithin, time, cancellationToken);
        }
    }

    private async Task PublishInOrderAsync(IReadOnlyList<RecordedEvent> stream)
    {
        foreach (var recorded in stream)
        {
            if (catalog.MessageOf(recorded, _remembered?.GetValueOrDefault(recorded.MessageId)) is { } message && !await HasArrivedAsync(message, recorded))
            {
                // The message goes on with the trace of the command that led to it: whoever hears it continues the same trace.
                using var span = Measures.Source.StartActivity("publish", ActivityKind.Producer, recorded.TraceParent);
                span?.SetTag("service", service).SetTag("event", recorded.Type);

                // No token: MassTransit makes the connection that all endpoints share under the token of who first needs it.
                // A publish that was given up may thus still go out later; the inbox of the receiver knows its id.
                await bus.Publish(
                    message, message.GetType(), Pipe.Execute<PublishContext>(context => Label(context, recorded)), CancellationToken.None);
            }

            _confirmed[recorded.Position] = true;
        }
    }

    private async Task<bool> HasArrivedAsync(object message, RecordedEvent recorded)
        => arrivals is not null && recorded.Position <= _publishedBefore
            && await arrivals.HaveAllHandledAsync(message.GetType(), recorded.MessageId, CancellationToken.None);

    private static void Label(PublishContext context, RecordedEvent recorded)
    {
        context.MessageId = recorded.MessageId;
        context.InitiatorId = recorded.CausedBy;
        BusSetup.SetLane(context, recorded.StreamId);

        // A message that no queue takes is a failure, not a silent loss: the service that hears it was never started.
        context.Mandatory = true;
    }

    private async Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        await Task.Delay(pause < options.LongestPause ? pause : options.LongestPause, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WaitAsync(Task signal, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, Task.Delay(atMost, time, wait.Token));
        await wait.CancelAsync();
    }
}

/// <summary>Log of the relay: once for each change of state, however long it lasts.</summary>
internal static partial class RelayLog
{
    [LoggerMessage(2001, LogLevel.Warning, "The relay of {Service} cannot publish and tries again; events stay in the store.", EventName = "RelayHalted")]
    public static partial void Halted(ILogger logger, string service, Exception cause);

    [LoggerMessage(2002, LogLevel.Information, "The relay of {Service} publishes again after {Failures} failed tries.", EventName = "RelayResumed")]
    public static partial void Resumed(ILogger logger, string service, int failures);
}
