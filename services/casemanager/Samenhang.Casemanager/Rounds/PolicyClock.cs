using Microsoft.Extensions.Options;
using Samenhang.Api.Hosting;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Store;

namespace Samenhang.Casemanager.Rounds;

/// <summary>
/// Judges cases anew when the numbers or policies that count for them were edited, while this service ran or while it was away. A case
/// whose last round was made by the same set is left alone.
/// </summary>
public sealed class PolicyClock(CaseTable table, CaseDesk cases, CurrentPolicies policies, IOptions<PolicyOptions> options, TimeProvider time, ILogger<PolicyClock> logger)
    : BackgroundService
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var changed = policies.Changed;
                if (await FollowAsync(stoppingToken))
                {
                    await changed.WaitAsync(stoppingToken);
                    await Task.Delay(options.Value.SettleFor, time, stoppingToken);
                }
                else
                {
                    await Task.Delay(TryAgainAfter, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var caseId in await table.AllAsync(cancellationToken))
            {
                await cases.FollowPoliciesAsync(caseId, cancellationToken);
            }

            return true;
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            RoundLog.PoliciesFailed(logger, cause);
            return false;
        }
    }
}
