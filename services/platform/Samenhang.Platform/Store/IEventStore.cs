using System.Data.Common;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Store;

/// <summary>
/// The store of one service: an append-only event table that is audit trail, outbox and feed in one, with the inbox, the answered
/// requests and the service's own projection tables beside it in the same database.
/// </summary>
/// <remarks>
/// What every implementation promises, and what the contract tests hold it to:
/// an append is one transaction, durable when the call returns; the feed shows positions in order, so a reader who has seen
/// position N never finds a new event at or below N; an expected failure is an <see cref="AppendOutcome"/>, never an exception; a store that cannot be reached is a
/// <see cref="StoreUnavailableException"/>.
/// </remarks>
public interface IEventStore
{
    /// <summary>
    /// Completes at the next append. Take it before you read, then no append falls between. An append of another process may be told
    /// late or never: whoever waits also polls.
    /// </summary>
    Task Appended { get; }

    /// <summary>Who did what with whose data: a chain of lines beside the events, in the same database.</summary>
    ITrailStore Trail { get; }

    /// <summary>Makes the tables or brings them up to date; called at the start and every day. Every other call does it when it was not done.</summary>
    /// <exception cref="InvalidOperationException">The tables were made by something that this program does not continue.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>All events of one stream, oldest first; empty for a stream that does not exist.</summary>
    Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, CancellationToken cancellationToken);

    /// <summary>The events of one stream after a version (0 is the start), oldest first.</summary>
    Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, long afterVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Writes events, inbox entry, request reply and projection rows in one transaction, or nothing.
    /// </summary>
    /// <exception cref="StreamErasedException">The stream was erased; a store may tell so before it looks at the version.</exception>
    Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken);

    /// <summary>The feed: at most <paramref name="max"/> events after <paramref name="position"/> (0 is the start), in order.</summary>
    /// <param name="position">The place of the last event that was seen.</param>
    /// <param name="max">The most events in one answer.</param>
    /// <param name="payloads">Which of them come with their payload; it is empty on the others.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<RecordedEvent>> ReadFromAsync(long position, int max, Payloads payloads, CancellationToken cancellationToken);

    /// <summary>True when the effect of this bus message is in the store.</summary>
    Task<bool> HasHandledAsync(Guid messageId, CancellationToken cancellationToken);

    /// <summary>The answer that was given to this request id before, or null when it is new.</summary>
    Task<AnsweredRequest?> FindRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>How far the named reader of the feed has come; 0 when it never moved.</summary>
    Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes the place of the named reader, or null when another holder has it now.</summary>
    Task<IFeedCursor?> TryHoldCursorAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets which messages were handled and which requests were answered before a moment. Events are never forgotten. After it a
    /// message or request from before that moment would have its effect again: choose a moment before which none can come any more.
    /// </summary>
    Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Reads projection tables on a connection that cannot write.</summary>
    Task<T> QueryAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken);
}

/// <summary>Which events of the feed are read with their payload: most of its bytes are plans, and few readers need them.</summary>
public enum Payloads
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those that are published on the bus.</summary>
    OfPublished,

    /// <summary>None.</summary>
    None,
}
