namespace Samenhang.Platform.Store;

/// <summary>An event that is about to be written.</summary>
/// <param name="MessageId">Its id, a UUIDv7; the bus message that is published for it carries the same id.</param>
/// <param name="Type">Its name in the <see cref="EventCatalog"/>, which outlives the name of the class.</param>
/// <param name="Payload">The event as JSON.</param>
/// <param name="OccurredOn">When it happened, in UTC.</param>
/// <param name="Publish">True when the relay must publish it on the bus.</param>
/// <param name="TraceParent">The W3C trace context of the command that led to it, so that its message goes on with the same trace; null when nobody traces.</param>
public sealed record NewEvent(Guid MessageId, string Type, string Payload, DateTimeOffset OccurredOn, bool Publish, string? TraceParent = null);

/// <summary>An event as it stands in the store.</summary>
public sealed record RecordedEvent
{
    /// <summary>Its place in the feed of the service; grows, may have gaps.</summary>
    public required long Position { get; init; }

    /// <summary>The stream it belongs to, <c>kind/key</c>: for example <c>case/0199…</c>.</summary>
    public required string StreamId { get; init; }

    /// <summary>Its place in the stream: 1, 2, 3 … without gaps.</summary>
    public required long StreamVersion { get; init; }

    /// <inheritdoc cref="NewEvent.MessageId"/>
    public required Guid MessageId { get; init; }

    /// <inheritdoc cref="NewEvent.Type"/>
    public required string Type { get; init; }

    /// <inheritdoc cref="NewEvent.Payload"/>
    public required string Payload { get; init; }

    /// <inheritdoc cref="NewEvent.OccurredOn"/>
    public required DateTimeOffset OccurredOn { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTimeOffset RecordedOn { get; init; }

    /// <summary>The request that led to it; null when no request did.</summary>
    public required string? RequestId { get; init; }

    /// <summary>The bus message that led to it; null when no message did.</summary>
    public required Guid? CausedBy { get; init; }

    /// <inheritdoc cref="NewEvent.Publish"/>
    public required bool Publish { get; init; }

    /// <inheritdoc cref="NewEvent.TraceParent"/>
    public required string? TraceParent { get; init; }

    /// <summary>True when its stream was erased: that it happened stays, what it said is gone.</summary>
    public bool IsErased { get; init; }
}

/// <summary>A request that was answered, as the store remembers it.</summary>
/// <param name="RequestId">The id that the caller chose.</param>
/// <param name="ContentHash">A hash of the request without its id, to tell a repeat from a reuse.</param>
/// <param name="Reply">The reply that was given, byte for byte.</param>
public sealed record AnsweredRequest(string RequestId, ReadOnlyMemory<byte> ContentHash, ReadOnlyMemory<byte> Reply);

/// <summary>Everything that one decision writes, in one transaction.</summary>
public sealed record Append
{
    /// <inheritdoc cref="RecordedEvent.StreamId"/>
    public required string StreamId { get; init; }

    /// <summary>The version the decision was based on; 0 for a stream that does not exist yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The events; may be empty when only the message or the request must be remembered.</summary>
    public required IReadOnlyList<NewEvent> Events { get; init; }

    /// <summary>The bus message whose effect this is; null when it is none.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The request whose effect this is, with the reply to remember; null when it is none.</summary>
    public AnsweredRequest? Request { get; init; }

    /// <summary>What changes in the projection tables of the service.</summary>
    public IReadOnlyList<RowWrite> Rows { get; init; } = [];

    /// <summary>
    /// Destroys the key of the stream in the same transaction: neither its events, these included, nor the replies that were remembered for it say
    /// anything any more, and nothing can be appended to it. That they happened, when and of which type stays in the log.
    /// </summary>
    public bool Erases { get; init; }
}

/// <summary>What came of an append.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>Written.</summary>
    /// <param name="StreamVersion">The version of the stream after it.</param>
    public sealed record Appended(long StreamVersion) : AppendOutcome;

    /// <summary>Nothing written: somebody else wrote to the stream first. Load again and decide again.</summary>
    /// <param name="CurrentVersion">The version that stands.</param>
    public sealed record VersionConflict(long CurrentVersion) : AppendOutcome;

    /// <summary>Nothing written: the effect of this bus message was already in the store.</summary>
    public sealed record AlreadyHandled : AppendOutcome;

    /// <summary>Nothing written: this request was answered before with the same content. Give this reply again.</summary>
    /// <param name="Reply">The reply that was given then.</param>
    public sealed record AlreadyAnswered(ReadOnlyMemory<byte> Reply) : AppendOutcome;

    /// <summary>Nothing written: this request id was used before with other content.</summary>
    public sealed record RequestIdReused : AppendOutcome;
}
