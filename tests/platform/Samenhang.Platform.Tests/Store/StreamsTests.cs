using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.Sqlite;

namespace Samenhang.Platform.Tests.Store;

/// <summary>A tally that may not pass ten, kept in a stream with a table beside it.</summary>
public sealed class StreamsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Error Full = new Error.StateForbids("TALLY_FULL", "tally/a", new BilingualText("De telling is vol.", "The tally is full."));

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteEventStore _store;
    private readonly Streams<int, Tally> _tallies;

    public StreamsTests()
    {
        _store = SqliteEventStore.Open(
            _folder.File("store.db"), [Platform.Store.Migrations.Embedded(typeof(StreamsTests).Assembly, "tally")], EventStoreContract.FreshKeys(), TimeProvider.System);
        var entries = new List<EventCatalog.Entry>();
        new EventNames<Tally>(entries).Add<Tally.Added>("added");
        _tallies = new Streams<int, Tally>("tally", 0, Evolve, _store, new EventCatalog(entries), [new TallyTable()], TimeProvider.System);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_request_that_comes_twice_gets_the_same_reply_and_has_one_effect()
    {
        var first = await AddAsync("r1", 6);
        var second = await AddAsync("r1", 6); // Adding six again would be refused: the repeat is answered before the decision.

        Assert.Equal("6 at 1", Reply(first));
        Assert.Equal("6 at 1", Reply(second));
        Assert.Equal(new StreamState<int>(1, 6), await _tallies.LoadAsync("a", None));
    }

    [Fact]
    public async Task A_request_id_with_other_content_already_exists()
    {
        await AddAsync("r1", 1);

        Assert.Equal(new Error.AlreadyExists("r1"), (await AddAsync("r1", 2)).Error);
    }

    [Fact]
    public async Task A_refused_request_may_be_sent_again()
    {
        await AddAsync("r1", 8);
        Assert.Equal(Full, (await AddAsync("r2", 5)).Error);
        await AddAsync("r3", -4);

        Assert.Equal("9 at 3", Reply(await AddAsync("r2", 5)));
    }

    [Fact]
    public async Task A_caller_who_saw_an_older_version_is_told_the_current_one()
    {
        await AddAsync("r1", 1);
        await AddAsync("r2", 1, expectedVersion: 1);

        Assert.Equal(new Error.StaleVersion(1, 2), (await AddAsync("r3", 1, expectedVersion: 1)).Error);
        Assert.Equal(2, (await _tallies.LoadAsync("a", None)).State);
    }

    [Fact]
    public async Task Decisions_at_the_same_time_are_each_made_on_what_stands()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => AddAsync($"r{n}", 2))));

        Assert.Equal(5, replies.Count(reply => reply.IsSuccess)); // 2, 4, 6, 8, 10 and no further.
        Assert.Equal(new StreamState<int>(5, 10), await _tallies.LoadAsync("a", None));
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_handled_once()
    {
        var message = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        Assert.True(await _tallies.HandleMessageAsync("a", message, _ => [new Tally.Added(3)], None));
        Assert.False(await _tallies.HandleMessageAsync("a", message, _ => [new Tally.Added(3)], None));

        Assert.Equal(3, (await _tallies.LoadAsync("a", None)).State);
    }

    [Fact]
    public async Task A_message_without_an_effect_is_remembered_too()
    {
        var message = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        Assert.True(await _tallies.HandleMessageAsync("a", message, _ => [], None));

        Assert.False(await _tallies.HandleMessageAsync("a", message, _ => [new Tally.Added(3)], None));
        Assert.Equal(0, (await _tallies.LoadAsync("a", None)).Version);
    }

    [Fact]
    public async Task A_message_for_a_stream_that_was_thought_to_be_new_is_decided_on_what_stands()
    {
        var entries = new List<EventCatalog.Entry>();
        new EventNames<Tally>(entries).Add<Tally.Added>("added");
        var other = new Streams<int, Tally>("tally", 0, Evolve, _store, new EventCatalog(entries), [], TimeProvider.System);
        await AddAsync("r1", 4);

        await other.HandleMessageAsync("a", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), total => [new Tally.Added(total + 1)], None, likelyNew: true);

        Assert.Equal(new StreamState<int>(2, 9), await _tallies.LoadAsync("a", None));
    }

    [Fact]
    public async Task An_erased_stream_is_as_one_that_never_was_and_takes_nothing_in()
    {
        var other = Beside();
        await AddAsync("r1", 4);
        await other.LoadAsync("a", None);
        var message = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        Assert.True(await EraseAsync(_tallies));

        Assert.All(new[] { await _tallies.LoadAsync("a", None), await other.LoadAsync("a", None) }, state => Assert.Equal((2, 0, true), (state.Version, state.State, state.IsErased)));
        Assert.Empty(await other.ReadHistoryAsync("a", None));
        Assert.Equal(new Error.NotFound("tally", "a"), (await AddAsync("r2", 1)).Error);
        Assert.Equal(new Error.NotFound("tally", "a"), (await AddAsync("r1", 4)).Error);
        Assert.True(await other.HandleMessageAsync("a", message, _ => throw new InvalidOperationException("Decided on what is erased."), None));
        Assert.False(await other.HandleMessageAsync("a", message, _ => [new Tally.Added(3)], None));
        Assert.Equal(2, await _tallies.HandleClockAsync("a", _ => throw new InvalidOperationException("Decided on what is erased."), None));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task A_stream_is_erased_once_and_only_when_the_decision_lets_it()
    {
        await AddAsync("r1", 4);

        Assert.Equal(Full, (await _tallies.EraseAsync("a", total => total == 4 ? Full : Result<IReadOnlyList<RowWrite>>.Success([]), None)).Error);
        Assert.Equal(new StreamState<int>(1, 4), await _tallies.LoadAsync("a", None));
        Assert.True(await EraseAsync(_tallies));
        Assert.False(await EraseAsync(_tallies));
        Assert.False(await EraseAsync(Beside()));

        Assert.Equal(2, (await _store.LoadAsync("tally/a", None)).Count);
    }

    [Fact]
    public async Task An_erasure_that_another_process_overtakes_is_decided_again_on_what_stands_then()
    {
        var other = Beside();
        await AddAsync("r1", 4);
        var seen = new List<int>();

        var erased = await _tallies.EraseAsync(
            "a",
            async (stands, cancellation) =>
            {
                seen.Add(stands.State);
                if (seen.Count < 3)
                {
                    await other.HandleClockAsync("a", _ => [new Tally.Added(1)], cancellation);
                }

                return Result<IReadOnlyList<RowWrite>>.Success([]);
            },
            None);

        Assert.True(erased.OrFail());
        Assert.Equal([4, 5, 6], seen);
        Assert.True((await other.LoadAsync("a", None)).IsErased);
    }

    [Fact]
    public async Task What_comes_late_for_a_stream_that_was_erased_before_it_began_finds_nothing_to_add_to()
    {
        var erasing = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var late = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        Assert.True(await EraseAsync(_tallies, erasing));
        Assert.False(await EraseAsync(_tallies, erasing));
        Assert.True(await Beside().HandleMessageAsync("a", late, _ => [new Tally.Added(3)], None, likelyNew: true));

        Assert.Equal((1, 0), ((await _tallies.LoadAsync("a", None)).Version, (await RowsAsync()).Count));
    }

    [Fact]
    public async Task A_decision_that_an_erasure_overtakes_writes_nothing()
    {
        var other = Beside();
        await AddAsync("r1", 4);

        await other.HandleClockAsync(
            "a",
            total =>
            {
                _tallies.EraseAsync("a", _ => Result<IReadOnlyList<RowWrite>>.Success([]), None).GetAwaiter().GetResult();
                return [new Tally.Added(total)];
            },
            None);

        Assert.Equal((2, true), ((await other.LoadAsync("a", None)).Version, (await other.LoadAsync("a", None)).IsErased));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public void An_event_that_was_written_a_moment_ago_is_published_without_reading_it_again()
    {
        var entries = new List<EventCatalog.Entry>();
        new EventNames<Tally>(entries).Publish<Tally.Added>("added", (added, origin) => $"{added.Number} on {origin.Key}");
        var catalog = new EventCatalog(entries);
        var now = TimeProvider.System.GetUtcNow();
        var written = Enumerable.Range(1, 300).Select(n => catalog.Write(new Tally.Added(n), Guid.CreateVersion7(now), now)).ToList();

        var remembered = catalog.Remembered([Recorded(written[^1]), Recorded(written[^1]) with { MessageId = Guid.CreateVersion7(now), Publish = false }]);

        var known = Assert.Single(remembered!);
        Assert.Equal("300 on a", catalog.MessageOf(Recorded(written[^1]), known.Value));
        Assert.Null(catalog.Remembered([Recorded(written[^1]), Recorded(written[0])])); // The first is long ago: then all are read.
        Assert.Equal("1 on a", catalog.MessageOf(Recorded(written[0]) with { Payload = written[0].Payload }));

        RecordedEvent Recorded(NewEvent written) => new()
        {
            Position = 1, StreamId = "tally/a", StreamVersion = 1, MessageId = written.MessageId, Type = written.Type, Payload = "", OccurredOn = now, RecordedOn = now,
            RequestId = null, CausedBy = null, Publish = written.Publish, TraceParent = null,
        };
    }

    [Fact]
    public async Task What_another_process_wrote_is_seen_though_states_are_kept()
    {
        var entries = new List<EventCatalog.Entry>();
        new EventNames<Tally>(entries).Add<Tally.Added>("added");
        var other = new Streams<int, Tally>("tally", 0, Evolve, _store, new EventCatalog(entries), [], TimeProvider.System);
        await AddAsync("r1", 1);

        await other.HandleClockAsync("a", total => [new Tally.Added(total + 1)], None);

        Assert.Equal(new StreamState<int>(2, 3), await _tallies.LoadAsync("a", None));
        Assert.Equal("6 at 3", Reply(await AddAsync("r2", 3)));
        Assert.Equal(new StreamState<int>(3, 6), await other.LoadAsync("a", None));
    }

    [Fact]
    public async Task A_refusal_counts_only_on_what_stands_and_not_on_a_state_that_was_kept()
    {
        var entries = new List<EventCatalog.Entry>();
        new EventNames<Tally>(entries).Add<Tally.Added>("added");
        var other = new Streams<int, Tally>("tally", 0, Evolve, _store, new EventCatalog(entries), [], TimeProvider.System);
        await AddAsync("r1", 9);
        await other.HandleClockAsync("a", _ => [new Tally.Added(-5)], None);

        Assert.Equal("8 at 3", Reply(await AddAsync("r2", 4)));
        Assert.Equal(new Error.StaleVersion(2, 3), (await AddAsync("r3", 1, expectedVersion: 2)).Error);
    }

    [Fact]
    public void Kept_states_give_way_to_those_that_are_used_and_never_go_back()
    {
        var kept = new RecentStates<int>(2);
        kept.Keep("a", new StreamState<int>(2, 20));
        kept.Keep("a", new StreamState<int>(1, 10));
        kept.Keep("b", new StreamState<int>(1, 10));
        Assert.Equal(20, kept.Find("a")!.State);

        kept.Keep("c", new StreamState<int>(1, 10));

        Assert.Null(kept.Find("b"));
        Assert.Equal(20, kept.Find("a")!.State);
        kept.Forget("a");
        Assert.Null(kept.Find("a"));
    }

    [Fact]
    public async Task The_table_beside_the_events_is_never_behind()
    {
        await AddAsync("r1", 4);
        await AddAsync("r2", 5);

        Assert.Equal(9, await _store.QueryAsync(
            async (connection, cancellationToken) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT total FROM tally WHERE key = 'a'";
                return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), null);
            },
            None));
    }

    [Fact]
    public async Task The_history_tells_which_message_led_to_what()
    {
        var message = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await AddAsync("r1", 1);
        await _tallies.HandleMessageAsync("a", message, _ => [new Tally.Added(2)], None);

        var history = await _tallies.ReadHistoryAsync("a", None);

        Assert.Equal([new Tally.Added(1), new Tally.Added(2)], history.Select(entry => entry.Event));
        Assert.Equal([null, message], history.Select(entry => entry.Origin.CausedBy));
        Assert.All(history, entry => Assert.Equal("a", entry.Origin.Key));
    }

    private static int Evolve(int total, Tally @event) => @event switch
    {
        Tally.Added added => total + added.Number,
        _ => throw new UnreachableException(),
    };

    private Task<Result<StringValue>> AddAsync(string requestId, int number, long? expectedVersion = null)
        => _tallies.HandleRequestAsync(
            "a",
            RequestIdentity.Of(requestId, new Int32Value { Value = number }, expectedVersion),
            total => total + number > 10 ? Full : Result<IReadOnlyList<Tally>>.Success([new Tally.Added(number)]),
            after => new StringValue { Value = $"{after.State} at {after.Version}" },
            None);

    /// <summary>Another process on the same store.</summary>
    private Streams<int, Tally> Beside()
    {
        var entries = new List<EventCatalog.Entry>();
        new EventNames<Tally>(entries).Add<Tally.Added>("added");
        return new Streams<int, Tally>("tally", 0, Evolve, _store, new EventCatalog(entries), [new TallyTable()], TimeProvider.System);
    }

    private static async Task<bool> EraseAsync(Streams<int, Tally> tallies, Guid? messageId = null) =>
        (await tallies.EraseAsync("a", _ => Result<IReadOnlyList<RowWrite>>.Success([]), None, messageId)).OrFail();

    private Task<IReadOnlyList<string>> RowsAsync() =>
        _store.QueryAsync((connection, cancel) => connection.RowsAsync("SELECT key FROM tally", row => row.GetString(0), cancel), None);

    private static string Reply(Result<StringValue> result) => result.Match(reply => reply.Value, error => $"refused: {error}");

    public abstract record Tally
    {
        private Tally()
        {
        }

        public sealed record Added(int Number) : Tally;
    }

    private sealed class TallyTable : IProjection<int, Tally>
    {
        public void Write(StreamChange<int, Tally> change, RowWrites rows)
            => rows.Add(
                "INSERT INTO tally (key, total) VALUES (@key, @total) ON CONFLICT (key) DO UPDATE SET total = excluded.total",
                ("@key", change.Key),
                ("@total", change.State));

        public void Forget(string key, RowWrites rows) => rows.Add("DELETE FROM tally WHERE key = @key", ("@key", key));
    }
}
