using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Tests.Store;

/// <summary>What every store promises; a class for each store runs it.</summary>
public abstract class EventStoreContract : IAsyncLifetime
{
    private protected static readonly CancellationToken None = CancellationToken.None;

    private IEventStore? _opened;

    private protected IEventStore Store => _opened!;

    private protected StoreKeys Keys { get; } = FreshKeys();

    public async Task InitializeAsync() => _opened = await OpenAsync();

    public async Task DisposeAsync() => await CloseAsync(Store);

    internal static StoreKeys FreshKeys(params string[] keys) => new("zvw", KeyRing.Of(string.Join('\n', keys.DefaultIfEmpty(KeyRing.NewKey())), "the test"));

    /// <summary>The store of this test; a second time another object on the same data, as a second process would have it.</summary>
    private protected abstract Task<IEventStore> OpenAsync(StoreKeys keys);

    /// <summary>Runs SQL on the data as its owner, past the store.</summary>
    private protected abstract Task RunAsync(string sql);

    private protected Task<IEventStore> OpenAsync() => OpenAsync(Keys);

    private protected static async ValueTask CloseAsync(IEventStore store)
    {
        if (store is IAsyncDisposable later)
        {
            await later.DisposeAsync();
        }
        else
        {
            ((IDisposable)store).Dispose();
        }
    }

    [Fact]
    public async Task An_appended_event_is_read_back_as_it_was_written()
    {
        var written = NewEvent("opened") with { Publish = true, Payload = """{"naam":"Zoë"}""" };
        var message = NewId();

        var outcome = await Store.AppendAsync(
            new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [written], MessageId = message, Request = Request("r1", "x", "y") },
            None);

        Assert.Equal(new AppendOutcome.Appended(1), outcome);
        var read = Assert.Single(await Store.LoadAsync("case/a", None));
        Assert.Equal((1, "case/a", 1), (read.Position, read.StreamId, read.StreamVersion));
        Assert.Equal(written, new NewEvent(read.MessageId, read.Type, read.Payload, read.OccurredOn, read.Publish, read.TraceParent));
        Assert.Equal(("r1", (Guid?)message), (read.RequestId, read.CausedBy));
    }

    [Fact]
    public async Task A_stale_expected_version_is_a_value_that_names_the_current_one_and_writes_nothing()
    {
        await Append("case/a", 0, NewEvent("opened"), NewEvent("changed"));

        Assert.Equal(new AppendOutcome.VersionConflict(2), await Append("case/a", 1, NewEvent("changed")));
        Assert.Equal(new AppendOutcome.VersionConflict(0), await Append("case/b", 3, NewEvent("changed")));
        Assert.Equal(2, (await Store.ReadFromAsync(0, 100, Payloads.All, None)).Count);
    }

    [Fact]
    public async Task The_same_request_with_the_same_content_gets_the_stored_reply()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));

        var again = await Append("case/a", 0, Request("r1", "content", "another reply"), NewEvent("opened"));

        Assert.Equal("reply"u8.ToArray(), Assert.IsType<AppendOutcome.AlreadyAnswered>(again).Reply.ToArray());
        Assert.Single(await Store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task The_same_request_id_with_other_content_is_refused()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened"));

        Assert.IsType<AppendOutcome.RequestIdReused>(await Append("case/a", 1, Request("r1", "other", "reply"), NewEvent("changed")));
        Assert.Single(await Store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task A_bus_message_has_its_effect_once()
    {
        var message = NewId();
        var append = new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [NewEvent("opened")], MessageId = message };
        Assert.False(await Store.HasHandledAsync(message, None));

        Assert.IsType<AppendOutcome.Appended>(await Store.AppendAsync(append, None));
        Assert.IsType<AppendOutcome.AlreadyHandled>(await Store.AppendAsync(append with { ExpectedVersion = 1 }, None));

        Assert.True(await Store.HasHandledAsync(message, None));
        Assert.Single(await Store.LoadAsync("case/a", None));
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
            Rows = [new RowWrite("INSERT INTO no_such_table VALUES (@a)", [("@a", 1)])],
        };

        await Assert.ThrowsAnyAsync<DbException>(() => Store.AppendAsync(append, None));

        Assert.Empty(await Store.LoadAsync("case/a", None));
        Assert.False(await Store.HasHandledAsync(message, None));
        Assert.Null(await Store.FindRequestAsync("r1", None));
        Assert.IsType<AppendOutcome.Appended>(await Store.AppendAsync(append with { Rows = [] }, None));
    }

    [Fact]
    public async Task An_erased_stream_says_nothing_any_more_also_to_a_process_that_had_its_key()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened") with { Publish = true });
        await Append("case/b", 0, NewEvent("opened") with { Publish = true });
        var second = await OpenAsync();
        Assert.All(await second.LoadAsync("case/a", None), recorded => Assert.False(recorded.IsErased));

        await EraseAsync("case/a", 1);

        foreach (var store in new[] { Store, second })
        {
            var loaded = await store.LoadAsync("case/a", None);
            Assert.Equal(["opened", "erased"], loaded.Select(recorded => recorded.Type));
            Assert.All(loaded, recorded => Assert.Equal((true, false, ""), (recorded.IsErased, recorded.Publish, recorded.Payload)));
            foreach (var payloads in Enum.GetValues<Payloads>())
            {
                var feed = await store.ReadFromAsync(0, 100, payloads, None);
                Assert.Equal([true, false, true], feed.Select(recorded => recorded.IsErased));
                Assert.Equal([false, true, false], feed.Select(recorded => recorded.Publish));
            }

            var request = await store.FindRequestAsync("r1", None);
            Assert.Equal((0, 0), (request!.ContentHash.Length, request.Reply.Length));
            Assert.True(await IsRefusedAsync(store, new Append { StreamId = "case/a", ExpectedVersion = 1, Events = [NewEvent("changed")] }));
            await Assert.ThrowsAsync<StreamErasedException>(() => store.AppendAsync(new Append { StreamId = "case/a", ExpectedVersion = 2, Events = [NewEvent("changed")] }, None));
        }

        await CloseAsync(second);
    }

    /// <summary>Who saw the stream before it was erased is told that it moved on, or at once that it was erased.</summary>
    private static async Task<bool> IsRefusedAsync(IEventStore store, Append append)
    {
        try
        {
            return await store.AppendAsync(append, None) is AppendOutcome.VersionConflict;
        }
        catch (StreamErasedException)
        {
            return true;
        }
    }

    [Fact]
    public async Task A_stream_that_never_was_can_be_erased_and_never_begins()
    {
        await EraseAsync("case/a", 0);

        Assert.True(Assert.Single(await Store.LoadAsync("case/a", None)).IsErased);
        Assert.True(await IsRefusedAsync(Store, new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [NewEvent("opened")] }));
        await Assert.ThrowsAsync<StreamErasedException>(() => Append("case/a", 1, NewEvent("opened")));
        var message = NewId();
        Assert.IsType<AppendOutcome.Appended>(await Store.AppendAsync(new Append { StreamId = "case/a", ExpectedVersion = 1, Events = [], MessageId = message }, None));
        Assert.True(await Store.HasHandledAsync(message, None));
    }

    [Fact]
    public async Task An_erasure_that_fails_halfway_erases_nothing()
    {
        await Append("case/a", 0, NewEvent("opened"));

        await Assert.ThrowsAnyAsync<DbException>(() => Store.AppendAsync(
            new Append { StreamId = "case/a", ExpectedVersion = 1, Events = [NewEvent("erased")], Erases = true, Rows = [new RowWrite("DELETE FROM no_such_table", [])] }, None));

        Assert.False(Assert.Single(await Store.LoadAsync("case/a", None)).IsErased);
        Assert.IsType<AppendOutcome.Appended>(await Append("case/a", 1, NewEvent("changed")));
    }

    private protected async Task EraseAsync(string streamId, long version) => Assert.Equal(
        new AppendOutcome.Appended(version + 1),
        await Store.AppendAsync(new Append { StreamId = streamId, ExpectedVersion = version, Events = [NewEvent("erased")], Erases = true }, None));

    [Fact]
    public async Task The_feed_gives_every_event_once_in_order_a_page_at_a_time()
    {
        for (var n = 0; n < 25; n++)
        {
            await Append($"case/{n % 3}", n / 3, NewEvent($"event-{n}"));
        }

        var seen = new List<RecordedEvent>();
        while (await Store.ReadFromAsync(seen.LastOrDefault()?.Position ?? 0, 10, Payloads.All, None) is { Count: > 0 } page)
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
        var second = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? Store : second;
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

        await CloseAsync(second);
        var events = await Store.LoadAsync("case/a", None);
        Assert.Equal(Enumerable.Range(1, Writers * EachWrites).Select(n => (long)n), events.Select(recorded => recorded.StreamVersion));
        Assert.Equal(Writers * EachWrites, events.Select(recorded => recorded.Type).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(21)]
    public async Task Rows_that_are_added_together_are_all_written_also_where_a_text_is_missing(int count)
    {
        await RunAsync("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT, version INTEGER NOT NULL)");
        foreach (var version in new[] { 1, 2 })
        {
            var rows = new RowWrites();
            rows.AddRows(
                "INSERT INTO line (id, text, version) VALUES",
                [.. Enumerable.Range(0, count).Select(n => new object?[] { n, n % 3 == version ? null : $"line {n}", version })],
                "ON CONFLICT (id) DO UPDATE SET text = excluded.text, version = excluded.version");
            await Store.AppendAsync(new Append { StreamId = "case/a", ExpectedVersion = version - 1, Events = [NewEvent("changed")], Rows = rows.All }, None);
        }

        var read = await Store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                "SELECT id, text, version FROM line ORDER BY id", row => (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2)), cancel),
            None);
        Assert.Equal(Enumerable.Range(0, count).Select(n => (n, n % 3 == 2 ? null : $"line {n}", 2)), read);
    }

    [Fact]
    public async Task A_cursor_moves_forward_only()
    {
        Assert.Equal(0, await Store.ReadCursorAsync("relay", None));
        await using (var cursor = await HoldAsync("relay"))
        {
            await cursor.MoveAsync(7, None);
            await cursor.MoveAsync(3, None);
            Assert.Equal(7, cursor.Position);
        }

        Assert.Equal(7, await Store.ReadCursorAsync("relay", None));
        Assert.Equal(0, await Store.ReadCursorAsync("another", None));
        await using var again = await HoldAsync("relay");
        Assert.Equal(7, again.Position);
    }

    [Fact]
    public async Task A_cursor_has_one_holder_at_a_time()
    {
        var first = await HoldAsync("relay");
        Assert.Null(await Store.TryHoldCursorAsync("relay", None));
        await using (await HoldAsync("another"))
        {
            await first.DisposeAsync();
        }

        await using var next = await HoldAsync("relay");
    }

    [Fact]
    public async Task What_was_handled_and_answered_long_ago_can_be_forgotten_and_events_cannot()
    {
        var message = NewId();
        await Store.AppendAsync(
            new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [NewEvent("opened")], MessageId = message, Request = Request("r1", "x", "y") },
            None);

        await Store.ForgetAsync(TimeProvider.System.GetUtcNow().AddDays(-1), None);
        Assert.True(await Store.HasHandledAsync(message, None));
        Assert.NotNull(await Store.FindRequestAsync("r1", None));

        await Store.ForgetAsync(TimeProvider.System.GetUtcNow().AddDays(1), None);
        Assert.False(await Store.HasHandledAsync(message, None));
        Assert.Null(await Store.FindRequestAsync("r1", None));
        Assert.Single(await Store.LoadAsync("case/a", None));
    }

    [Fact]
    public async Task A_message_without_effect_is_remembered_only_on_the_version_that_it_was_judged_by()
    {
        var message = NewId();
        await Append("case/a", 0, NewEvent("opened"));
        var nothing = new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [], MessageId = message };

        Assert.Equal(new AppendOutcome.VersionConflict(1), await Store.AppendAsync(nothing, None));
        Assert.False(await Store.HasHandledAsync(message, None));
        Assert.Equal(new AppendOutcome.Appended(1), await Store.AppendAsync(nothing with { ExpectedVersion = 1 }, None));
        Assert.Equal(new AppendOutcome.Appended(0), await Store.AppendAsync(nothing with { StreamId = "case/b", MessageId = NewId() }, None));
        Assert.True(await Store.HasHandledAsync(message, None));
    }

    [Fact]
    public async Task Readers_of_the_feed_miss_nothing_while_many_write_and_some_fail()
    {
        const int Writers = 6, EachWrites = 40;
        var second = await OpenAsync();
        var reading = Task.Run(async () =>
        {
            var seen = new List<RecordedEvent>();
            var limit = Stopwatch.StartNew();
            while (seen.Count < Writers * EachWrites)
            {
                Assert.True(limit.Elapsed < Patience.Limit, $"The reader saw {seen.Count} events.");
                var page = await second.ReadFromAsync(seen.LastOrDefault()?.Position ?? 0, 7, Payloads.All, None);
                seen.AddRange(page);
            }

            return seen;
        });

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < EachWrites; n++)
            {
                // The events of a failed append have drawn a position that nobody will ever see.
                var broken = new Append
                {
                    StreamId = $"case/{writer}", ExpectedVersion = n, Events = [NewEvent("lost")], Rows = [new RowWrite("INSERT INTO no_such_table VALUES (1)", [])],
                };
                if (n % 4 == writer % 4)
                {
                    await Assert.ThrowsAnyAsync<DbException>(() => Store.AppendAsync(broken, None));
                }

                await Append($"case/{writer}", n, NewEvent($"{writer}-{n}"));
            }
        })));

        var events = await reading;
        await CloseAsync(second);
        Assert.Equal(Writers * EachWrites, events.Select(recorded => recorded.Type).Distinct().Count());
        Assert.Equal(events.Select(recorded => recorded.Position).Order(), events.Select(recorded => recorded.Position));
        Assert.Empty(await Store.ReadFromAsync(events[^1].Position, 10, Payloads.All, None));
    }

    [Fact]
    public async Task The_append_signal_wakes_who_took_it_before()
    {
        var appended = Store.Appended;
        Assert.False(appended.IsCompleted);

        await Append("case/a", 0, NewEvent("opened"));

        await appended.WaitAsync(Patience.Limit);
        Assert.False(Store.Appended.IsCompleted);
    }

    [Theory]
    [InlineData("UPDATE event SET type = 'another'")]
    [InlineData("DELETE FROM event")]
    public async Task The_database_itself_refuses_to_change_an_event(string sql)
    {
        await Append("case/a", 0, NewEvent("opened"));

        var refusal = await Assert.ThrowsAnyAsync<DbException>(() => RunAsync(sql));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_cannot_write()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Store.QueryAsync(
            async (connection, cancellationToken) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO feed_cursor VALUES ('relay', 99)";
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            None));
        Assert.Equal(0, await Store.ReadCursorAsync("relay", None));
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_it_ran_stops_the_start()
    {
        await RunAsync("UPDATE schema_migration SET sha256 = 'another text'");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await (await OpenAsync()).PrepareAsync(None));

        Assert.Contains("0001-events.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_lies_in_the_database_tells_nothing_of_an_event_or_a_reply()
    {
        var secret = $$"""{"naam":"Zoë van Geheim","toelichting":"{{new string('x', 500)}} Zoë van Geheim"}""";
        await Append("case/a", 0, Request("r1", "Zoë van Geheim asks", "Zoë van Geheim"), NewEvent("opened") with { Payload = secret }, NewEvent("changed") with { Payload = """{"naam":"Zoë van Geheim"}""" });

        foreach (var column in new[] { "payload", "content_hash", "reply" })
        {
            var lying = await Store.QueryAsync(
                (connection, cancel) => connection.RowsAsync(
                    $"SELECT {column} FROM {(column == "payload" ? "event" : "request")}", row => Encoding.Latin1.GetString(row.GetFieldValue<byte[]>(0)), cancel),
                None);
            Assert.NotEmpty(lying);
            Assert.All(lying, text => Assert.DoesNotContain("Geheim", text, StringComparison.Ordinal));
            Assert.All(lying, text => Assert.DoesNotContain("naam", text, StringComparison.Ordinal));
        }

        Assert.Equal(secret, (await Store.LoadAsync("case/a", None))[0].Payload);
    }

    [Fact]
    public async Task A_second_process_with_the_same_keys_reads_what_the_first_wrote_and_writes_on()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"), NewEvent("opened") with { Payload = """{"naam":"Zoë"}""" });

        var second = await OpenAsync();
        Assert.Equal("""{"naam":"Zoë"}""", (await second.ReadFromAsync(0, 10, Payloads.All, None)).Single().Payload);
        Assert.Equal("reply"u8.ToArray(), (await second.FindRequestAsync("r1", None))!.Reply.ToArray());
        await second.AppendAsync(new Append { StreamId = "case/a", ExpectedVersion = 1, Events = [NewEvent("changed")] }, None);
        await CloseAsync(second);

        Assert.Equal(["opened", "changed"], (await Store.LoadAsync("case/a", None)).Select(recorded => recorded.Type));
    }

    [Fact]
    public async Task A_request_that_led_to_no_event_does_not_keep_its_stream_from_beginning()
    {
        await Append("case/a", 0, Request("r1", "content", "reply"));

        var second = await OpenAsync();
        Assert.Equal(new AppendOutcome.Appended(1), await second.AppendAsync(new Append { StreamId = "case/a", ExpectedVersion = 0, Events = [NewEvent("opened")] }, None));
        await CloseAsync(second);
        Assert.Equal("reply"u8.ToArray(), (await Store.FindRequestAsync("r1", None))!.Reply.ToArray());
    }

    [Fact]
    public async Task An_event_that_was_put_in_the_place_of_another_does_not_open()
    {
        await Append("case/a", 0, NewEvent("opened") with { Payload = """{"amount":1}""" }, NewEvent("opened") with { Payload = """{"amount":2}""" });
        await RunAsync(Unguarded);
        await RunAsync("UPDATE event SET payload = (SELECT e.payload FROM event e WHERE e.stream_version = 2) WHERE stream_version = 1");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.LoadAsync("case/a", None));

        Assert.Contains("position 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_without_the_key_does_not_start_and_says_which_it_lacks()
    {
        await Append("case/a", 0, NewEvent("opened"));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () => await (await OpenAsync(FreshKeys())).PrepareAsync(None));

        Assert.Contains(Keys.Ring.Active.Id, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_key_writes_while_the_old_one_still_reads()
    {
        var (old, young) = (KeyRing.NewKey(), KeyRing.NewKey());
        await RunAsync("DELETE FROM key_used");
        await CloseAsync(Store);
        _opened = await OpenAsync(FreshKeys(old));
        await Append("case/a", 0, NewEvent("opened") with { Payload = """{"amount":1}""" });
        await CloseAsync(Store);

        _opened = await OpenAsync(FreshKeys(young, old));
        await Append("case/a", 1, NewEvent("changed"));
        await Append("case/b", 0, NewEvent("opened"));

        Assert.Equal("""{"amount":1}""", (await Store.LoadAsync("case/a", None))[0].Payload);
        var used = await Store.QueryAsync((connection, cancel) => connection.RowsAsync("SELECT key_id FROM stream_key ORDER BY stream_id", row => row.GetString(0), cancel), None);
        Assert.Equal([FreshKeys(old).Ring.Active.Id, FreshKeys(young).Ring.Active.Id], used);
    }

    /// <summary>Takes away what keeps events from being changed, as one could who has the database.</summary>
    private protected abstract string Unguarded { get; }

    private async Task<IFeedCursor> HoldAsync(string name)
    {
        var cursor = await Store.TryHoldCursorAsync(name, None);
        Assert.NotNull(cursor);
        return cursor;
    }

    private protected Task<AppendOutcome> Append(string stream, long expected, params NewEvent[] events)
        => Store.AppendAsync(new Append { StreamId = stream, ExpectedVersion = expected, Events = events }, None);

    private protected Task<AppendOutcome> Append(string stream, long expected, AnsweredRequest request, params NewEvent[] events)
        => Store.AppendAsync(new Append { StreamId = stream, ExpectedVersion = expected, Events = events, Request = request }, None);

    private protected static AnsweredRequest Request(string id, string content, string reply)
        => new(id, System.Text.Encoding.UTF8.GetBytes(content), System.Text.Encoding.UTF8.GetBytes(reply));

    private protected static NewEvent NewEvent(string type) => new(NewId(), type, "{}", Now(), Publish: false, TraceParent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    // What every store keeps of a moment: whole microseconds.
    private static DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).AddMicroseconds(123);

    private protected static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
