using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Watches the bus of this process. It reports it to the health service under the name <see cref="Name"/>: the server as a whole
/// goes on serving while the broker is away, because it takes commands then. And it ends the process when the broker answers but
/// the bus does not find back to it; whoever supervises the process starts it again, and nothing is lost by that.
/// </summary>
/// <remarks>
/// The second is needed: when a connection breaks while many deliveries and publishes are under way, MassTransit 8.4.0 with
/// RabbitMQ.Client 7.1.2 sometimes keeps the dead connection for good, also through a stop and start of the bus.
/// </remarks>
internal sealed class BusHealth(
    IBusControl bus,
    HealthState health,
    IOptions<SamenhangOptions> options,
    IHostApplicationLifetime process,
    TimeProvider time,
    ILogger<BusHealth> logger) : BackgroundService
{
    public const string Name = "samenhang.bus";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Longer than the longest pause (30 s) that MassTransit makes between two tries of its own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan NodeAnswersWithin = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool? reported = null;
        long? strandedSince = null; // Since when the broker answers and the bus is down all the same.
        try
        {
            while (true)
            {
                var up = bus.CheckHealth().Status == BusHealthStatus.Healthy;
                if (up != reported)
                {
                    health.SetOptional(Name, up);
                    reported = up;
                }

                strandedSince = up || !await BrokerAnswersAsync(stoppingToken) ? null : strandedSince ?? time.GetTimestamp();
                if (strandedSince is { } since && time.GetElapsedTime(since) > Patience)
                {
                    BusLog.Stranded(logger, Patience);
                    process.StopApplication();
                    return;
                }

                await Task.Delay(Every, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> BrokerAnswersAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Transport != Transport.RabbitMq)
        {
            return false;
        }

        foreach (var node in options.Value.RabbitMq.Addresses())
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(node.Host, node.Port, cancellationToken).AsTask().WaitAsync(NodeAnswersWithin, time, cancellationToken);
                return true;
            }
            catch (Exception cause) when (cause is SocketException or TimeoutException)
            {
                // This node is away; another may answer. When all are away there is nothing to find back to.
            }
        }

        return false;
    }
}

/// <summary>Log of the bus.</summary>
internal static partial class BusLog
{
    [LoggerMessage(2011, LogLevel.Critical, "The broker answers but the bus has not found back to it in {Patience}: the process ends, to be started again.", EventName = "BusStranded")]
    public static partial void Stranded(ILogger logger, TimeSpan patience);
}
