using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.PostgreSql;

namespace Samenhang.Platform.Tests.Store;

/// <summary>The same promises on PostgreSQL, and those that only a server can break.</summary>
public sealed class PostgreSqlEventStoreTests(PostgreSqlServer server) : EventStoreContract, IClassFixture<PostgreSqlServer>
{
    private string? _database;

    [Fact]
    public async Task What_was_reported_as_written_is_there_after_a_kill_of_the_server_and_the_store_goes_on_by_itself()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));

        await server.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Append("case/a", 1, NewEvent("lost")));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.LoadAsync("case/a", None));
        await server.StartAsync();

        await Patience.Until(AnswersAsync, "the store finds the server again");
        Assert.Equal(new AppendOutcome.Appended(2), await Append("case/a", 1, NewEvent("changed")));
        Assert.Equal(["opened", "changed"], (await Store.LoadAsync("case/a", None)).Select(recorded => recorded.Type));
        Assert.NotNull(await Store.FindRequestAsync("r1", None));
    }

    [Fact]
    public async Task A_store_is_opened_while_the_server_is_away()
    {
        var absent = PostgreSqlEventStore.Open("Host=127.0.0.1;Port=1;Username=postgres;Database=none", "zvw", [], Keys, TimeProvider.System, NullLogger.Instance);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => absent.PrepareAsync(None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => absent.LoadAsync("case/a", None));
        await absent.DisposeAsync();
    }

    [Fact]
    public async Task Who_holds_a_cursor_loses_it_with_the_connection()
    {
        var second = await OpenAsync();
        var cursor = (await Store.TryHoldCursorAsync("relay", None))!;
        Assert.Null(await second.TryHoldCursorAsync("relay", None));

        await RunAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => cursor.MoveAsync(5, None));
        await cursor.DisposeAsync();
        await using (var other = (await second.TryHoldCursorAsync("relay", None))!)
        {
            await other.MoveAsync(3, None);
        }

        Assert.Equal(3, await Store.ReadCursorAsync("relay", None));
        await CloseAsync(second);
    }

    [Fact]
    public async Task An_append_wakes_who_waits_in_another_process()
    {
        var second = await OpenAsync();
        await second.PrepareAsync(None);
        await Append("case/a", 0, NewEvent("opened"));

        // Both begin to listen on their own time; from then on every append is told.
        var version = 1;
        await Patience.Until(
            async () =>
            {
                var appended = second.Appended;
                await Append("case/a", version++, NewEvent("changed"));
                return await Task.WhenAny(appended, Task.Delay(200)) == appended;
            },
            "the second hears of an append of the first");
        await CloseAsync(second);
    }

    [Fact]
    public async Task A_reader_waits_for_an_open_transaction_that_holds_a_lower_position_and_not_for_one_that_failed()
    {
        await Append("case/a", 0, NewEvent("opened"));
        await using var slow = new NpgsqlConnection(_database);
        await slow.OpenAsync();
        await using var open = await slow.BeginTransactionAsync();
        await InsertAsync(slow, "case/slow");
        await Append("case/b", 0, NewEvent("opened"));

        var before = await Store.ReadFromAsync(0, 10, Payloads.All, None);
        Assert.Equal(["case/a"], before.Select(recorded => recorded.StreamId));

        await open.CommitAsync();
        Assert.Equal(["case/a", "case/slow", "case/b"], (await Store.ReadFromAsync(0, 10, Payloads.All, None)).Select(recorded => recorded.StreamId));

        await using var failing = await slow.BeginTransactionAsync();
        await InsertAsync(slow, "case/failed");
        await failing.RollbackAsync();
        await Append("case/c", 0, NewEvent("opened"));
        var after = await Store.ReadFromAsync(3, 10, Payloads.All, None);
        Assert.Equal([("case/c", 5L)], after.Select(recorded => (recorded.StreamId, recorded.Position)));
    }

    [Fact]
    public async Task Events_and_handled_messages_lie_in_the_partition_of_their_month()
    {
        await Store.AppendAsync(new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [NewEvent("opened")], MessageId = NewId() }, None);

        var month = TimeProvider.System.GetUtcNow().ToString("yyyy_MM", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(1, await CountAsync($"event_{month}"));
        Assert.Equal(1, await CountAsync($"inbox_{month}"));
        Assert.Equal(0, await CountAsync("event_default"));
        Assert.Equal(0, await CountAsync("inbox_default"));
    }

    [Fact]
    public async Task Many_processes_that_start_at_once_make_the_tables_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync()));

        await Task.WhenAll(stores.Select(store => store.PrepareAsync(None)));

        foreach (var store in stores)
        {
            Assert.Empty(await store.LoadAsync("case/a", None));
            await CloseAsync(store);
        }
    }

    [Fact]
    public async Task When_all_connections_are_taken_the_caller_hears_that_the_store_is_away()
    {
        var narrow = PostgreSqlEventStore.Open($"{_database};Maximum Pool Size=1;Timeout=1", "zvw", [], Keys, TimeProvider.System, NullLogger.Instance);
        await narrow.PrepareAsync(None);
        await using var holder = new NpgsqlConnection(_database);
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var lockTable = new NpgsqlCommand("LOCK TABLE zvw.request IN ACCESS EXCLUSIVE MODE", holder))
        {
            await lockTable.ExecuteNonQueryAsync();
        }

        var waiting = narrow.FindRequestAsync("r1", None);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => narrow.LoadAsync("case/a", None));

        await transaction.RollbackAsync();
        Assert.Null(await waiting);
        Assert.Empty(await narrow.LoadAsync("case/a", None));
        await CloseAsync(narrow);
    }

    private protected override async Task<IEventStore> OpenAsync(StoreKeys keys)
    {
        _database ??= await server.NewDatabaseAsync();
        return PostgreSqlEventStore.Open(_database, "zvw", [], keys, TimeProvider.System, NullLogger.Instance);
    }

    private protected override string Unguarded => "DROP TRIGGER event_is_never_changed ON event";

    private protected override async Task RunAsync(string sql)
    {
        await Store.PrepareAsync(None);
        await using var connection = new NpgsqlConnection($"{_database};Search Path=zvw;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await Store.LoadAsync("case/a", None);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false; // Connections of before the kill are found dead one by one.
        }
    }

    private async Task<long> CountAsync(string table)
    {
        await using var connection = new NpgsqlConnection($"{_database};Search Path=zvw");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM \"{table}\"", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What an append does, in a transaction that the test holds open.</summary>
    private static async Task InsertAsync(NpgsqlConnection connection, string stream)
    {
        await using var command = new NpgsqlCommand(
            """
            SET LOCAL search_path TO zvw;
            SELECT append(@stream, 0, now(), NULL, NULL, NULL, NULL, ARRAY[gen_random_uuid()], ARRAY['slow'], ARRAY['{}'::bytea], ARRAY[now()], ARRAY[false], ARRAY[NULL::text])
            """,
            connection);
        command.Parameters.AddWithValue("stream", stream);
        await command.ExecuteNonQueryAsync();
    }
}
