using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Rounds;

/// <summary>Ends the waiting of rounds whose time is up, so that a silent domain never holds up a plan.</summary>
public sealed class RoundClock(CaseTable table, CaseDesk cases, LastGood<RoundOptions> options, TimeProvider time, ILogger<RoundClock> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // While this process was away answers may have come to its queue: domains get their time anew, counted from the start.
        var listeningSince = time.GetUtcNow();
        using var timer = new PeriodicTimer(options.Now.LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (time.GetUtcNow() - listeningSince >= options.Now.AnswerWithin)
                {
                    await LookAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (caseId, round) in await table.WaitingSinceBeforeAsync(time.GetUtcNow() - options.Now.AnswerWithin, cancellationToken))
            {
                await cases.EndWaitingAsync(caseId, round, cancellationToken);
                RoundLog.TimeUp(logger, caseId, round);
            }
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            // The next tick looks again; a clock that died would let rounds wait for ever.
            RoundLog.Failed(logger, cause);
        }
    }
}

internal static partial class RoundLog
{
    [LoggerMessage(3001, LogLevel.Warning, "The time of round {Round} of case {CaseId} is up; the plan is made with the answers that came.", EventName = "RoundTimeUp")]
    public static partial void TimeUp(ILogger logger, string caseId, int round);

    [LoggerMessage(3002, LogLevel.Error, "The clock of the rounds met a fault and looks again later.", EventName = "RoundClockFailed")]
    public static partial void Failed(ILogger logger, Exception cause);

    [LoggerMessage(3003, LogLevel.Error, "The clock of the days met a fault and tries again later.", EventName = "DayClockFailed")]
    public static partial void DayFailed(ILogger logger, Exception cause);

    [LoggerMessage(3005, LogLevel.Error, "Following the policies met a fault and is tried again later.", EventName = "PolicyClockFailed")]
    public static partial void PoliciesFailed(ILogger logger, Exception cause);
}
