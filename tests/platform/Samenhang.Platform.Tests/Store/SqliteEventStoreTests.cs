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
