using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Store;

namespace Samenhang.Casemanager.Rounds;

/// <summary>Judges every case anew when a day begins: terms pass and ages change without anybody doing anything.</summary>
public sealed class DayClock(CaseTable table, CaseDesk cases, Days days, TimeProvider time, ILogger<DayClock> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        DateOnly? done = null;
        try
        {
            do
            {
                var today = days.Today;
                if (done != today && await BeginAsync(stoppingToken))
                {
                    done = today;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var caseId in await table.AllAsync(cancellationToken))
            {
                await cases.BeginDayAsync(caseId, cancellationToken);
            }

            return true;
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            RoundLog.DayFailed(logger, cause);
            return false;
        }
    }
}
