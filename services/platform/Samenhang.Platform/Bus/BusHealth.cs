using MassTransit;
using Microsoft.Extensions.Hosting;
using Samenhang.Platform.Grpc.Health;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Reports the bus of this process to the health service under the name <see cref="Name"/>. The server as a whole goes on serving
/// while the broker is away, because it takes commands then; a bus that stays down asks for a restart of the process.
/// </summary>
internal sealed class BusHealth(IBusControl bus, HealthState health, TimeProvider time) : BackgroundService
{
    public const string Name = "samenhang.bus";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        bool? reported = null;
        do
        {
            var up = bus.CheckHealth().Status == BusHealthStatus.Healthy;
            if (up != reported)
            {
                health.SetService(Name, up);
                reported = up;
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false; // The host stops.
        }
    }
}
