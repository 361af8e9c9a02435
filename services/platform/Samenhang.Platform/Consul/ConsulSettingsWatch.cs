using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Samenhang.Platform.Consul;

/// <summary>Follows the settings of a service in Consul while it runs.</summary>
internal sealed class ConsulSettingsWatch(ConsulSettings settings, ConsulClient client, BlockingQuery query, ILogger<ConsulSettingsWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TellRefused();
        if (settings.Now is { IsRead: true } read)
        {
            ConsulSettingsLog.Read(logger, read.Settings.Count, settings.Prefix);
        }

        try
        {
            await query.RunAsync(
                (index, cancellation) => client.KeysAsync(settings.Prefix, index, cancellation),
                Take,
                (cause, failures) =>
                {
                    if (failures == 1)
                    {
                        ConsulSettingsLog.Unread(logger, settings.Prefix, cause);
                    }
                },
                stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Take(IReadOnlyList<ConsulKeyValue> keys)
    {
        var refused = settings.Now.Refused;
        try
        {
            if (settings.Take(keys))
            {
                ConsulSettingsLog.Changed(logger, settings.Now.Settings.Count, settings.Prefix);
            }
        }
        catch (Exception cause) when (cause is OptionsValidationException or InvalidOperationException or FormatException or AggregateException)
        {
            // Whoever follows a setting checks it in here. A wrong value must not end the watch: the next one may be right.
            ConsulSettingsLog.Faulty(logger, settings.Prefix, cause);
        }

        if (!settings.Now.Refused.SequenceEqual(refused))
        {
            TellRefused();
        }
    }

    private void TellRefused()
    {
        foreach (var key in settings.Now.Refused)
        {
            ConsulSettingsLog.Refused(logger, key);
        }
    }
}

internal static partial class ConsulSettingsLog
{
    [LoggerMessage(2111, LogLevel.Information, "{Count} settings were read from Consul under {Prefix}.", EventName = "ConsulSettingsRead")]
    public static partial void Read(ILogger logger, int count, string prefix);

    [LoggerMessage(2112, LogLevel.Information, "The settings in Consul under {Prefix} changed; there are {Count}.", EventName = "ConsulSettingsChanged")]
    public static partial void Changed(ILogger logger, int count, string prefix);

    [LoggerMessage(2113, LogLevel.Warning, "The settings in Consul under {Prefix} cannot be read; what was read before stays.", EventName = "ConsulSettingsUnread")]
    public static partial void Unread(ILogger logger, string prefix, Exception cause);

    [LoggerMessage(2114, LogLevel.Error, "A setting in Consul under {Prefix} is wrong.", EventName = "ConsulSettingsFaulty")]
    public static partial void Faulty(ILogger logger, string prefix, Exception cause);

    [LoggerMessage(2115, LogLevel.Error, "The key {Key} in Consul is named like a secret and is refused: give secrets as variables or files.", EventName = "ConsulSecretRefused")]
    public static partial void Refused(ILogger logger, string key);
}
