using Microsoft.Extensions.DependencyInjection;
using Samenhang.Api;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Households;

/// <summary>
/// Follows the feed of the store and lets the cases of a household hear of each other. After a crash it goes on where it was, or a bit
/// before: working it out again changes nothing. On each new day and at the start all households are looked at: consents and
/// memberships begin and end, and children come of age, without anybody doing anything.
/// </summary>
public sealed partial class HouseholdClock(
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store, HouseholdDesk households, Days days, TimeProvider time, ILogger<HouseholdClock> logger) : BackgroundService
{
    private const string Cursor = "households";
    private const int BatchSize = 500;
    private static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    private IFeedCursor? held;
    private long position;
    private DateOnly? done;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var appended = store.Appended; // Taken before reading, so that no append falls between.
                var (pause, more) = await FollowAsync(stoppingToken);
                if (!more)
                {
                    await Task.WhenAny(pause == LookEvery ? appended : Task.Delay(Timeout.Infinite, stoppingToken), Task.Delay(pause, time, stoppingToken));
                    await Task.Delay(Collect, stoppingToken); // Many appends are read at once.
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            await GiveUpAsync();
        }
    }

    private async ValueTask GiveUpAsync()
    {
        if (held is { } cursor)
        {
            held = null;
            await cursor.DisposeAsync();
        }
    }

    private async Task<(TimeSpan Pause, bool More)> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (held is null)
            {
                held = await store.TryHoldCursorAsync(Cursor, cancellationToken);
                if (held is null)
                {
                    return (TryAgainAfter, false); // Another process of this service does it.
                }

                position = held.Position;
            }

            var today = days.Today;
            if (done != today)
            {
                foreach (var household in await households.AllAsync(cancellationToken))
                {
                    await households.FollowAsync(household, cancellationToken);
                }

                done = today;
            }

            var batch = await store.ReadFromAsync(position, BatchSize, Payloads.None, cancellationToken);
            var concerned = await households.ConcernedAsync(batch, cancellationToken);
            foreach (var household in concerned)
            {
                await households.FollowAsync(household, cancellationToken);
            }

            position = batch.Count == 0 ? position : batch[^1].Position;

            // Most events concern no household: how far it has read is worth writing only now and then.
            if (concerned.Count > 0 || position - held.Position >= BatchSize)
            {
                await held.MoveAsync(position, cancellationToken);
            }

            return (LookEvery, batch.Count == BatchSize);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            LogFailed(logger, cause);
            await GiveUpAsync();
            return (TryAgainAfter, false);
        }
    }

    [LoggerMessage(3006, LogLevel.Error, "Letting the cases of households hear of each other met a fault and is tried again later.", EventName = "HouseholdClockFailed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
