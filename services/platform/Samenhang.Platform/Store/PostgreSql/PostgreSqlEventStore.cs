using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Store.PostgreSql;

/// <summary>
/// The event store in one schema of a PostgreSQL database: for services that run apart, more than once, or with more than one machine can hold.
/// </summary>
/// <remarks>
/// An append is one function call and its projection rows in one batch: one round trip, one transaction, no lock but that on the row of the
/// stream. The tables are made or brought up to date at the first use, so a service starts while the database is away. Needs sessions of its
/// own: a pooler between must not share them between transactions (<c>LISTEN</c>, session locks, prepared statements).
/// </remarks>
public sealed class PostgreSqlEventStore : IEventStore, IAsyncDisposable
{
    private const string EventColumns = "position, stream_id, stream_version, message_id, type, occurred_on, recorded_on, request_id, caused_by, publish, trace_parent";

    // Read with the events themselves: a key that is remembered here may be that of a stream which another process has erased since.
    private const string Erased = "EXISTS (SELECT 1 FROM stream_key AS k WHERE k.stream_id = event.stream_id AND k.closed IS NULL)";

    private const string HandledBefore = "SH001";
    private const string AnsweredBefore = "SH002";
    private const string AnotherVersion = "SH003";

    private static readonly Migrations Schema = Migrations.Embedded(typeof(PostgreSqlEventStore).Assembly, "events-postgresql");
    private static readonly Migrations TrailSchema = Migrations.Embedded(typeof(PostgreSqlEventStore).Assembly, "trail-postgresql");

    // A writer needs a few milliseconds between its position and its commit; one that hangs is the database's to end.
    private static readonly TimeSpan GapPause = TimeSpan.FromMilliseconds(2);
    private const int MostGapPauses = 250;

    private readonly string _schema;
    private readonly IReadOnlyList<Migrations> _migrations;
    private readonly TimeProvider _time;
    private readonly PayloadSeal _seal;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _readers;
    private readonly NpgsqlDataSource _alone;
    private readonly FeedGaps _gaps = new();
    private readonly AppendHints _hints;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _prepared;
    private DateTimeOffset _partitionsUntil;

    private PostgreSqlEventStore(string connectionString, string schema, IReadOnlyList<Migrations> migrations, StoreKeys keys, TimeProvider time, ILogger logger)
    {
        (_schema, _migrations, _seal, _time) = (schema, migrations, new PayloadSeal(keys), time);
        var settings = PostgreSqlConnections.Settings(connectionString, schema);
        _source = PostgreSqlConnections.Pool(settings);
        _readers = PostgreSqlConnections.ReadOnlyPool(settings);
        _alone = PostgreSqlConnections.Unpooled(settings);
        _hints = new AppendHints(_alone, schema, logger);
        Trail = new PostgreSqlTrail(this);
    }

    /// <inheritdoc/>
    public Task Appended => _hints.Next;

    /// <inheritdoc/>
    public ITrailStore Trail { get; }

    /// <summary>Opens a store. Nothing is asked of the database yet.</summary>
    /// <param name="connectionString">The database, as Npgsql writes it.</param>
    /// <param name="schema">The schema of the service; made when it is not there.</param>
    /// <param name="migrations">The service's own projection tables, after the store's.</param>
    /// <param name="keys">The keys that seal what is kept.</param>
    /// <param name="time">The clock that stamps what is recorded.</param>
    /// <param name="logger">Hears of lost connections.</param>
    public static PostgreSqlEventStore Open(
        string connectionString, string schema, IEnumerable<Migrations> migrations, StoreKeys keys, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        return new PostgreSqlEventStore(connectionString, schema, [Schema, TrailSchema, .. migrations], keys, time, logger);
    }

    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">The schema is sealed with a key that is not given.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared && _time.GetUtcNow() < _partitionsUntil)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_prepared)
            {
                await PostgreSqlMigrator.MigrateAsync(_source, _schema, _migrations, _time.GetUtcNow(), cancellationToken);
                await RequireKeysAsync(cancellationToken);
                _hints.Listen();
            }

            if (_time.GetUtcNow() is var now && now >= _partitionsUntil)
            {
                await using var command = Command("SELECT make_partitions(@moment)", ("moment", now));
                await command.ExecuteNonQueryAsync(cancellationToken);
                _partitionsUntil = now.AddDays(1);
            }

            _prepared = true;
        }
        catch (Exception cause) when (IsUnavailable(cause))
        {
            throw new StoreUnavailableException(cause);
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, CancellationToken cancellationToken)
        => LoadAsync(streamId, 0, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, long afterVersion, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                await using var command = Command(
                    $"SELECT {EventColumns}, {Erased}, payload FROM event WHERE stream_id = @stream AND stream_version > @after ORDER BY stream_version",
                    ("stream", streamId),
                    ("after", afterVersion));
                return await OpenAsync(await EventsAsync(command, cancellationToken), cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadFromAsync(long position, int max, Payloads payloads, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                for (var pauses = 0; ; pauses++)
                {
                    var look = _gaps.Begin();
                    var (xmin, xmax, events) = await ReadFeedAsync(position, max, payloads, cancellationToken);
                    var admitted = _gaps.Admit(look, xmin, xmax, position, [.. events.Select(read => read.Event.Position)]);
                    if (admitted > 0 || events.Count == 0 || pauses == MostGapPauses)
                    {
                        return await OpenAsync(events[..admitted], cancellationToken);
                    }

                    await Task.Delay(GapPause, cancellationToken);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasHandledAsync(Guid messageId, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                await using var command = Command("SELECT 1 FROM inbox WHERE message_id = @id", ("id", messageId));
                return await command.ExecuteScalarAsync(cancellationToken) is not null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<AnsweredRequest?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                await using var command = Command(
                    "SELECT content_hash, reply, k.stream_id, k.key_id, k.closed FROM request r LEFT JOIN stream_key k ON k.stream_id = r.stream_id WHERE request_id = @id",
                    ("id", requestId));
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                return await rows.ReadAsync(cancellationToken)
                    ? _seal.OpenRequest(
                        new AnsweredRequest(requestId, rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1)), rows.IsDBNull(2) ? null : KeyRow(rows, 2))
                    : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                await using var command = Command("SELECT position FROM feed_cursor WHERE name = @name", ("name", name));
                return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IFeedCursor?> TryHoldCursorAsync(string name, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                var connection = await _alone.OpenConnectionAsync(cancellationToken);
                try
                {
                    await using var command = Bind(
                        new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtextextended(@lock, 0))", connection), ("lock", $"samenhang cursor {_schema} {name}"));
                    if (await command.ExecuteScalarAsync(cancellationToken) is true)
                    {
                        // A move need not be on disk when it is told: a reader that goes back after a power cut sees again what it saw before.
                        await using var relaxed = new NpgsqlCommand("SET synchronous_commit TO off", connection);
                        await relaxed.ExecuteNonQueryAsync(cancellationToken);
                        return (IFeedCursor?)new HeldCursor(connection, name, await ReadCursorAsync(name, cancellationToken));
                    }
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }

                await connection.DisposeAsync();
                return null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
        => ReadyAsync(
            async () =>
            {
                await using var command = Command("SELECT forget(@moment)", ("moment", before));
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<T> QueryAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        return ReadyAsync(
            async () =>
            {
                await using var connection = await _readers.OpenConnectionAsync(cancellationToken);
                return await read(connection, cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        return ReadyAsync(
            async () =>
            {
                try
                {
                    await WriteAsync(append, cancellationToken);
                }
                catch (PostgresException refusal) when (refusal.SqlState is HandledBefore or AnsweredBefore or AnotherVersion)
                {
                    return await OutcomeOfAsync(refusal, append, cancellationToken);
                }

                if (append.Events.Count > 0)
                {
                    _hints.Tell();
                }

                return new AppendOutcome.Appended(append.ExpectedVersion + append.Events.Count);
            },
            cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _hints.DisposeAsync();
        await _alone.DisposeAsync();
        await _readers.DisposeAsync();
        await _source.DisposeAsync();
        _preparing.Dispose();
    }

    private async Task WriteAsync(Append append, CancellationToken cancellationToken)
    {
        // A new stream gets its key in the same transaction. A key that stands there already (of a request that led to no event, or made by another
        // process just now) is read and used.
        var isNew = append.ExpectedVersion == 0;
        while (true)
        {
            var (key, fresh) = await KeyForAsync(append, isNew, cancellationToken);
            try
            {
                await using var batch = BatchOf(append, key, fresh);
                await batch.ExecuteNonQueryAsync(cancellationToken);
                if (append.Erases)
                {
                    _seal.Forget(append.StreamId);
                }
                else if (fresh is not null)
                {
                    _seal.Remember(append.StreamId, key);
                }

                return;
            }
            catch (PostgresException taken) when (fresh is not null && taken is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "stream_key" })
            {
                isNew = false;
            }
        }
    }

    private async ValueTask<(byte[] Key, StreamKeyRow? Fresh)> KeyForAsync(Append append, bool isNew, CancellationToken cancellationToken)
    {
        if (append.Events.Count == 0 && append.Request is null)
        {
            return ([], null);
        }

        if (_seal.TryFind(append.StreamId, out var known))
        {
            return (known, null);
        }

        if (!isNew && await KeysAsync([append.StreamId], cancellationToken) is [var row])
        {
            return (_seal.Open(row) ?? throw new StreamErasedException(append.StreamId), null);
        }

        return _seal.Make(append.StreamId);
    }

    private async Task<IReadOnlyList<StreamKeyRow>> KeysAsync(IReadOnlyList<string> streams, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT stream_id, key_id, closed FROM stream_key WHERE stream_id = ANY(@streams)", ("streams", streams.ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<StreamKeyRow>();
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(KeyRow(rows, 0));
        }

        return keys;
    }

    private async Task RequireKeysAsync(CancellationToken cancellationToken)
    {
        await using var use = Command("INSERT INTO key_used (key_id) VALUES (@key) ON CONFLICT DO NOTHING", ("key", _seal.Keys.Ring.Active.Id));
        await use.ExecuteNonQueryAsync(cancellationToken);
        await using var command = Command("SELECT key_id FROM key_used");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            _seal.Keys.Ring.Require(rows.GetString(0));
        }
    }

    private Task<IReadOnlyList<RecordedEvent>> OpenAsync(IReadOnlyList<(RecordedEvent Event, byte[] Payload)> events, CancellationToken cancellationToken)
        => _seal.OpenAsync(events, streams => KeysAsync(streams, cancellationToken));

    private static StreamKeyRow KeyRow(NpgsqlDataReader rows, int column)
        => new(rows.GetString(column), rows.GetString(column + 1), rows.IsDBNull(column + 2) ? null : rows.GetFieldValue<byte[]>(column + 2));

    private NpgsqlBatch BatchOf(Append append, byte[] key, StreamKeyRow? fresh)
    {
        var batch = _source.CreateBatch();
        var events = append.Events;
        var command = new NpgsqlBatchCommand(
            "SELECT append(@stream, @expected, @moment, @message, @request, @hash, @reply, @ids, @types, @payloads, @moments, @published, @traces)");
        var parameters = command.Parameters;
        parameters.Add(new("stream", NpgsqlDbType.Text) { Value = append.StreamId });
        parameters.Add(new("expected", NpgsqlDbType.Bigint) { Value = append.ExpectedVersion });
        parameters.Add(new("moment", NpgsqlDbType.TimestampTz) { Value = _time.GetUtcNow() });
        parameters.Add(new("message", NpgsqlDbType.Uuid) { Value = (object?)append.MessageId ?? DBNull.Value });
        parameters.Add(new("request", NpgsqlDbType.Text) { Value = (object?)append.Request?.RequestId ?? DBNull.Value });
        parameters.Add(new("hash", NpgsqlDbType.Bytea) { Value = append.Request is { } asked ? PayloadSeal.Close(key, asked.RequestId, "hash", asked.ContentHash) : DBNull.Value });
        parameters.Add(new("reply", NpgsqlDbType.Bytea) { Value = append.Request is { } answered ? PayloadSeal.Close(key, answered.RequestId, "reply", answered.Reply) : DBNull.Value });
        parameters.Add(new("ids", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = events.Select(e => e.MessageId).ToArray() });
        parameters.Add(new("types", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = events.Select(e => e.Type).ToArray() });
        parameters.Add(new("payloads", NpgsqlDbType.Array | NpgsqlDbType.Bytea)
        {
            Value = events.Select((e, place) => PayloadSeal.Close(key, append.StreamId, append.ExpectedVersion + place + 1, e)).ToArray(),
        });
        parameters.Add(new("moments", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz) { Value = events.Select(e => e.OccurredOn.ToUniversalTime()).ToArray() });
        parameters.Add(new("published", NpgsqlDbType.Array | NpgsqlDbType.Boolean) { Value = events.Select(e => e.Publish).ToArray() });
        parameters.Add(new("traces", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = events.Select(e => e.TraceParent).ToArray() });
        batch.BatchCommands.Add(command);
        if (fresh is not null)
        {
            var made = new NpgsqlBatchCommand("INSERT INTO stream_key (stream_id, key_id, closed) VALUES (@stream, @key, @closed)");
            made.Parameters.Add(new("stream", NpgsqlDbType.Text) { Value = fresh.StreamId });
            made.Parameters.Add(new("key", NpgsqlDbType.Text) { Value = fresh.KeyId });
            made.Parameters.Add(new("closed", NpgsqlDbType.Bytea) { Value = fresh.Closed! });
            batch.BatchCommands.Add(made);
        }

        foreach (var row in append.Rows)
        {
#pragma warning disable CA2100 // A constant of a projection; values are parameters.
            var write = new NpgsqlBatchCommand(row.Sql);
#pragma warning restore CA2100
            foreach (var (name, value) in row.Parameters)
            {
                // A null says what it would be, else the statement that the database prepared for a value is none for it and is planned anew
                // each time. Texts are all that may be missing in a projection.
                write.Parameters.Add(value is null ? new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = DBNull.Value } : new NpgsqlParameter(name, value));
            }

            batch.BatchCommands.Add(write);
        }

        if (append.Erases)
        {
            var erase = new NpgsqlBatchCommand("UPDATE stream_key SET closed = NULL WHERE stream_id = @stream");
            erase.Parameters.Add(new("stream", NpgsqlDbType.Text) { Value = append.StreamId });
            batch.BatchCommands.Add(erase);
        }

        return batch;
    }

    private async Task<AppendOutcome> OutcomeOfAsync(PostgresException refusal, Append append, CancellationToken cancellationToken)
    {
        switch (refusal.SqlState)
        {
            case HandledBefore:
                return new AppendOutcome.AlreadyHandled();
            case AnotherVersion:
                return new AppendOutcome.VersionConflict(long.Parse(refusal.MessageText.Split(' ')[^1], CultureInfo.InvariantCulture));
            default:
                var request = append.Request!;
                return await FindRequestAsync(request.RequestId, cancellationToken) is { } answered
                    && CryptographicOperations.FixedTimeEquals(answered.ContentHash.Span, request.ContentHash.Span)
                    ? new AppendOutcome.AlreadyAnswered(answered.Reply)
                    : new AppendOutcome.RequestIdReused();
        }
    }

    private async Task<(ulong Xmin, ulong Xmax, List<(RecordedEvent Event, byte[] Payload)> Events)> ReadFeedAsync(
        long position, int max, Payloads payloads, CancellationToken cancellationToken)
    {
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "SELECT pg_snapshot_xmin(now)::text, pg_snapshot_xmax(now)::text FROM pg_current_snapshot() AS now"));
        var events = new NpgsqlBatchCommand($"SELECT {EventColumns}, {Erased}, {PayloadOf(payloads)} FROM event WHERE position > @position ORDER BY position LIMIT @max");
        events.Parameters.Add(new("position", NpgsqlDbType.Bigint) { Value = position });
        events.Parameters.Add(new("max", NpgsqlDbType.Integer) { Value = max });
        batch.BatchCommands.Add(events);
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var xmin = ulong.Parse(rows.GetString(0), CultureInfo.InvariantCulture);
        var xmax = ulong.Parse(rows.GetString(1), CultureInfo.InvariantCulture);
        await rows.NextResultAsync(cancellationToken);
        return (xmin, xmax, await EventsAsync(rows, cancellationToken));
    }

    internal Task<T> ReadyAsync<T>(Func<NpgsqlDataSource, Task<T>> act, CancellationToken cancellationToken) => ReadyAsync(() => act(_source), cancellationToken);

    private async Task<T> ReadyAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        try
        {
            return await act();
        }
        catch (Exception cause) when (IsUnavailable(cause))
        {
            throw new StoreUnavailableException(cause);
        }
    }

    private static async Task<List<(RecordedEvent Event, byte[] Payload)>> EventsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await EventsAsync(rows, cancellationToken);
    }

    private static async Task<List<(RecordedEvent Event, byte[] Payload)>> EventsAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var events = new List<(RecordedEvent, byte[])>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var recorded = new RecordedEvent
            {
                Position = rows.GetInt64(0),
                StreamId = rows.GetString(1),
                StreamVersion = rows.GetInt64(2),
                MessageId = rows.GetGuid(3),
                Type = rows.GetString(4),
                OccurredOn = rows.GetFieldValue<DateTimeOffset>(5),
                RecordedOn = rows.GetFieldValue<DateTimeOffset>(6),
                RequestId = rows.IsDBNull(7) ? null : rows.GetString(7),
                CausedBy = rows.IsDBNull(8) ? null : rows.GetGuid(8),
                Publish = rows.GetBoolean(9),
                TraceParent = rows.IsDBNull(10) ? null : rows.GetString(10),
                IsErased = rows.GetBoolean(11),
                Payload = "",
            };
            events.Add((recorded, rows.GetFieldValue<byte[]>(12)));
        }

        return events;
    }

    /// <summary>
    /// The state of the database or of the way to it, not of the statement: no connection, no more connections, a full disk, a shutdown, a
    /// server that only reads, a lock that another keeps.
    /// </summary>
    private static bool IsUnavailable(Exception cause) => cause switch
    {
        PostgresException told => told.SqlState[..2] is "08" or "53" or "57" or "58" || told.SqlState is "25006" or "40001" or "40P01" or "55P03",
        NpgsqlException => true,
        TimeoutException => true,
        _ => false,
    };

    private static string PayloadOf(Payloads payloads) => payloads switch
    {
        Payloads.All => "payload",
        Payloads.OfPublished => "CASE WHEN publish THEN payload ELSE ''::bytea END",
        Payloads.None => "''::bytea",
    };

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => Bind(_source.CreateCommand(sql), parameters);

    private static NpgsqlCommand Bind(NpgsqlCommand command, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    /// <summary>Held by a lock of the connection: it ends with it, also when the process is killed.</summary>
    private sealed class HeldCursor(NpgsqlConnection connection, string name, long position) : IFeedCursor
    {
        public long Position { get; private set; } = position;

        public async Task MoveAsync(long position, CancellationToken cancellationToken)
        {
            try
            {
                await using var command = Bind(
                    new NpgsqlCommand(
                        """
                        INSERT INTO feed_cursor (name, position) VALUES (@name, @position)
                        ON CONFLICT (name) DO UPDATE SET position = greatest(feed_cursor.position, excluded.position)
                        """,
                        connection),
                    ("name", name),
                    ("position", position));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (Exception cause) when (IsUnavailable(cause) || connection.State != System.Data.ConnectionState.Open)
            {
                throw new StoreUnavailableException(cause);
            }

            Position = Math.Max(Position, position);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (connection.State == System.Data.ConnectionState.Open)
                {
                    // Given back at once: the server notices some time later that a connection was closed.
                    await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
                    await unlock.ExecuteNonQueryAsync();
                }
            }
            catch (Exception cause) when (IsUnavailable(cause))
            {
                // The connection is gone, and the lock with it.
            }

            await connection.DisposeAsync();
        }
    }
}
