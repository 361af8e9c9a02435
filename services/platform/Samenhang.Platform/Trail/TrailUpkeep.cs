using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Trail;

/// <summary>
/// Removes lines of which the time is over, and tells in the log where the chain ends: whoever can change the database cannot change what
/// the log has already taken elsewhere.
/// </summary>
internal sealed class TrailUpkeep(string service, ITrailStore trail, IOptions<SamenhangOptions> options, TimeProvider time, ILogger<TrailUpkeep> logger) : BackgroundService
{
    /// <summary>The method of the line that stands for those that were removed.</summary>
    public const string Checkpoint = "trail/forget";

    private const int MostAtOnce = 10_000;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TrailHead? told = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ForgetAsync(stoppingToken);
                var head = await trail.ReadAsync((snapshot, cancel) => snapshot.HeadAsync(cancel), stoppingToken);
                if (head is not null && head.Number != (told?.Number ?? 0))
                {
                    TrailLog.Head(logger, service, head.ToString());
                    told = head;
                }
            }
            catch (StoreUnavailableException)
            {
                // Every call that cannot be written tells it; the next hour comes.
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var keep = options.Value.Trail.KeepDays;
        var now = time.GetUtcNow();
        while (keep > 0 && await trail.ForgetAsync(now.AddDays(-keep), MostAtOnce, forgotten => LineOf(forgotten, now), cancellationToken) is > 0 and var gone)
        {
            TrailLog.Forgotten(logger, service, gone);
        }
    }

    private TrailLine LineOf(TrailHead forgotten, DateTimeOffset now) => new()
    {
        OccurredOn = now,
        Service = service,
        Instance = TrailInstance.Name,
        Method = Checkpoint,
        Part = forgotten.ToString(),
        Action = TrailAction.Delete,
        Outcome = TrailOutcome.Success,
        Status = "OK",
        Activity = Checkpoint,
    };
}

/// <summary>Which process writes.</summary>
internal static class TrailInstance
{
    public static string Name { get; } = FormattableString.Invariant($"{Environment.MachineName}/{Environment.ProcessId}");
}

/// <summary>Log of the trail.</summary>
internal static partial class TrailLog
{
    [LoggerMessage(2041, LogLevel.Information, "The trail of {Service} ends at {Head}.", EventName = "TrailHead")]
    public static partial void Head(ILogger logger, string service, string head);

    [LoggerMessage(2042, LogLevel.Information, "{Lines} lines of the trail of {Service} were removed: their time is over.", EventName = "TrailForgotten")]
    public static partial void Forgotten(ILogger logger, string service, long lines);

    [LoggerMessage(2043, LogLevel.Warning, "A call of {Method} could not be written in the trail, so it was not answered.", EventName = "TrailUnavailable")]
    public static partial void Unavailable(ILogger logger, string method, Exception cause);

    [LoggerMessage(2044, LogLevel.Error, "A call of {Method} could not be written in the trail by a fault of ours, so it was not answered.", EventName = "TrailFailed")]
    public static partial void Failed(ILogger logger, string method, Exception cause);
}
