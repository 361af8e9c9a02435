using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Resilience.Tests;

/// <summary>
/// Doubles messages and puts them behind others, on the queues of the services, as brokers and networks do on bad days: what waits in a queue
/// is moved to its end, of what went by long ago one in four comes again, out of order, and some of it all lies with the dead letters as if it
/// had failed too often: messages that were handled, and messages that nobody has seen.
/// </summary>
internal sealed class Disturbance(RabbitMqBroker broker, Random random)
{
    private const int OneIn = 4;
    private const int OneGivenUpIn = 12;
    private const int MostAtOnce = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Astray = TimeSpan.FromMilliseconds(250);

    private readonly List<(string Queue, BasicProperties Properties, ReadOnlyMemory<byte> Body)> kept = [];

    public int Doubled { get; private set; }

    public int Moved { get; private set; }

    /// <summary>Copies of messages that were put with the dead letters. Those that were led astray are not among them: nobody counts them.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Goes on until it is stopped; a broker that is away is tried again.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await broker.ConnectAsync();
                await using var channel = await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), CancellationToken.None);
                await OverhearAsync(channel);
                await LeadAsync(channel);
                while (!stopping.IsCancellationRequested)
                {
                    await RepeatAsync(channel);
                    var queue = ServiceNames.QueueOf(ServiceNames.All[random.Next(ServiceNames.All.Count)]);
                    await DisturbAsync(channel, queue);
                    var misled = random.Next(OneGivenUpIn) == 0;
                    if (misled)
                    {
                        await MisleadAsync(channel, queue);
                    }

                    await Task.Delay(misled ? Astray : Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (misled)
                    {
                        await LeadAsync(channel);
                    }
                }
            }
            catch (Exception away) when (away is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or PublishException or IOException)
            {
                await Task.Delay(500, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Gets a copy of all that goes to the services from now on.</summary>
    private static async Task OverhearAsync(IChannel channel)
    {
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
        {
            await channel.QueueDeclareAsync(OverheardOf(queue), durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(OverheardOf(queue), queue, "");
        }
    }

    /// <summary>All that goes to a service lands with its dead letters, until <see cref="LeadAsync"/>.</summary>
    private static async Task MisleadAsync(IChannel channel, string queue)
    {
        await channel.QueueBindAsync(ServiceQueues.ErrorOf(queue), queue, "");
        await channel.QueueUnbindAsync(queue, queue, "");
    }

    /// <summary>All that goes to the services lands in their queues, as it should; also after a broker that was killed while it did not.</summary>
    private static async Task LeadAsync(IChannel channel)
    {
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
        {
            await channel.QueueBindAsync(queue, queue, "");
            await channel.QueueUnbindAsync(ServiceQueues.ErrorOf(queue), queue, "");
        }
    }

    private static string OverheardOf(string queue) => queue + ".overheard";

    /// <summary>Keeps one in so many of what went by, and sends some of those again in an order of chance.</summary>
    private async Task RepeatAsync(IChannel channel)
    {
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf))
        {
            for (var n = 0; n < MostAtOnce && await channel.BasicGetAsync(OverheardOf(queue), autoAck: true) is { } message; n++)
            {
                if (random.Next(OneIn) == 0)
                {
                    kept.Add((queue, new BasicProperties(message.BasicProperties), message.Body.ToArray()));
                }
            }
        }

        while (kept.Count > MostAtOnce)
        {
            var place = random.Next(kept.Count);
            var (queue, properties, body) = kept[place];
            var givesUp = random.Next(OneGivenUpIn) == 0;
            await channel.BasicPublishAsync("", givesUp ? ServiceQueues.ErrorOf(queue) : queue, mandatory: true, properties, body);
            (kept[place], kept[^1]) = (kept[^1], kept[place]);
            kept.RemoveAt(kept.Count - 1);
            _ = givesUp ? GivenUp++ : Doubled++;
        }
    }

    private async Task DisturbAsync(IChannel channel, string queue)
    {
        if (await channel.BasicGetAsync(queue, autoAck: false) is not { } message)
        {
            return;
        }

        // The copy is confirmed before the original goes: a broker that dies in between leaves two, never none.
        var copies = random.Next(3) == 0 ? 2 : 1;
        for (var n = 0; n < copies; n++)
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(message.BasicProperties), message.Body);
        }

        await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        _ = copies == 2 ? Doubled++ : Moved++;
    }
}
