using Microsoft.Data.Sqlite;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.Sqlite;

namespace Samenhang.Platform.Tests.Store;

public sealed class SqliteEventStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteEventStore _store;

    public SqliteEventStoreTests() => _store = Open("store.db");

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_appended_event_is_read_back_as_it_was_written()
    {
        var written = NewEvent("opened") with { Publish = true, Payload = """{"naam":"Zoë"}""" };
        var message = NewId();

        var outcome = await _store.AppendAsync(
            new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [written], MessageId = message, Request = Request("r1", "x", "y") },
            None);

        Assert.Equal(new AppendOutcome.Appended(1), outcome);
        var read = Assert.Single(await _store.LoadAsync("case/a", None));
        Assert.Equal((1, "case/a", 1), (read.Position, read.StreamId, read.StreamVersion));
        Assert.Equal(written, new NewEvent(read.MessageId, read.Type, read.Payload, read.OccurredOn, read.Publish));
        Assert.Equal(("r1", (Guid?)message), (read.RequestId, read.CausedBy));
    }

    [Fact]
    public async Task A_stale_expected_version_is_a_value_that_names_the_current_one_and_writes_nothing()
    {
        await Append("case/a", 0, NewEvent("opened"), NewEvent("changed"));

        Assert.Equal(new AppendOutcome.VersionConflict(2), await Append("case/a", 1, NewEvent("changed")));
        Assert.Equal(new AppendOutcome.VersionConflict(0), await Append("case/b", 3, NewEvent("changed")));
        Assert.Equal(2, (await _store.ReadFromAsync(0, 100, None)).Count);
    }

    [Fact]
    public async Task The_same_request_with_the_same_content_gets_the_stored_reply()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));

        var again = await Append("case/a", 0, Request("r1", "content", "another reply"), NewEvent("opened"));

        Assert.Equal("reply"u8.ToArray(), Assert.IsType<AppendOutcome.AlreadyAnswered>(again).Reply.ToArray());
        Assert.Single(await _store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task The_same_request_id_with_other_content_is_refused()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));

        Assert.IsType<AppendOutcome.RequestIdReused>(await Append("case/a", 1, Request("r1", "other", "reply"), NewEvent("changed")));
        Assert.Single(await _store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task A_bus_message_has_its_effect_once()
    {
        var message = NewId();
        var append = new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [NewEvent("opened")], MessageId = message };
        Assert.False(await _store.HasHandledAsync(message, None));

        Assert.IsType<AppendOutcome.Appended>(await _store.AppendAsync(append, None));
        Assert.IsType<AppendOutcome.AlreadyHandled>(await _store.AppendAsync(append with { ExpectedVersion = 1 }, None));

        Assert.True(await _store.HasHandledAsync(message, None));
        Assert.Single(await _store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task A_projection_that_fails_takes_everything_with_it()
    {
        var message = NewId();
        var append = new Append
        {
            StreamId = "case/a",
            ExpectedVersion = 0,
            Events = [NewEvent("opened")],
            MessageId = message,
            Request = Request("r1", "content", "reply"),
            Project = (_, _) => throw new InvalidDataException("the projection is broken"),
        };

        await Assert.ThrowsAsync<InvalidDataException>(() => _store.AppendAsync(append, None));

        Assert.Empty(await _store.LoadAsync("case/a", None));
        Assert.False(await _store.HasHandledAsync(message, None));
        Assert.Null(await _store.FindRequestAsync("r1", None));
        Assert.IsType<AppendOutcome.Appended>(await _store.AppendAsync(append with { Project = null }, None));
    }

    [Fact]
    public async Task The_feed_gives_every_event_once_in_order_a_page_at_a_time()
    {
        for (var n = 0; n < 25; n++)
        {
            await Append($"case/{n % 3}", n / 3, NewEvent($"event-{n}"));
        }

        var seen = new List<RecordedEvent>();
        while (await _store.ReadFromAsync(seen.LastOrDefault()?.Position ?? 0, 10, None) is { Count: > 0 } page)
        {
            seen.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(n => $"event-{n}"), seen.Select(recorded => recorded.Type));
        Assert.Equal(seen.Select(recorded => recorded.Position).Order(), seen.Select(recorded => recorded.Position));
    }

    [Fact]
    public async Task Concurrent_appenders_to_one_stream_lose_nothing_and_leave_no_gap()
    {
        const int Writers = 8, EachWrites = 25;
        using var second = Open("store.db"); // Stands for a second process on the same file.

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? _store : second;
            for (var n = 0; n < EachWrites; n++)
            {
                var @event = NewEvent($"{writer}-{n}");
                AppendOutcome outcome = new AppendOutcome.VersionConflict((await store.LoadAsync("case/a", None)).Count);
                while (outcome is AppendOutcome.VersionConflict conflict)
                {
                    outcome = await store.AppendAsync(
                        new Append { StreamId = "case/a", ExpectedVersion = conflict.CurrentVersion, Events = [@event] }, None);
                }
            }
        })));

        var events = await _store.LoadAsync("case/a", None);
        Assert.Equal(Enumerable.Range(1, Writers * EachWrites).Select(n => (long)n), events.Select(recorded => recorded.StreamVersion));
        Assert.Equal(Writers * EachWrites, events.Select(recorded => recorded.Type).Distinct().Count());
    }

    [Fact]
    public async Task What_was_reported_as_written_is_there_after_a_kill()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));
        await Append("case/a", 1, NewEvent("changed"));
        await _store.MoveCursorAsync("relay", 1, None);

        // A killed process leaves the file and its write-ahead log as they are at that moment.
        File.Copy(_folder.File("store.db"), _folder.File("killed.db"));
        File.Copy(_folder.File("store.db-wal"), _folder.File("killed.db-wal"));
        using var reopened = Open("killed.db");

        Assert.Equal(["opened", "changed"], (await reopened.LoadAsync("case/a", None)).Select(recorded => recorded.Type));
        Assert.NotNull(await reopened.FindRequestAsync("r1", None));
        Assert.Equal(1, await reopened.ReadCursorAsync("relay", None));
    }

    [Fact]
    public async Task A_cursor_moves_forward_only()
    {
        Assert.Equal(0, await _store.ReadCursorAsync("relay", None));

        await _store.MoveCursorAsync("relay", 7, None);
        await _store.MoveCursorAsync("relay", 3, None);

        Assert.Equal(7, await _store.ReadCursorAsync("relay", None));
        Assert.Equal(0, await _store.ReadCursorAsync("another", None));
    }

    [Fact]
    public async Task The_append_signal_wakes_who_took_it_before()
    {
        var appended = _store.Appended;
        Assert.False(appended.IsCompleted);

        await Append("case/a", 0, NewEvent("opened"));

        await appended.WaitAsync(Patience.Limit);
        Assert.False(_store.Appended.IsCompleted);
    }

    [Theory]
    [InlineData("UPDATE event SET payload = '{}'")]
    [InlineData("DELETE FROM event")]
    public async Task The_database_itself_refuses_to_change_an_event(string sql)
    {
        await Append("case/a", 0, NewEvent("opened"));

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => Run(sql));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_cannot_write()
    {
        await Assert.ThrowsAsync<SqliteException>(() => _store.QueryAsync(
            async (connection, cancellationToken) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO feed_cursor VALUES ('relay', 99)";
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            None));
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_apart_from_a_bug()
    {
        File.Move(_folder.File("store.db"), _folder.File("away.db"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_it_ran_stops_the_start()
    {
        await Run("UPDATE schema_migration SET sha256 = 'another text'");

        var refusal = Assert.Throws<InvalidOperationException>(() => Open("store.db"));

        Assert.Contains("0001-events.sql", refusal.Message, StringComparison.Ordinal);
    }

    private SqliteEventStore Open(string name) => SqliteEventStore.Open(_folder.File(name), [], TimeProvider.System);

    private async Task Run(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("store.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private Task<AppendOutcome> Append(string stream, long expected, params NewEvent[] events)
        => _store.AppendAsync(new Append { StreamId = stream, ExpectedVersion = expected, Events = events }, None);

    private Task<AppendOutcome> Append(string stream, long expected, AnsweredRequest request, params NewEvent[] events)
        => _store.AppendAsync(new Append { StreamId = stream, ExpectedVersion = expected, Events = events, Request = request }, None);

    private static AnsweredRequest Request(string id, string content, string reply)
        => new(id, System.Text.Encoding.UTF8.GetBytes(content), System.Text.Encoding.UTF8.GetBytes(reply));

    private static NewEvent NewEvent(string type) => new(NewId(), type, "{}", TimeProvider.System.GetUtcNow(), Publish: false);

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
