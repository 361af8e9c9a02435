using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Hosting;

namespace Samenhang.Resilience.Tests;

/// <summary>Doubles messages and puts them behind others, on the queues of the services, as brokers and networks do on bad days.</summary>
internal sealed class Disturbance(RabbitMqBroker broker, Random random)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public int Doubled { get; private set; }

    public int Moved { get; private set; }

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
                while (!stopping.IsCancellationRequested)
                {
                    await DisturbAsync(channel, ServiceNames.QueueOf(ServiceNames.All[random.Next(ServiceNames.All.Count)]));
                    await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
            catch (Exception away) when (away is BrokerUnreachableException or AlreadyClosedException or OperationInterruptedException or PublishException or IOException)
            {
                await Task.Delay(500, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
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
