using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.PostgreSql;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Tests.Trail;

public sealed class PostgreSqlTrailTests(PostgreSqlServer server) : TrailContract, IClassFixture<PostgreSqlServer>
{
    private static readonly Samenhang.Platform.Keys.StoreKeys Keys = Samenhang.Platform.Tests.Store.EventStoreContract.FreshKeys();

    private string? _database;

    private protected override string LaterMoment => "occurred_on + interval '1 microsecond'";

    [Fact]
    public async Task A_dump_that_is_put_back_is_right_and_goes_on_where_it_stood()
    {
        await WriteAsync(50);
        var seen = (await VerifyAsync()).Head;
        using var folder = new TemporaryFolder();
        await ToolAsync("pg_dump", "--format=custom", "--file", folder.File("store.dump"), new NpgsqlConnectionStringBuilder(_database).Database!);
        var restored = await server.NewDatabaseAsync();
        await ToolAsync("pg_restore", "--exit-on-error", "--dbname", new NpgsqlConnectionStringBuilder(restored).Database!, folder.File("store.dump"));

        Assert.Equal((50, 1, true), Told(await TrailVerifier.VerifyAsync(StoredTrail.OfDatabase(restored, "zvw"), seen, None)));

        await using var store = Open(restored);
        await store.Trail.AppendAsync([(await Trail.ReadAsync((snapshot, cancel) => snapshot.FindAsync(1, cancel), None))!.Line], None);
        Assert.Equal((51, 1, true), Told(await TrailVerifier.VerifyAsync(store.Trail, seen, None)));
    }

    [Fact]
    public async Task Two_that_remove_old_lines_at_once_do_it_one_after_the_other()
    {
        await WriteAsync(100);
        var second = await OpenAsync();
        var line = (await Trail.ReadAsync((snapshot, cancel) => snapshot.FindAsync(1, cancel), None))!.Line;
        TrailLine Checkpoint(TrailHead forgotten) => line with { OccurredOn = line.OccurredOn.AddYears(1), Method = TrailUpkeep.Checkpoint, Part = forgotten.ToString() };

        var gone = await Task.WhenAll(
            Trail.ForgetAsync(line.OccurredOn.AddDays(1), 30, Checkpoint, None), second.Trail.ForgetAsync(line.OccurredOn.AddDays(1), 30, Checkpoint, None));

        Assert.Equal([30, 30], gone);
        Assert.Equal((42, 61, true), Told(await VerifyAsync()));
        await CloseAsync(second);
    }

    private protected override async Task<IEventStore> OpenAsync()
    {
        _database ??= await server.NewDatabaseAsync();
        var store = Open(_database);
        await store.PrepareAsync(None);
        return store;
    }

    private protected override ITrailReader Look() => StoredTrail.OfDatabase(_database!, "zvw");

    private protected override Task TamperAsync(string sql) => RunAsync($"SET session_replication_role = replica; {sql}");

    private protected override string Literal(byte[] bytes) => $"'\\x{Convert.ToHexString(bytes)}'::bytea";

    private protected override async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_database};Search Path=zvw;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static PostgreSqlEventStore Open(string database) => PostgreSqlEventStore.Open(database, "zvw", [], Keys, TimeProvider.System, NullLogger.Instance);

    private async Task ToolAsync(string program, params string[] arguments)
    {
        string[] where = ["--host=127.0.0.1", $"--port={server.Port.ToString(CultureInfo.InvariantCulture)}", "--username=postgres"];
        using var process = Process.Start(new ProcessStartInfo(PostgreSqlServer.Programs + program, [.. where, .. arguments]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience.Limit);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, error);
    }
}
