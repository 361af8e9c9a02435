using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Hosting;

/// <summary>
/// Prepares a store at the start and every day: a service whose tables cannot be right does not start, one whose database is away starts
/// and is not ready. Forgets what need not be remembered any more (<see cref="StoreOptions.RememberDays"/>).
/// </summary>
internal sealed class StoreUpkeep(IEventStore store, IOptions<SamenhangOptions> options, TimeProvider time, ILogger<StoreUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(24);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.PrepareAsync(cancellationToken);
        }
        catch (StoreUnavailableException cause)
        {
            StoreUpkeepLog.Away(logger, cause);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Every;
            try
            {
                await store.PrepareAsync(stoppingToken);
                if (options.Value.Store.RememberDays is > 0 and var days)
                {
                    await store.ForgetAsync(time.GetUtcNow().AddDays(-days), stoppingToken);
                }
            }
            catch (StoreUnavailableException)
            {
                pause = Retry;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Log of the upkeep.</summary>
internal static partial class StoreUpkeepLog
{
    [LoggerMessage(2031, LogLevel.Error, "The store cannot be reached at the start; the service is not ready until it can.", EventName = "StoreAway")]
    public static partial void Away(ILogger logger, Exception cause);
}
