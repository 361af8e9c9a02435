using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Samenhang.Platform.Errors;

namespace Samenhang.Platform.Store;

/// <summary>A stream at one version.</summary>
/// <param name="Version">0 when the stream does not exist.</param>
/// <param name="State">What its events say.</param>
public sealed record StreamState<TState>(long Version, TState State)
{
    /// <summary>True when the stream was erased: its state is that of a stream that never was, and nothing can be written in it any more.</summary>
    public bool IsErased { get; init; }
}

/// <summary>The identity of a mutating request: which one it is, and what it says.</summary>
/// <param name="RequestId">The id that the caller chose.</param>
/// <param name="ContentHash">Tells a repeat (same reply) from a reuse (an error).</param>
/// <param name="ExpectedVersion">The version the caller saw; null when it does not mind.</param>
public sealed record RequestIdentity(string RequestId, ReadOnlyMemory<byte> ContentHash, long? ExpectedVersion = null)
{
    /// <summary>The identity of a gRPC request.</summary>
    /// <param name="requestId">Its <c>request_id</c>.</param>
    /// <param name="request">The whole request; its type and every field count as content.</param>
    /// <param name="expectedVersion">Its <c>expected_version</c>, or null.</param>
    public static RequestIdentity Of(string requestId, IMessage request, long? expectedVersion = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.Descriptor.FullName + '\n'));
        hash.AppendData(request.ToByteArray());
        return new RequestIdentity(requestId, hash.GetHashAndReset(), expectedVersion);
    }
}

/// <summary>
/// The streams of one kind in one service, and the one way anything changes in them: load, decide (pure), append. The decision
/// sees the newest state; when somebody else wrote in between, it is made again on what stands then.
/// </summary>
/// <typeparam name="TState">What the events of a stream add up to; immutable.</typeparam>
/// <typeparam name="TEvent">The sum type of its events.</typeparam>
public sealed class Streams<TState, TEvent>
    where TEvent : class
{
    // Two writers on one case are rare and fast. Who lost steps aside for a moment, longer each time, so that a fast writer does not starve a
    // slow one; so many lost races in a row mean that something else is wrong.
    private const int MostTries = 25;

    // A state with its plan is some hundreds of kilobytes; a worklist that is worked through uses few streams at a time.
    private const int MostKept = 128;

    // Decisions of this process about one stream wait for each other here and not in the store, where whoever loses has worked for nothing.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly RecentStates<TState> _recent = new(MostKept);
    private readonly string _kind;
    private readonly IEventStore _store;
    private readonly EventCatalog _catalog;
    private readonly IReadOnlyList<IProjection<TState, TEvent>> _projections;
    private readonly TState _initial;
    private readonly Func<TState, TEvent, TState> _evolve;
    private readonly TimeProvider _time;

    internal Streams(
        string kind,
        TState initial,
        Func<TState, TEvent, TState> evolve,
        IEventStore store,
        EventCatalog catalog,
        IEnumerable<IProjection<TState, TEvent>> projections,
        TimeProvider time)
    {
        (_kind, _initial, _evolve) = (kind, initial, evolve);
        (_store, _catalog, _projections, _time) = (store, catalog, [.. projections], time);
    }

    /// <summary>What stands now.</summary>
    public async Task<StreamState<TState>> LoadAsync(string key, CancellationToken cancellationToken)
    {
        var known = _recent.Find(key) ?? new StreamState<TState>(0, _initial);
        if (known.IsErased)
        {
            return known;
        }

        var recorded = await _store.LoadAsync(StreamId.Of(_kind, key), known.Version, cancellationToken);
        if (recorded.Count == 0)
        {
            return known;
        }

        var version = known.Version + recorded.Count;
        var now = recorded.Any(next => next.IsErased)
            ? Erased(version)
            : new StreamState<TState>(version, recorded.Aggregate(known.State, (soFar, next) => _evolve(soFar, (TEvent)_catalog.Read(next))));
        _recent.Keep(key, now);
        return now;
    }

    /// <summary>Every event of the stream with its place and moment, oldest first: the audit trail. None when the stream was erased.</summary>
    public async Task<IReadOnlyList<(EventOrigin Origin, TEvent Event)>> ReadHistoryAsync(string key, CancellationToken cancellationToken)
    {
        var recorded = await _store.LoadAsync(StreamId.Of(_kind, key), cancellationToken);
        return recorded.Any(one => one.IsErased) ? [] : [.. recorded.Select(one => (EventCatalog.OriginOf(one), (TEvent)_catalog.Read(one)))];
    }

    /// <summary>
    /// Erases a stream with all that its projections hold of it, in one transaction; a stream that does not exist becomes one that was erased, so
    /// that what comes late finds nothing to add to. A second time changes nothing.
    /// </summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="decide">The pure decision: what else is written with it, or why not. Not asked when the stream is erased already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="messageId">The bus message that asks for it; null when none does.</param>
    /// <returns>False when it was erased before; else the refusal.</returns>
    /// <exception cref="StreamBusyException">Too many others wrote at the same time.</exception>
    public Task<Result<bool>> EraseAsync(
        string key, Func<TState, Result<IReadOnlyList<RowWrite>>> decide, CancellationToken cancellationToken, Guid? messageId = null)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return EraseAsync(key, (stands, _) => Task.FromResult(decide(stands.State)), cancellationToken, messageId);
    }

    /// <summary>As the other, for a decision that reads more than the state; nobody else of this process writes in the stream meanwhile.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="decide">The decision; asked again when another process wrote.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="messageId">The bus message that asks for it; null when none does.</param>
    /// <returns>False when it was erased before; else the refusal.</returns>
    /// <exception cref="StreamBusyException">Too many others wrote at the same time.</exception>
    public async Task<Result<bool>> EraseAsync(
        string key, Func<StreamState<TState>, CancellationToken, Task<Result<IReadOnlyList<RowWrite>>>> decide, CancellationToken cancellationToken, Guid? messageId = null)
    {
        ArgumentNullException.ThrowIfNull(decide);
        using var turn = await TakeTurnAsync(key, cancellationToken);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var before = await LoadAsync(key, cancellationToken);
            if (before.IsErased)
            {
                if (messageId is not null)
                {
                    await AppendAsync(Prepare(key, before, [], out _) with { MessageId = messageId }, cancellationToken);
                }

                return false;
            }

            var decision = await decide(before, cancellationToken);
            if (decision.Error is { } error)
            {
                return error;
            }

            var rows = new RowWrites();
            foreach (var projection in _projections)
            {
                projection.Forget(key, rows);
            }

            var now = Now();
            var append = new Append
            {
                StreamId = StreamId.Of(_kind, key),
                ExpectedVersion = before.Version,
                Events = [new NewEvent(Guid.CreateVersion7(now), StreamErasure.Type, "{}", now, Publish: false, Activity.Current?.Id)],
                MessageId = messageId,
                Rows = [.. rows.All, .. decision.Match(also => also, _ => [])],
                Erases = true,
            };
            switch (await AppendAsync(append, cancellationToken))
            {
                case AppendOutcome.Appended:
                    _recent.Keep(key, Erased(before.Version + 1));
                    return true;
                case AppendOutcome.AlreadyHandled:
                    return false;
                case AppendOutcome.VersionConflict conflict:
                    Doubt(key, before, conflict);
                    await StepAsideAsync(attempt, cancellationToken);
                    continue;
            }
        }

        throw new StreamBusyException(StreamId.Of(_kind, key));
    }

    /// <summary>
    /// Handles a bus message once: its id is written in the same transaction as its effect, so a message that comes twice has one
    /// effect, also after a crash. No events is a good decision: the message is then remembered as handled. What comes for a stream that was
    /// erased is remembered so without being decided on.
    /// </summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="messageId">Which message this is.</param>
    /// <param name="decide">The pure decision.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="likelyNew">The stream hardly ever exists yet, so it is not looked for first; when it does exist, the append tells.</param>
    /// <returns>False when the message had been handled before.</returns>
    /// <exception cref="StreamBusyException">Too many others wrote at the same time; the bus offers the message again.</exception>
    public async Task<bool> HandleMessageAsync(
        string key, Guid messageId, Func<TState, IReadOnlyList<TEvent>> decide, CancellationToken cancellationToken, bool likelyNew = false)
    {
        ArgumentNullException.ThrowIfNull(decide);
        using var turn = await TakeTurnAsync(key, cancellationToken);
        var before = _recent.Find(key) ?? (likelyNew ? new StreamState<TState>(0, _initial) : await LoadAsync(key, cancellationToken));
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var append = Prepare(key, before, before.IsErased ? [] : decide(before.State), out var after) with { MessageId = messageId };
            switch (await AppendAsync(append, cancellationToken))
            {
                case AppendOutcome.Appended:
                    Keep(key, after);
                    return true;
                case AppendOutcome.AlreadyHandled:
                    return false;
                case AppendOutcome.VersionConflict conflict:
                    Doubt(key, before, conflict);
                    await StepAsideAsync(attempt, cancellationToken);
                    before = await LoadAsync(key, cancellationToken);
                    continue;
            }
        }

        throw new StreamBusyException(StreamId.Of(_kind, key));
    }

    /// <summary>Handles something that comes from no request and no message: the clock. The decision must see in the state what was done.</summary>
    /// <returns>The version after it.</returns>
    /// <exception cref="StreamBusyException">Too many others wrote at the same time.</exception>
    public async Task<long> HandleClockAsync(
        string key, Func<TState, IReadOnlyList<TEvent>> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        using var turn = await TakeTurnAsync(key, cancellationToken);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var before = await LoadAsync(key, cancellationToken);
            var events = before.IsErased ? [] : decide(before.State);
            if (events.Count == 0)
            {
                return before.Version;
            }

            var outcome = await AppendAsync(Prepare(key, before, events, out var after), cancellationToken);
            if (outcome is AppendOutcome.Appended appended)
            {
                Keep(key, after);
                return appended.StreamVersion;
            }

            if (outcome is AppendOutcome.VersionConflict conflict)
            {
                Doubt(key, before, conflict);
            }

            await StepAsideAsync(attempt, cancellationToken);
        }

        throw new StreamBusyException(StreamId.Of(_kind, key));
    }

    /// <summary>
    /// Handles a mutating request once: the same id with the same content gives the same reply, byte for byte; with other content
    /// <see cref="Error.AlreadyExists"/>. A refused request is not remembered: it may be sent again when the state allows it. In a stream that was
    /// erased nothing is found.
    /// </summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="request">Which request this is.</param>
    /// <param name="decide">The pure decision: the events, or why not.</param>
    /// <param name="reply">Makes the reply from what stands after the decision.</param>
    /// <param name="cancellationToken">Ends the wait; what was appended stays.</param>
    /// <param name="isNew">The key was made just now, so there is nothing to read.</param>
    public async Task<Result<TReply>> HandleRequestAsync<TReply>(
        string key,
        RequestIdentity request,
        Func<TState, Result<IReadOnlyList<TEvent>>> decide,
        Func<StreamState<TState>, TReply> reply,
        CancellationToken cancellationToken,
        bool isNew = false)
        where TReply : IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(decide);
        ArgumentNullException.ThrowIfNull(reply);

        using var turn = await TakeTurnAsync(key, cancellationToken);

        // A state that is kept in memory may be behind. That is no harm where the decision is to write, because the append tells; a refusal
        // counts only on what stands, and only when the request was not answered before: what it did then could be the reason to refuse now.
        var before = isNew ? new StreamState<TState>(0, _initial) : _recent.Find(key);
        var stands = isNew || before is null;
        before ??= await LoadAsync(key, cancellationToken);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (before.IsErased)
            {
                return new Error.NotFound(_kind, key);
            }

            var decision = request.ExpectedVersion is { } expected && expected != before.Version
                ? new Error.StaleVersion(expected, before.Version)
                : decide(before.State);
            if (decision.Error is { } error)
            {
                if (!stands)
                {
                    before = await LoadAsync(key, cancellationToken);
                    stands = true;
                    continue;
                }

                return await RepeatAsync<TReply>(request, cancellationToken) ?? error;
            }

            var append = Prepare(key, before, decision.Match(events => events, _ => []), out var after);
            var answer = reply(after);
            append = append with { Request = new AnsweredRequest(request.RequestId, request.ContentHash, answer.ToByteArray()) };
            switch (await AppendAsync(append, cancellationToken))
            {
                case AppendOutcome.Appended:
                    Keep(key, after);
                    return answer;
                case AppendOutcome.AlreadyAnswered earlier:
                    return Parse<TReply>(earlier.Reply);
                case AppendOutcome.RequestIdReused:
                    return new Error.AlreadyExists(request.RequestId);
                case AppendOutcome.VersionConflict conflict:
                    Doubt(key, before, conflict);
                    await StepAsideAsync(attempt, cancellationToken);
                    before = await LoadAsync(key, cancellationToken);
                    stands = true;
                    continue;
            }
        }

        return new Error.StaleVersion(request.ExpectedVersion ?? before.Version, before.Version);
    }

    private async Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.AppendAsync(append, cancellationToken);
        }
        catch (StreamErasedException)
        {
            // Somebody erased it after it was read here. It is read again from the beginning, and that shows.
            return new AppendOutcome.VersionConflict(0);
        }
    }

    private StreamState<TState> Erased(long version) => new(version, _initial) { IsErased = true };

    /// <summary>The reply that this request got before; null when it is new.</summary>
    private async Task<Result<TReply>?> RepeatAsync<TReply>(RequestIdentity request, CancellationToken cancellationToken)
        where TReply : IMessage<TReply>, new()
        => await _store.FindRequestAsync(request.RequestId, cancellationToken) switch
        {
            null => null,
            { } answered when answered.ContentHash.Span.SequenceEqual(request.ContentHash.Span) => Parse<TReply>(answered.Reply),
            _ => new Error.AlreadyExists(request.RequestId),
        };

    private async Task<Turn> TakeTurnAsync(string key, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(key) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>A pause of up to as many milliseconds as races were lost, drawn by chance so that two losers do not meet again.</summary>
    private static Task StepAsideAsync(int lost, CancellationToken cancellationToken) =>
        Task.Delay(Random.Shared.Next(lost + 1), cancellationToken);

    private void Keep(string key, StreamState<TState> state)
    {
        // Without events nothing is known to be in the store.
        if (state.Version > 0)
        {
            _recent.Keep(key, state);
        }
    }

    /// <summary>A store that has less than is kept here was put back to an earlier day under our feet: all is read again.</summary>
    private void Doubt(string key, StreamState<TState> before, AppendOutcome.VersionConflict conflict)
    {
        if (conflict.CurrentVersion < before.Version)
        {
            _recent.Forget(key);
        }
    }

    private static TReply Parse<TReply>(ReadOnlyMemory<byte> bytes)
        where TReply : IMessage<TReply>, new()
    {
        var reply = new TReply();
        reply.MergeFrom(bytes.Span);
        return reply;
    }

    private Append Prepare(string key, StreamState<TState> before, IReadOnlyList<TEvent> events, out StreamState<TState> after)
    {
        var now = Now();
        var version = before.Version + events.Count;
        var state = events.Aggregate(before.State, _evolve);
        after = new StreamState<TState>(version, state);
        return new Append
        {
            StreamId = StreamId.Of(_kind, key),
            ExpectedVersion = before.Version,
            Events = [.. events.Select(@event => _catalog.Write(@event, Guid.CreateVersion7(now), now))],
            Rows = RowsOf(key, version, state, events),
        };
    }

    private IReadOnlyList<RowWrite> RowsOf(string key, long version, TState state, IReadOnlyList<TEvent> events)
    {
        if (events.Count == 0 || _projections.Count == 0)
        {
            return [];
        }

        var change = new StreamChange<TState, TEvent>(key, version, state, events);
        var rows = new RowWrites();
        foreach (var projection in _projections)
        {
            projection.Write(change, rows);
        }

        return rows.All;
    }

    private readonly struct Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }

    // Whole microseconds: what PostgreSQL keeps of a moment, so that an event reads the same from every store.
    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

/// <summary>A stream was written by others again and again while a decision about it was made.</summary>
#pragma warning disable CA1032 // The standard constructors would allow one that names no stream.
public sealed class StreamBusyException(string streamId)
    : Exception($"Stream '{streamId}' was written by others at every try.");
#pragma warning restore CA1032
