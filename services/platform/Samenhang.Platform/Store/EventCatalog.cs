using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;

namespace Samenhang.Platform.Store;

/// <summary>Where an event stands, for whoever makes a message of it.</summary>
/// <param name="Key">The key of its stream: of stream <c>case/0199…</c> the part after the slash.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="MessageId">Its id, which the message takes over.</param>
/// <param name="OccurredOn">When it happened, in UTC.</param>
/// <param name="CausedBy">The bus message that led to it; null when no message did.</param>
public sealed record EventOrigin(string Key, long Version, Guid MessageId, DateTimeOffset OccurredOn, Guid? CausedBy);

/// <summary>
/// The events of one service: the name of each in the store, and for those that others must hear of, the message that is published.
/// </summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<string, Entry> _byName;
    private readonly FrozenDictionary<Type, Entry> _byType;

    // What was written last here and must be published: the relay of this process asks for it a moment later, and need not read it again.
    private const int MostRemembered = 256;
    private readonly ConcurrentDictionary<Guid, object> _written = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    internal EventCatalog(IReadOnlyCollection<Entry> entries)
    {
        _byName = entries.ToFrozenDictionary(entry => entry.Name);
        _byType = entries.ToFrozenDictionary(entry => entry.Type);
    }

    /// <summary>The event as the store takes it.</summary>
    public NewEvent Write(object @event, Guid messageId, DateTimeOffset occurredOn)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var entry = _byType[@event.GetType()];
        if (entry.ToMessage is not null)
        {
            Remember(messageId, @event);
        }

        return new NewEvent(
            messageId,
            entry.Name,
            JsonSerializer.Serialize(@event, entry.Type, StoreJson.Options),
            occurredOn,
            entry.ToMessage is not null,
            Activity.Current?.Id);
    }

    /// <summary>The event as the code knows it.</summary>
    /// <exception cref="InvalidOperationException">This build does not know the event, or cannot read it.</exception>
    public object Read(RecordedEvent recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Read(EntryOf(recorded), recorded);
    }

    /// <summary>The message to publish for this event; null when there is none.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="happened">The event as the code knows it; null = read it from its payload.</param>
    public object? MessageOf(RecordedEvent recorded, object? happened = null)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (!recorded.Publish)
        {
            return null;
        }

        var entry = EntryOf(recorded);
        return entry.ToMessage?.Invoke(happened ?? Read(entry, recorded), OriginOf(recorded));
    }

    /// <summary>
    /// The events among these that must be published, by message id, without reading any payload; null unless all of them were written by this process a moment ago.
    /// </summary>
    internal Dictionary<Guid, object>? Remembered(IReadOnlyList<RecordedEvent> batch)
    {
        var found = new Dictionary<Guid, object>();
        foreach (var recorded in batch)
        {
            if (recorded.Publish)
            {
                if (!_written.TryGetValue(recorded.MessageId, out var happened))
                {
                    return null;
                }

                found[recorded.MessageId] = happened;
            }
        }

        return found;
    }

    private void Remember(Guid messageId, object happened)
    {
        _written[messageId] = happened;
        _order.Enqueue(messageId);
        while (_order.Count > MostRemembered && _order.TryDequeue(out var oldest))
        {
            _written.TryRemove(oldest, out _);
        }
    }

    internal static EventOrigin OriginOf(RecordedEvent recorded) => new(
        StreamId.KeyOf(recorded.StreamId), recorded.StreamVersion, recorded.MessageId, recorded.OccurredOn, recorded.CausedBy);

    private Entry EntryOf(RecordedEvent recorded) => _byName.GetValueOrDefault(recorded.Type) ?? throw new InvalidOperationException(
        $"The event at position {recorded.Position} is of type '{recorded.Type}', which this build does not know.");

    private static object Read(Entry entry, RecordedEvent recorded)
    {
        try
        {
            return JsonSerializer.Deserialize(recorded.Payload, entry.Type, StoreJson.Options)
                ?? throw new JsonException("The payload is null.");
        }
        catch (JsonException cause)
        {
            // The cause names the path, never the value: a payload is personal data.
            throw new InvalidOperationException(
                $"The event at position {recorded.Position} cannot be read as {entry.Type.Name}: path {cause.Path}.");
        }
    }

    internal sealed record Entry(string Name, Type Type, Func<object, EventOrigin, object?>? ToMessage);
}

/// <summary>Names the events of one kind of stream.</summary>
/// <typeparam name="TEvent">Their sum type.</typeparam>
public sealed class EventNames<TEvent>
    where TEvent : class
{
    private readonly List<EventCatalog.Entry> _entries;

    internal EventNames(List<EventCatalog.Entry> entries) => _entries = entries;

    /// <summary>An event that stays inside the service.</summary>
    /// <param name="name">Its name in the store, kebab-case, for ever: <c>case-opened</c>.</param>
    public EventNames<TEvent> Add<T>(string name)
        where T : class, TEvent
    {
        _entries.Add(new EventCatalog.Entry(name, typeof(T), null));
        return this;
    }

    /// <summary>An event that the relay publishes on the bus.</summary>
    /// <param name="name">Its name in the store, kebab-case, for ever: <c>coverage-asked</c>.</param>
    /// <param name="message">
    /// Makes the message: a public sealed record of the contracts, a pure function of the event, so that a re-send is the same
    /// message. Null publishes nothing for this event.
    /// </param>
    public EventNames<TEvent> Publish<T>(string name, Func<T, EventOrigin, object?> message)
        where T : class, TEvent
    {
        ArgumentNullException.ThrowIfNull(message);
        _entries.Add(new EventCatalog.Entry(name, typeof(T), (@event, origin) => message((T)@event, origin)));
        return this;
    }

    /// <summary>An event of the sum type that nobody named would fail at its first append; this fails the start instead.</summary>
    internal void RequireAll()
    {
        var arguments = typeof(TEvent).GetGenericArguments();
        var missing = typeof(TEvent).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetGenericArguments().Length == arguments.Length)
            .Where(type => arguments.Length == 0 || type.DeclaringType == typeof(TEvent).GetGenericTypeDefinition())
            .Select(type => arguments.Length == 0 ? type : type.MakeGenericType(arguments)) // A case of a generic sum type is nested in it.
            .Where(typeof(TEvent).IsAssignableFrom)
            .Except(_entries.Select(entry => entry.Type))
            .Select(type => type.Name)
            .ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"Events of {typeof(TEvent).Name} without a name in the store: {string.Join(", ", missing)}.");
        }
    }
}

/// <summary>How a stream is named: <c>kind/key</c>.</summary>
public static class StreamId
{
    /// <summary>The id of the stream of this kind with this key.</summary>
    public static string Of(string kind, string key) => $"{kind}/{key}";

    /// <summary>The key: what follows the first slash.</summary>
    public static string KeyOf(string streamId)
    {
        ArgumentNullException.ThrowIfNull(streamId);
        return streamId[(streamId.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}
