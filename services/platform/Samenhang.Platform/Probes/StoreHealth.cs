using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Probes;

/// <summary>Watches the stores of this process. A service whose store does not answer takes no calls: it could neither decide nor remember.</summary>
internal sealed class StoreHealth(
    IEnumerable<ServiceRegistration> services, IServiceProvider provider, HealthState health, TimeProvider time, ILogger<StoreHealth> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The name under which health tells of a store.</summary>
    public static string NameOf(string service) => $"store.{service}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(services.Select(service => WatchAsync(service.Name, provider.GetRequiredKeyedService<IEventStore>(service.Name), stoppingToken)));

    private async Task WatchAsync(string service, IEventStore store, CancellationToken cancellationToken)
    {
        var told = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            Exception? down = null;
            try
            {
                using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                bound.CancelAfter(Patience);
                await store.ReadCursorAsync(Relay.Cursor, bound.Token).WaitAsync(Patience, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception cause)
            {
                down = cause; // Whatever it is: a store that cannot say how far its relay came can do nothing else.
            }

            health.SetDependency(NameOf(service), down is null);
            if (down is null != told)
            {
                told = down is null;
                if (down is null)
                {
                    StoreHealthLog.Up(logger, service);
                }
                else
                {
                    StoreHealthLog.Down(logger, service, down);
                }
            }

            await Task.Delay(Every, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

internal static partial class StoreHealthLog
{
    [LoggerMessage(2201, LogLevel.Error, "The store of {Service} does not answer; the service takes no calls.", EventName = "StoreDown")]
    public static partial void Down(ILogger logger, string service, Exception cause);

    [LoggerMessage(2202, LogLevel.Information, "The store of {Service} answers again.", EventName = "StoreUp")]
    public static partial void Up(ILogger logger, string service);
}
