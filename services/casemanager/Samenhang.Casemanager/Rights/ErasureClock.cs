namespace Samenhang.Casemanager.Rights;

/// <summary>Does what must follow an erasure and was not done, because the process ended or the vault or broker was away.</summary>
public sealed partial class ErasureClock(ErasureDesk erasures, TimeProvider time, ILogger<ErasureClock> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            do
            {
                try
                {
                    await erasures.FollowAsync(null, stoppingToken);
                }
                catch (Exception cause) when (cause is not OperationCanceledException)
                {
                    LogFailed(logger, cause);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(3010, LogLevel.Error, "What must follow an erasure met a fault and is tried again later.", EventName = "ErasureClockFailed")]
    private static partial void LogFailed(ILogger logger, Exception cause);
}
