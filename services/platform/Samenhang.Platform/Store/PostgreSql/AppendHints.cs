using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Samenhang.Platform.Store.PostgreSql;

/// <summary>
/// Wakes who waits for the next append, in this process at once and in others by <c>NOTIFY</c>. The notice is not part of the append:
/// there it would make all commits of the database wait for each other. It is a hint; who misses it finds the event at the next look.
/// </summary>
internal sealed class AppendHints(NpgsqlDataSource connections, string schema, ILogger logger) : IAsyncDisposable
{
    // Appends of so long are told at once: under load a few notices a second and not thousands. Each wakes whoever listens in this database,
    // also those of other services, and in this process nobody waits for it.
    private static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly AppendSignal _signal = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string _channel = $"samenhang_{schema}";
    private volatile int _teller; // The connection that tells for this process: what it says is known here.
    private Task _listening = Task.CompletedTask;
    private Task _telling = Task.CompletedTask;

    public Task Next => _signal.Next;

    /// <summary>Begins to hear and tell other processes; once.</summary>
    public void Listen() => (_listening, _telling) = (UntilStoppedAsync(HearAsync), UntilStoppedAsync(TellAsync));

    /// <summary>Something was appended here.</summary>
    public void Tell()
    {
        _signal.Set();
        _told.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_listening, _telling);
        _stopping.Dispose();
    }

    private async Task HearAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        connection.Notification += (_, notice) =>
        {
            if (notice.PID != _teller)
            {
                _signal.Set();
            }
        };
        await using (var command = new NpgsqlCommand($"LISTEN \"{_channel}\"", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private async Task TellAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        _teller = connection.ProcessID;
        await using var command = new NpgsqlCommand("SELECT pg_notify(@channel, '')", connection) { Parameters = { new("channel", _channel) } };
        while (true)
        {
            await _told.Reader.ReadAsync(cancellationToken);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await Task.Delay(Collect, cancellationToken);
        }
    }

    private async Task UntilStoppedAsync(Func<NpgsqlConnection, CancellationToken, Task> act)
    {
        await Task.Yield();
        var away = false;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connections.OpenConnectionAsync(_stopping.Token);
                away = false;
                await act(connection, _stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception cause) when (cause is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
            {
                if (!away)
                {
                    AppendHintsLog.Away(logger, schema, cause);
                    away = true;
                }

                await Task.Delay(Retry, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

/// <summary>Log of the hints.</summary>
internal static partial class AppendHintsLog
{
    [LoggerMessage(2021, LogLevel.Warning, "The store of {Schema} hears nothing of other processes now; it looks by itself until it does.", EventName = "HintsAway")]
    public static partial void Away(ILogger logger, string schema, Exception cause);
}
