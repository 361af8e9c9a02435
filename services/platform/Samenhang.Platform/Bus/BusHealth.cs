using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Watches the bus of this process. It reports it to the health service under the name <see cref="Name"/>: the server as a whole
/// goes on serving while the broker is away, because it takes commands then. And it ends the process when the broker takes messages but
/// the bus does not find back to it, or hears no answer to what it publishes; whoever supervises the process starts it again, and
/// nothing is lost by that.
/// </summary>
/// <remarks>
/// The second is needed: when a connection breaks while many deliveries and publishes are under way, MassTransit 8.4.0 with
/// RabbitMQ.Client 7.1.2 sometimes keeps the dead connection for good, also through a stop and start of the bus. Or it hears again and
/// leaves every publish without an end: then its own health is good, and only the relays know.
/// </remarks>
internal sealed class BusHealth(
    IBusControl bus,
    HealthState health,
    SilentRelays silent,
    IOptions<SamenhangOptions> options,
    IHostApplicationLifetime process,
    TimeProvider time,
    ILogger<BusHealth> logger) : BackgroundService
{
    public const string Name = "samenhang.bus";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Longer than the longest pause (30 s) that MassTransit makes between two tries of its own.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan BrokerAnswersWithin = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool? reported = null;
        long? strandedSince = null; // Since when the broker takes messages and ours do not get there all the same.
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

                strandedSince = (up && !silent.Any) || !await BrokerTakesMessagesAsync(stoppingToken) ? null : strandedSince ?? time.GetTimestamp();
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

    private async Task<bool> BrokerTakesMessagesAsync(CancellationToken cancellationToken)
        => options.Value.Transport == Transport.RabbitMq && await options.Value.RabbitMq.TakesMessagesAsync(BrokerAnswersWithin, cancellationToken);
}

/// <summary>Log of the bus.</summary>
internal static partial class BusLog
{
    [LoggerMessage(2011, LogLevel.Critical, "The broker takes messages but those of this process have not reached it in {Patience}: the process ends, to be started again.", EventName = "BusStranded")]
    public static partial void Stranded(ILogger logger, TimeSpan patience);
}
