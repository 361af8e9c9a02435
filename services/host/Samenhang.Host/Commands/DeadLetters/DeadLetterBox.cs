using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.DeadLetters;

/// <summary>
/// The dead letters on the broker. What is looked at is taken without an acknowledgement and given back when the channel closes, in
/// its order; only what was put back or thrown away is acknowledged, and that comes last. So a crash at any point loses nothing: at
/// worst a message is put back twice, and the inbox of the service knows its id.
/// </summary>
internal sealed class DeadLetterBox : IAsyncDisposable
{
    private const int NotFound = 404;

    // Awaiting each confirmation by itself would take minutes for thousands.
    private const int AtOnce = 100;

    private static readonly TimeSpan GivenBackWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(20);

    private readonly IConnection connection;

    private DeadLetterBox(IConnection connection) => this.connection = connection;

    /// <summary>Connects to the broker that the settings name; of a cluster, to any node.</summary>
    /// <exception cref="BrokerUnreachableException">Nobody answers, or user and password are wrong.</exception>
    public static async Task<DeadLetterBox> OpenAsync(RabbitMqOptions broker, CancellationToken cancellation)
        => new(await broker.ConnectAsync("samenhang dead-letters", cancellation));

    /// <summary>All dead letters of these services, oldest first for each queue.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(IEnumerable<string> services, CancellationToken cancellation)
    {
        var found = new List<DeadLetter>();
        await ForEachQueueAsync(services, (_, letters) => SeeAsync(letters, found), cancellation);
        return found;
    }

    /// <summary>Puts dead letters back on the queue they come from.</summary>
    /// <param name="services">In which queues to look.</param>
    /// <param name="wanted">Which.</param>
    /// <param name="cancellation">Ends the search; what was put back by then stays so.</param>
    /// <returns>Those that the broker has confirmed.</returns>
    public async Task<IReadOnlyList<DeadLetter>> ReplayAsync(IEnumerable<string> services, Func<DeadLetter, bool> wanted, CancellationToken cancellation)
    {
        var replayed = new List<DeadLetter>();
        await ForEachQueueAsync(
            services,
            async (channel, letters) =>
            {
                var batch = new List<Taken>();
                var before = replayed.Count;
                await foreach (var taken in letters)
                {
                    if (wanted(taken.Letter))
                    {
                        batch.Add(taken);
                    }

                    if (batch.Count == AtOnce)
                    {
                        await PutBackAsync(channel, batch, replayed, cancellation);
                    }
                }

                await PutBackAsync(channel, batch, replayed, cancellation);
                return replayed.Count - before;
            },
            cancellation);
        return replayed;
    }

    /// <summary>Throws away one dead letter.</summary>
    /// <param name="services">In which queues to look.</param>
    /// <param name="id">Which; of several with the same id the oldest.</param>
    /// <param name="record">Writes down that it is thrown away. When this fails the letter stays.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>What was thrown away; null when there is none with this id.</returns>
    public async Task<DeadLetter?> DiscardAsync(IEnumerable<string> services, string id, Action<DeadLetter> record, CancellationToken cancellation)
    {
        DeadLetter? discarded = null;
        await ForEachQueueAsync(
            services,
            async (channel, letters) =>
            {
                await foreach (var taken in letters)
                {
                    if (discarded is null && taken.Letter.Id == id)
                    {
                        record(taken.Letter);
                        await channel.BasicAckAsync(taken.Tag, multiple: false, cancellation);
                        discarded = taken.Letter;
                        return 1;
                    }
                }

                return 0;
            },
            cancellation);
        return discarded;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task PutBackAsync(IChannel channel, List<Taken> batch, List<DeadLetter> replayed, CancellationToken cancellation)
    {
        // The exchange of a service's queue has its name; mandatory, so that a queue that is gone is a failure and no loss.
        await Task.WhenAll(batch.Select(taken => channel.BasicPublishAsync(
            ServiceNames.QueueOf(taken.Letter.Service), string.Empty, mandatory: true, taken.Letter.ForAnotherTry(), taken.Letter.Body, cancellation).AsTask()));
        foreach (var taken in batch)
        {
            await channel.BasicAckAsync(taken.Tag, multiple: false, cancellation);
            replayed.Add(taken.Letter);
        }

        batch.Clear();
    }

    private static async Task<int> SeeAsync(IAsyncEnumerable<Taken> letters, List<DeadLetter> found)
    {
        await foreach (var taken in letters)
        {
            found.Add(taken.Letter);
        }

        return 0;
    }

    private async Task ForEachQueueAsync(IEnumerable<string> services, Func<IChannel, IAsyncEnumerable<Taken>, Task<int>> see, CancellationToken cancellation)
    {
        foreach (var service in services)
        {
            foreach (var queue in new[] { ServiceQueues.ErrorOf(ServiceNames.QueueOf(service)), ServiceQueues.SkippedOf(ServiceNames.QueueOf(service)) })
            {
                // A channel for each queue: a queue that is not there closes it. So does a failure, which gives back all that was taken.
                await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellation);
                if (await CountAsync(channel, queue, cancellation) is { } count)
                {
                    var gone = await see(channel, TakeAsync(channel, service, queue, count, cancellation));
                    await GiveBackAsync(channel, queue, count - (uint)gone, cancellation);
                }
            }
        }
    }

    /// <summary>
    /// Gives back what was not acknowledged. The broker does that after it has answered; the wait lets whoever looks next find all
    /// of it, and is short because somebody else may take from the queue meanwhile.
    /// </summary>
    private static async Task GiveBackAsync(IChannel channel, string queue, uint expected, CancellationToken cancellation)
    {
        const ulong All = 0;
        using var limit = new CancellationTokenSource(GivenBackWithin);
        await channel.BasicNackAsync(All, multiple: true, requeue: true, cancellation);
        while (await CountAsync(channel, queue, cancellation) < expected && !limit.IsCancellationRequested)
        {
            await Task.Delay(LookAgainAfter, cancellation);
        }

        await channel.CloseAsync(cancellation);
    }

    private static async Task<uint?> CountAsync(IChannel channel, string queue, CancellationToken cancellation)
    {
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == NotFound)
        {
            return null; // The service has never run: it has no dead letters.
        }
    }

    /// <summary>Takes as many as lay there at the start, so that what fails again meanwhile is not taken again.</summary>
    private static async IAsyncEnumerable<Taken> TakeAsync(
        IChannel channel, string service, string queue, uint count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (uint n = 0; n < count; n++)
        {
            if (await channel.BasicGetAsync(queue, autoAck: false, cancellation) is not { } taken)
            {
                yield break; // Somebody else looks at them too.
            }

            yield return new(taken.DeliveryTag, DeadLetter.Of(service, queue, taken));
        }
    }

    private sealed record Taken(ulong Tag, DeadLetter Letter);
}
