using System.Data.Common;
using System.Security.Cryptography;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Keys;

/// <summary>Counts what opens.</summary>
internal static class SealedCounts
{
    public const string NoKey = "-";

    public static IReadOnlyList<SealedCount> Of(IEnumerable<(string KeyId, bool Opens)> rows) =>
        [.. rows.GroupBy(row => row.KeyId, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SealedCount(group.Key, group.Count(), group.Count(row => !row.Opens)))];

    public static bool Opens(Action open)
    {
        try
        {
            open();
            return true;
        }
        catch (Exception cause) when (cause is CryptographicException or InvalidOperationException or FormatException or Microsoft.Extensions.Options.OptionsValidationException)
        {
            return false; // Altered, moved, or under a key that is not in the ring: the caller counts it.
        }
    }

    /// <summary>Writes rows of the store past any stream.</summary>
    public static Task WriteAsync(IEventStore store, RowWrites rows, CancellationToken cancellationToken) =>
        store.AppendAsync(new Append { StreamId = "keys/renewal", ExpectedVersion = 0, Events = [], Rows = rows.All }, cancellationToken);
}

/// <summary>The keys of the streams of one service: whoever renews them renews the seal of every event, and touches none.</summary>
internal sealed class StreamKeyRows(string service, IEventStore store, StoreKeys keys) : ISealedRows
{
    private const int AtOnce = 500;

    public string Name => $"{service}.stream_key";

    public async Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken cancellationToken) => SealedCounts.Of(await store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            "SELECT stream_id, key_id, closed FROM stream_key WHERE closed IS NOT NULL",
            row => (row.GetString(1), SealedCounts.Opens(() => keys.OpenStreamKey(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)))),
            cancel),
        cancellationToken));

    public async Task<int> RenewSomeAsync(CancellationToken cancellationToken)
    {
        var active = keys.Ring.Active.Id;
        var old = await store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                "SELECT stream_id, key_id, closed FROM stream_key WHERE key_id <> @active AND closed IS NOT NULL ORDER BY stream_id LIMIT @most",
                row => new StreamKeyRow(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)),
                cancel,
                ("@active", active),
                ("@most", AtOnce)),
            cancellationToken);
        var rows = new RowWrites();
        rows.Add("INSERT INTO key_used (key_id) VALUES (@active) ON CONFLICT (key_id) DO NOTHING", ("@active", active));
        foreach (var row in old)
        {
            var (keyId, closed) = keys.CloseStreamKey(row.StreamId, keys.OpenStreamKey(row.StreamId, row.KeyId, row.Closed!));

            // An erasure in between wins.
            rows.Add(
                "UPDATE stream_key SET key_id = @key, closed = @closed WHERE stream_id = @stream AND key_id = @was AND closed IS NOT NULL",
                ("@key", keyId),
                ("@closed", closed),
                ("@stream", row.StreamId),
                ("@was", row.KeyId));
        }

        await SealedCounts.WriteAsync(store, rows, cancellationToken);
        return old.Count;
    }
}

/// <summary>The sealed texts in a table of one service.</summary>
internal sealed class SealedTableRows(string service, SealedTable table, IEventStore store, StoreKeys keys) : ISealedRows
{
    private const int AtOnce = 200;

    public string Name => $"{service}.{table.Name}";

    public async Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken cancellationToken) => SealedCounts.Of(await store.QueryAsync(
        (connection, cancel) => connection.RowsAsync($"SELECT {table.Columns} FROM {table.Name}", row => (KeyIdOf(row), SealedCounts.Opens(() => table.Read(keys, row))), cancel),
        cancellationToken));

    public async Task<int> RenewSomeAsync(CancellationToken cancellationToken)
    {
        var old = await store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                $"SELECT {table.Columns} FROM {table.Name} WHERE {table.IsOld} LIMIT @most",
                row => table.Read(keys, row),
                cancel,
                ("@active", keys.Ring.Active.Id + ".%"),
                ("@most", AtOnce)),
            cancellationToken);
        var rows = new RowWrites();
        foreach (var row in old)
        {
            table.Renew(keys, row, rows);
        }

        await SealedCounts.WriteAsync(store, rows, cancellationToken);
        return old.Count;
    }

    private string KeyIdOf(DbDataReader row)
    {
        for (var column = table.Key.Count; column < table.Key.Count + table.Texts.Count; column++)
        {
            if (!row.IsDBNull(column))
            {
                return StoreKeys.KeyIdOf(row.GetString(column)) ?? SealedCounts.NoKey;
            }
        }

        return keys.Ring.Active.Id; // Nothing in it: under no older key at least.
    }
}

/// <summary>Forgets which keys were used, once nothing lies under them: they may then leave the ring.</summary>
public static class UnusedKeys
{
    /// <summary>Forgets in one store every key but those that still seal something.</summary>
    public static Task ForgetAsync(IEventStore store, IReadOnlyCollection<string> inUse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(inUse);
        var rows = new RowWrites();
        var names = inUse.Select((_, place) => $"@key{place}").ToList();
        rows.Add($"DELETE FROM key_used WHERE key_id NOT IN ({string.Join(", ", names)})", [.. inUse.Select((key, place) => (names[place], (object?)key))]);
        return SealedCounts.WriteAsync(store, rows, cancellationToken);
    }
}
