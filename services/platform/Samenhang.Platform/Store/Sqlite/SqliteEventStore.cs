using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Store.Sqlite;

/// <summary>The event store in one SQLite file: the embedded default, and what the contract tests run on.</summary>
/// <remarks>
/// Write-ahead logging with synchronous=FULL, so what was reported as written survives a kill and a power cut. One connection
/// writes, one append at a time; readers have pooled read-only connections and never wait for the writer. A second process on the
/// same file is safe, because every append takes the write lock before it reads the version.
/// </remarks>
public sealed class SqliteEventStore : IEventStore, IDisposable
{
    private const string EventColumns = "position, stream_id, stream_version, message_id, type, occurred_on, recorded_on, request_id, caused_by, publish, trace_parent";

    // Read with the events themselves: a key that is remembered here may be that of a stream which another process has erased since.
    private const string Erased = "EXISTS (SELECT 1 FROM stream_key AS k WHERE k.stream_id = event.stream_id AND k.closed IS NULL)";

    private const int SecondsToWaitForALock = 10;

    private static readonly Migrations Schema = Migrations.Embedded(typeof(SqliteEventStore).Assembly, "events");
    private static readonly Migrations TrailSchema = Migrations.Embedded(typeof(SqliteEventStore).Assembly, "trail");

    private readonly AppendSignal _signal = new();
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SqliteConnection _writer;
    private readonly string _readers;
    private readonly TimeProvider _time;
    private readonly PayloadSeal _seal;

    private SqliteEventStore(SqliteConnection writer, string readers, StoreKeys keys, TimeProvider time)
        => (_writer, _readers, _seal, _time, Trail) = (writer, readers, new PayloadSeal(keys), time, new SqliteTrail(this));

    /// <inheritdoc/>
    public Task Appended => _signal.Next;

    /// <inheritdoc/>
    public ITrailStore Trail { get; }

    /// <summary>Opens the file, makes it when it is not there, and brings its schema up to date.</summary>
    /// <param name="path">The database file; its folder is made when missing.</param>
    /// <param name="migrations">The service's own projection tables, after the store's.</param>
    /// <param name="keys">The keys that seal what is kept.</param>
    /// <param name="time">The clock that stamps what is recorded.</param>
    /// <exception cref="OptionsValidationException">The file is sealed with a key that is not given.</exception>
    public static SqliteEventStore Open(string path, IEnumerable<Migrations> migrations, StoreKeys keys, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        var file = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var writer = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false, // The pragmas belong to the connection; it is ours alone for as long as the store lives.
            DefaultTimeout = SecondsToWaitForALock,
        }.ToString());
        try
        {
            writer.Open();
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
            SqliteMigrator.Migrate(writer, [Schema, TrailSchema, .. migrations], time.GetUtcNow());
            RequireKeys(writer, keys);
        }
        catch
        {
            writer.Dispose();
            throw;
        }

        var readers = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = SecondsToWaitForALock };
        return new SqliteEventStore(writer, readers.ToString(), keys, time);
    }

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask; // Opening the file did it.

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, CancellationToken cancellationToken)
        => LoadAsync(streamId, 0, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, long afterVersion, CancellationToken cancellationToken)
        => ReadEventsAsync(
            connection => connection.Rows(
                ReadEvent,
                $"SELECT {EventColumns}, {Erased}, payload FROM event WHERE stream_id = $stream AND stream_version > $after ORDER BY stream_version",
                ("$stream", streamId), ("$after", afterVersion)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadFromAsync(long position, int max, Payloads payloads, CancellationToken cancellationToken)
        => ReadEventsAsync(
            connection => connection.Rows(
                ReadEvent,
                $"SELECT {EventColumns}, {Erased}, {PayloadOf(payloads)} FROM event WHERE position > $position ORDER BY position LIMIT $max",
                ("$position", position), ("$max", max)),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasHandledAsync(Guid messageId, CancellationToken cancellationToken)
        => ReadAsync(connection => HasHandled(connection, messageId), cancellationToken);

    /// <inheritdoc/>
    public Task<AnsweredRequest?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
        => ReadAsync(connection => FindRequest(connection, requestId), cancellationToken);

    /// <inheritdoc/>
    public Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken)
        => ReadAsync(
            connection => connection.Scalar<long>("SELECT position FROM feed_cursor WHERE name = $name", ("$name", name)),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IFeedCursor?> TryHoldCursorAsync(string name, CancellationToken cancellationToken)
    {
        if (!_held.TryAdd(name, true))
        {
            return null;
        }

        try
        {
            return new HeldCursor(this, name, await ReadCursorAsync(name, cancellationToken));
        }
        catch
        {
            _held.TryRemove(name, out _);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
        => WriteAsync(
            transaction => Task.FromResult(transaction.Connection!.Execute(
                "DELETE FROM inbox WHERE handled_on < $before; DELETE FROM request WHERE answered_on < $before;", ("$before", Text(before)))),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<T> QueryAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            await using var connection = new SqliteConnection(_readers);
            await connection.OpenAsync(cancellationToken);
            return await read(connection, cancellationToken);
        }
        catch (SqliteException cause) when (IsUnavailable(cause))
        {
            throw new StoreUnavailableException(cause);
        }
    }

    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        var outcome = await WriteAsync(transaction => Task.FromResult(Write(append, transaction)), cancellationToken);
        if (outcome is AppendOutcome.Appended && append.Erases)
        {
            _seal.Forget(append.StreamId);
            await CutLogAsync(cancellationToken);
        }

        if (outcome is AppendOutcome.Appended && append.Events.Count > 0)
        {
            _signal.Set();
        }

        return outcome;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        using (var reader = new SqliteConnection(_readers))
        {
            SqliteConnection.ClearPool(reader);
        }

        _writer.Dispose();
        _turn.Dispose();
    }

    private AppendOutcome Write(Append append, SqliteTransaction transaction)
    {
        var connection = transaction.Connection!;
        if (append.MessageId is { } messageId && HasHandled(connection, messageId))
        {
            return new AppendOutcome.AlreadyHandled();
        }

        if (append.Request is { } request && FindRequest(connection, request.RequestId) is { } answered)
        {
            return CryptographicOperations.FixedTimeEquals(answered.ContentHash.Span, request.ContentHash.Span)
                ? new AppendOutcome.AlreadyAnswered(answered.Reply)
                : new AppendOutcome.RequestIdReused();
        }

        var version = connection.Scalar<long>(
            "SELECT max(stream_version) FROM event WHERE stream_id = $stream", ("$stream", append.StreamId));
        if (version != append.ExpectedVersion)
        {
            return new AppendOutcome.VersionConflict(version);
        }

        var now = Text(_time.GetUtcNow());
        var key = append.Events.Count > 0 || append.Request is not null ? KeyOf(connection, append.StreamId) : [];
        foreach (var @event in append.Events)
        {
            version++;
            Insert(connection, append, @event, version, now, PayloadSeal.Close(key, append.StreamId, version, @event));
        }

        if (append.MessageId is { } handled)
        {
            connection.Execute(
                "INSERT INTO inbox (message_id, handled_on) VALUES ($id, $now)", ("$id", Text(handled)), ("$now", now));
        }

        if (append.Request is { } asked)
        {
            connection.Execute(
                "INSERT INTO request (request_id, content_hash, reply, answered_on, stream_id) VALUES ($id, $hash, $reply, $now, $stream)",
                ("$id", asked.RequestId),
                ("$hash", PayloadSeal.Close(key, asked.RequestId, "hash", asked.ContentHash)),
                ("$reply", PayloadSeal.Close(key, asked.RequestId, "reply", asked.Reply)),
                ("$now", now),
                ("$stream", append.StreamId));
        }

        foreach (var row in append.Rows)
        {
            connection.Execute(row.Sql, [.. row.Parameters]);
        }

        if (append.Erases)
        {
            connection.Execute("UPDATE stream_key SET closed = NULL WHERE stream_id = $stream", ("$stream", append.StreamId));
        }

        return new AppendOutcome.Appended(version);
    }

    private static void Insert(SqliteConnection connection, Append append, NewEvent @event, long version, string now, byte[] payload)
        => connection.Execute(
            """
            INSERT INTO event (stream_id, stream_version, message_id, type, payload, occurred_on, recorded_on, request_id, caused_by, publish, trace_parent)
            VALUES ($stream, $version, $id, $type, $payload, $occurred, $recorded, $request, $cause, $publish, $trace)
            """,
            ("$stream", append.StreamId),
            ("$version", version),
            ("$id", Text(@event.MessageId)),
            ("$type", @event.Type),
            ("$payload", payload),
            ("$occurred", Text(@event.OccurredOn)),
            ("$recorded", now),
            ("$request", append.Request?.RequestId),
            ("$cause", append.MessageId is { } cause ? Text(cause) : null),
            ("$publish", @event.Publish ? 1 : 0),
            ("$trace", @event.TraceParent));

    private static bool HasHandled(SqliteConnection connection, Guid messageId)
        => connection.Scalar<long>("SELECT 1 FROM inbox WHERE message_id = $id", ("$id", Text(messageId))) == 1;

    private AnsweredRequest? FindRequest(SqliteConnection connection, string requestId)
        => connection.Rows(
            row => _seal.OpenRequest(
                new AnsweredRequest(requestId, row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)),
                row.IsDBNull(2) ? null : new StreamKeyRow(row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4))),
            "SELECT content_hash, reply, k.stream_id, k.key_id, k.closed FROM request r LEFT JOIN stream_key k ON k.stream_id = r.stream_id WHERE request_id = $id",
            ("$id", requestId)).SingleOrDefault();

    private static StreamKeyRow? FindKey(SqliteConnection connection, string streamId)
        => connection.Rows(
            row => new StreamKeyRow(streamId, row.GetString(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)),
            "SELECT key_id, closed FROM stream_key WHERE stream_id = $stream",
            ("$stream", streamId)).SingleOrDefault();

    private byte[] KeyOf(SqliteConnection connection, string streamId)
    {
        if (_seal.TryFind(streamId, out var known))
        {
            return known;
        }

        if (FindKey(connection, streamId) is { } row)
        {
            return _seal.Open(row) ?? throw new StreamErasedException(streamId);
        }

        // Not remembered before it is committed; the next reader does.
        var (key, made) = _seal.Make(streamId);
        connection.Execute("INSERT INTO stream_key (stream_id, key_id, closed) VALUES ($stream, $key, $closed)", ("$stream", streamId), ("$key", made.KeyId), ("$closed", made.Closed));
        return key;
    }

    private static void RequireKeys(SqliteConnection connection, StoreKeys keys)
    {
        connection.Execute("INSERT INTO key_used (key_id) VALUES ($key) ON CONFLICT DO NOTHING", ("$key", keys.Ring.Active.Id));
        foreach (var used in connection.Rows(row => row.GetString(0), "SELECT key_id FROM key_used"))
        {
            keys.Ring.Require(used);
        }
    }

    private Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(Func<SqliteConnection, List<(RecordedEvent, byte[])>> read, CancellationToken cancellationToken)
        => QueryAsync(
            (connection, _) => _seal.OpenAsync(
                read((SqliteConnection)connection),
                streams => Task.FromResult<IReadOnlyList<StreamKeyRow>>([.. streams.Select(stream => FindKey((SqliteConnection)connection, stream)).OfType<StreamKeyRow>()])),
            cancellationToken);

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
        => QueryAsync((connection, _) => Task.FromResult(read((SqliteConnection)connection)), cancellationToken);

    /// <summary>Moves what lies in the log of the file into the file, and empties it: a key that was destroyed must not go on lying there.</summary>
    private async Task CutLogAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A reader that looks at an earlier moment holds it up; the next checkpoint does it then.
            _writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            _turn.Release();
        }
    }

    internal async Task<T> WriteAsync<T>(Func<SqliteTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var transaction = _writer.BeginTransaction(deferred: false);
            var result = await write(transaction);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (SqliteException cause) when (IsUnavailable(cause))
        {
            throw new StoreUnavailableException(cause);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string PayloadOf(Payloads payloads) => payloads switch
    {
        Payloads.All => "payload",
        Payloads.OfPublished => "CASE WHEN publish THEN payload ELSE x'' END",
        Payloads.None => "x''",
    };

    // Busy, locked, input/output error, full, cannot open: the state of the machine, not of the statement.
    private static bool IsUnavailable(SqliteException cause) => cause.SqliteErrorCode is 5 or 6 or 10 or 13 or 14;

    private static (RecordedEvent Event, byte[] Payload) ReadEvent(SqliteDataReader row) => (new()
    {
        Position = row.GetInt64(0),
        StreamId = row.GetString(1),
        StreamVersion = row.GetInt64(2),
        MessageId = row.GetGuid(3),
        Type = row.GetString(4),
        OccurredOn = Moment(row.GetString(5)),
        RecordedOn = Moment(row.GetString(6)),
        RequestId = row.IsDBNull(7) ? null : row.GetString(7),
        CausedBy = row.IsDBNull(8) ? null : row.GetGuid(8),
        Publish = row.GetInt64(9) == 1,
        TraceParent = row.IsDBNull(10) ? null : row.GetString(10),
        IsErased = row.GetInt64(11) == 1,
        Payload = "",
    }, row.GetFieldValue<byte[]>(12));

    private static string Text(Guid id) => id.ToString("D");

    private static string Text(DateTimeOffset moment) => moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text)
        => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>Held by this object's process; a second process on the same file is not kept out of it.</summary>
    private sealed class HeldCursor(SqliteEventStore store, string name, long position) : IFeedCursor
    {
        public long Position { get; private set; } = position;

        public async Task MoveAsync(long position, CancellationToken cancellationToken)
        {
            await store.WriteAsync(
                transaction => Task.FromResult(transaction.Connection!.Execute(
                    """
                    INSERT INTO feed_cursor (name, position) VALUES ($name, $position)
                    ON CONFLICT (name) DO UPDATE SET position = max(position, excluded.position)
                    """,
                    ("$name", name), ("$position", position))),
                cancellationToken);
            Position = Math.Max(Position, position);
        }

        public ValueTask DisposeAsync()
        {
            store._held.TryRemove(name, out _);
            return ValueTask.CompletedTask;
        }
    }
}
