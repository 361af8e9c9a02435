using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Samenhang.Events.Filters;

/// <summary>
/// The property <c>filters</c> of a subscription: an event passes if every filter lets it pass. An empty list lets everything pass. Equal if it
/// writes the same JSON.
/// </summary>
public sealed class EventFilterSet : IEventFilter, IEquatable<EventFilterSet>
{
    private readonly ImmutableArray<EventFilter> filters;

    /// <summary>Filters that must all pass.</summary>
    public EventFilterSet(params IEnumerable<EventFilter> filters) => this.filters = [.. filters];

    /// <summary>No filter: everything passes.</summary>
    public static EventFilterSet Everything { get; } = new();

    /// <summary>The filters in their order.</summary>
    public IReadOnlyList<EventFilter> Filters => filters;

    /// <summary>Reads the JSON of <c>filters</c>, an array of filter expressions; every fault with its path. An absent, empty or <c>null</c> text is no filter.</summary>
    public static Parsed<EventFilterSet> Parse(string? json, EventFilterLimits? limits = null) => EventFilterReader.Read(json, limits ?? EventFilterLimits.Default);

    /// <summary>Reads <c>filters</c> from JSON that has been parsed before.</summary>
    public static Parsed<EventFilterSet> Parse(JsonElement json, EventFilterLimits? limits = null) => EventFilterReader.Read(json, limits ?? EventFilterLimits.Default);

    /// <inheritdoc/>
    public bool Matches(CloudEvent @event)
    {
        foreach (var filter in filters)
        {
            if (!filter.Matches(@event))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The JSON of <c>filters</c>, as the Subscriptions API writes it.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, EventData.Plain))
        {
            WriteAll(writer, filters);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <inheritdoc/>
    public bool Equals(EventFilterSet? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EventFilterSet);

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => ToJson();

    private static void WriteAll(Utf8JsonWriter writer, ImmutableArray<EventFilter> filters)
    {
        writer.WriteStartArray();
        foreach (var filter in filters)
        {
            Write(writer, filter);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, EventFilter filter)
    {
        writer.WriteStartObject();
        switch (filter)
        {
            case EventFilter.Exact exact:
                WriteAttributes(writer, "exact", exact.Attributes);
                break;
            case EventFilter.Prefix prefix:
                WriteAttributes(writer, "prefix", prefix.Attributes);
                break;
            case EventFilter.Suffix suffix:
                WriteAttributes(writer, "suffix", suffix.Attributes);
                break;
            case EventFilter.All all:
                writer.WritePropertyName("all");
                WriteAll(writer, all.Filters);
                break;
            case EventFilter.Any any:
                writer.WritePropertyName("any");
                WriteAll(writer, any.Filters);
                break;
            case EventFilter.Not not:
                writer.WritePropertyName("not");
                Write(writer, not.Filter);
                break;
            case EventFilter.Sql sql:
                writer.WriteString("sql", sql.Expression.Text);
                break;
            default:
                throw new NotSupportedException($"The dialect {filter.GetType().Name} has no JSON.");
        }

        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, string dialect, ImmutableArray<AttributeText> attributes)
    {
        writer.WriteStartObject(dialect);
        foreach (var (name, text) in attributes)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }
}
