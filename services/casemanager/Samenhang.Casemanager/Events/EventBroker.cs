using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Events;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Events;

/// <summary>What came of publishing to one queue.</summary>
/// <param name="Confirmed">What the broker has.</param>
/// <param name="Refused">The first that the queue did not take because it is full; null = none.</param>
/// <param name="Failure">Why something else was not confirmed; null = nothing was missing.</param>
internal sealed record SentEvents(IReadOnlyList<FeedPosition> Confirmed, FeedPosition? Refused, Exception? Failure);

/// <summary>
/// The broker as the publisher of events uses it: one topic exchange, and for each subscription a quorum queue that is bound to its own
/// events. The queue is ours to make and to remove; the subscriber may only read it (<see cref="BrokerRights"/>).
/// </summary>
internal sealed class EventBroker : IAsyncDisposable
{
    /// <summary>The exchange; the routing key is <c>subscription.type</c>.</summary>
    public const string Exchange = "samenhang.events";

    private const int Outstanding = 512;
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);

    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly int queueLimit;

    // A channel for each subscription: a flow that stands still is its own, and the number that the client library gives each message on a
    // channel tells a subscriber nothing of others.
    private readonly ConcurrentDictionary<string, IChannel> channels = new();

    private EventBroker(IConnection connection, IChannel channel, int queueLimit) => (this.connection, this.channel, this.queueLimit) = (connection, channel, queueLimit);

    /// <summary>Connects and makes the exchange. A connection that breaks is not mended but replaced by whoever holds this.</summary>
    public static async Task<EventBroker> ConnectAsync(RabbitMqOptions options, int queueLimit, CancellationToken cancellationToken)
    {
        var connection = await options.ConnectAsync("samenhang-events", cancellationToken);
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);
            return new EventBroker(connection, channel, queueLimit);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the queue of a subscription where this connection has not seen it yet.</summary>
    public async Task DeclareAsync(Listener listener, CancellationToken cancellationToken)
    {
        if (channels.ContainsKey(listener.Id))
        {
            return;
        }

        // Arguments of a queue cannot change once it exists. The limit is of the queue, so another limit holds for new subscriptions only:
        // a queue that is there already is taken as it is.
        if (!await ExistsAsync(listener.Queue, cancellationToken))
        {
            await channel.QueueDeclareAsync(
                listener.Queue,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = (long)queueLimit, ["x-overflow"] = "reject-publish" },
                cancellationToken: cancellationToken);
        }

        await channel.QueueBindAsync(listener.Queue, Exchange, $"{listener.Id}.#", cancellationToken: cancellationToken);
        channels[listener.Id] = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, new ThrottlingRateLimiter(Outstanding)), cancellationToken);
    }

    /// <summary>Removes the queue of a subscription that has ended, with what is in it.</summary>
    public async Task RemoveAsync(Listener listener, CancellationToken cancellationToken)
    {
        await channel.QueueDeleteAsync(listener.Queue, cancellationToken: cancellationToken);
        await CloseAsync(listener.Id);
    }

    /// <summary>Publishes in order, and waits for the confirmations together.</summary>
    public async Task<SentEvents> PublishAsync(string subscriptionId, IReadOnlyList<ToldEvent> told, CancellationToken cancellationToken)
    {
        var outcomes = await Task.WhenAll(told.Select(one => SendAsync(subscriptionId, one, cancellationToken)));
        if (outcomes.Any(outcome => outcome.Failure is PublishException { IsReturn: true }))
        {
            await CloseAsync(subscriptionId); // Somebody removed the queue: the next try makes it again.
        }

        return new SentEvents(
            [.. outcomes.Where(outcome => outcome.Failure is null).Select(outcome => outcome.Position)],
            outcomes.Where(outcome => IsFull(outcome.Failure)).Select(outcome => (FeedPosition?)outcome.Position).FirstOrDefault(),
            outcomes.Select(outcome => outcome.Failure).FirstOrDefault(failure => failure is not null && !IsFull(failure)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var id in channels.Keys)
            {
                await CloseAsync(id);
            }

            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
        catch (Exception broken) when (broken is OperationInterruptedException or AlreadyClosedException or TimeoutException or IOException or OperationCanceledException)
        {
            // What is broken cannot be closed in good order, and nothing of it is used again.
            connection.Dispose();
        }
    }

    private async Task CloseAsync(string subscriptionId)
    {
        if (channels.TryRemove(subscriptionId, out var closed))
        {
            await closed.DisposeAsync();
        }
    }

    // A broker that refuses a message which it could route has no room for it.
    private static bool IsFull(Exception? failure) => failure is PublishException { IsReturn: false };

    private async Task<(FeedPosition Position, Exception? Failure)> SendAsync(string subscriptionId, ToldEvent told, CancellationToken cancellationToken)
    {
        var message = CloudEventAmqp.WriteBinary(told.Event);
        var properties = new BasicProperties
        {
            ContentType = message.ContentType,
            MessageId = message.MessageId,
            Type = message.Type,
            DeliveryMode = (DeliveryModes)message.DeliveryMode,
            Headers = message.Headers.ToDictionary(header => header.Key, header => (object?)header.Value),
        };
        if (message.Timestamp is { } moment)
        {
            properties.Timestamp = new AmqpTimestamp(moment.ToUnixTimeSeconds());
        }

        try
        {
            await channels[subscriptionId].BasicPublishAsync(Exchange, $"{subscriptionId}.{told.Event.Type}", mandatory: true, properties, message.Body, cancellationToken)
                .AsTask().WaitAsync(ConfirmWithin, cancellationToken);
            return (told.Position, null);
        }
        catch (Exception failure) when (failure is PublishException or AlreadyClosedException or OperationInterruptedException or TimeoutException or IOException)
        {
            return (told.Position, failure);
        }
    }

    private async Task<bool> ExistsAsync(string queue, CancellationToken cancellationToken)
    {
        // A failed look closes its channel.
        await using var look = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await look.QueueDeclarePassiveAsync(queue, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }
}
