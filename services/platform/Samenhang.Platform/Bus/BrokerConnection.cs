using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Bus;

/// <summary>Connections to the broker beside that of the bus.</summary>
public static class BrokerConnection
{
    // An exchange that every broker has, and a queue that none has.
    private const string DefaultExchange = "";
    private const string NoQueue = "samenhang.nobody";

    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(1);

    /// <summary>Connects to the broker that the settings name; of a cluster, to any node. A connection that breaks stays so.</summary>
    /// <param name="broker">Where, and as whom.</param>
    /// <param name="name">How the broker shows it to an operator.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="BrokerUnreachableException">Nobody answers, or user and password are wrong.</exception>
    public static Task<IConnection> ConnectAsync(this RabbitMqOptions broker, string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(broker);
        var factory = new ConnectionFactory
        {
            VirtualHost = broker.VirtualHost,
            UserName = broker.User,
            Password = broker.Password,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
        };
        return factory.CreateConnectionAsync([.. broker.Addresses().Select(node => new AmqpTcpEndpoint(node.Host, node.Port))], cancellation);
    }

    /// <summary>Whether the broker answers what is published on a new connection: not while it is away, and not while it takes nothing for want of memory or disk.</summary>
    internal static async Task<bool> TakesMessagesAsync(this RabbitMqOptions broker, TimeSpan within, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            var connection = await broker.ConnectAsync("samenhang-probe", limit.Token);
            try
            {
                // Two: a broker that takes nothing holds a connection only after the first message on it.
                await HasAnswerAsync(connection, limit.Token);
                await HasAnswerAsync(connection, limit.Token);
                return true;
            }
            finally
            {
                await connection.AbortAsync(LeaveWithin);
            }
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return false; // Whatever stood in the way, a new process would meet it too.
        }
    }

    private static async Task HasAnswerAsync(IConnection connection, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        try
        {
            await channel.BasicPublishAsync(DefaultExchange, NoQueue, mandatory: true, ReadOnlyMemory<byte>.Empty, cancellation);
        }
        catch (PublishException)
        {
            // Returned, as there is no such queue: an answer.
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { Initiator: ShutdownInitiator.Peer, ReplyCode: Constants.AccessRefused })
        {
            // A service may not write there: an answer too.
        }
    }
}
