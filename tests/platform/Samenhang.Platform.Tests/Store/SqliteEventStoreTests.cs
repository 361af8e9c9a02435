using Microsoft.Data.Sqlite;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.Sqlite;

namespace Samenhang.Platform.Tests.Store;

public sealed class SqliteEventStoreTests : EventStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_reported_as_written_is_there_after_a_kill()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));
        await Append("case/a", 1, NewEvent("changed"));
        await using (var cursor = (await Store.TryHoldCursorAsync("relay", None))!)
        {
            await cursor.MoveAsync(1, None);
        }

        // A killed process leaves the file and its write-ahead log as they are at that moment.
        File.Copy(_folder.File("store.db"), _folder.File("killed.db"));
        File.Copy(_folder.File("store.db-wal"), _folder.File("killed.db-wal"));
        using var reopened = Open("killed.db", Keys);

        Assert.Equal(["opened", "changed"], (await reopened.LoadAsync("case/a", None)).Select(recorded => recorded.Type));
        Assert.NotNull(await reopened.FindRequestAsync("r1", None));
        Assert.Equal(1, await reopened.ReadCursorAsync("relay", None));
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_apart_from_a_bug()
    {
        File.Move(_folder.File("store.db"), _folder.File("away.db"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task A_key_that_was_destroyed_lies_nowhere_in_the_files()
    {
        await Append("case/a", 0, NewEvent("opened"));
        await Append("case/b", 0, NewEvent("opened"));
        var destroyed = await ClosedKeyAsync("case/a");
        var kept = await ClosedKeyAsync("case/b");
        Assert.True(LiesInFiles(destroyed));

        await EraseAsync("case/a", 1);

        Assert.False(LiesInFiles(destroyed));
        Assert.True(LiesInFiles(kept));
    }

    private async Task<byte[]> ClosedKeyAsync(string streamId) => (await Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync("SELECT closed FROM stream_key WHERE stream_id = @stream", row => row.GetFieldValue<byte[]>(0), cancel, ("@stream", streamId)),
        None)).Single();

    private bool LiesInFiles(byte[] bytes) => Directory.EnumerateFiles(_folder.Path).Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        file.CopyTo(all);
        return all.ToArray().AsSpan().IndexOf(bytes) >= 0;
    });

    private protected override Task<IEventStore> OpenAsync(StoreKeys keys) => Task.FromResult<IEventStore>(Open("store.db", keys));

    private protected override string Unguarded => "DROP TRIGGER event_is_never_changed";

    private protected override async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("store.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private SqliteEventStore Open(string name, StoreKeys keys) => SqliteEventStore.Open(_folder.File(name), [], keys, TimeProvider.System);
}
