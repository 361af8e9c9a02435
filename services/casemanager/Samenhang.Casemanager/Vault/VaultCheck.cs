using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Vault;

/// <summary>Sees at the start that the vault belongs to this key; when it is away, its first use sees it.</summary>
public sealed partial class VaultCheck(BsnVault vault, ILogger<VaultCheck> logger) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await vault.PrepareAsync(cancellationToken);
        }
        catch (StoreUnavailableException cause)
        {
            LogAway(logger, cause);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3007, LogLevel.Error, "The vault cannot be reached at the start.", EventName = "VaultAway")]
    private static partial void LogAway(ILogger logger, Exception cause);
}
