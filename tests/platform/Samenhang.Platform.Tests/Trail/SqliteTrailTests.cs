using Microsoft.Data.Sqlite;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.Sqlite;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Tests.Trail;

public sealed class SqliteTrailTests : TrailContract, IDisposable
{
    private static readonly Samenhang.Platform.Keys.StoreKeys Keys = Samenhang.Platform.Tests.Store.EventStoreContract.FreshKeys();

    private readonly TemporaryFolder _folder = new();

    private protected override string LaterMoment => "substr(occurred_on, 1, length(occurred_on) - 2) || '7Z'";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copy_of_the_file_is_right_and_goes_on_where_it_stood()
    {
        await WriteAsync(50);
        var seen = (await VerifyAsync()).Head;
        File.Copy(_folder.File("store.db"), _folder.File("copy.db"));
        File.Copy(_folder.File("store.db-wal"), _folder.File("copy.db-wal"));
        await WriteAsync(5);

        var copy = await TrailVerifier.VerifyAsync(StoredTrail.OfFile(_folder.File("copy.db")), seen, None);
        Assert.Equal((50, 1, true), Told(copy));
        Assert.Equal(seen.ToString(), copy.Head.ToString());

        using var restored = Open("copy.db");
        await restored.Trail.AppendAsync([(await Trail.ReadAsync((snapshot, cancel) => snapshot.FindAsync(1, cancel), None))!.Line], None);
        Assert.Equal((51, 1, true), Told(await TrailVerifier.VerifyAsync(restored.Trail, seen, None)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made_by_looking_at_it()
    {
        await Assert.ThrowsAsync<StoreUnavailableException>(() => TrailVerifier.VerifyAsync(StoredTrail.OfFile(_folder.File("absent.db")), null, None));
        Assert.False(File.Exists(_folder.File("absent.db")));
    }

    private protected override Task<IEventStore> OpenAsync() => Task.FromResult<IEventStore>(Open("store.db"));

    private protected override ITrailReader Look() => StoredTrail.OfFile(_folder.File("store.db"));

    private protected override Task TamperAsync(string sql) => RunAsync($"DROP TRIGGER IF EXISTS trail_is_never_changed; DROP TRIGGER IF EXISTS trail_is_never_removed; {sql}");

    private protected override string Literal(byte[] bytes) => $"X'{Convert.ToHexString(bytes)}'";

    private protected override async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("store.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private SqliteEventStore Open(string name) => SqliteEventStore.Open(_folder.File(name), [], Keys, TimeProvider.System);
}
