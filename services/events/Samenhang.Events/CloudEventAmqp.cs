using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Samenhang.Events;

/// <summary>The parts of an AMQP message that carry an event. Nothing here knows a broker.</summary>
public sealed record AmqpMessage
{
    /// <summary>The property <c>content_type</c>: that of the data in binary mode, that of the event in structured mode.</summary>
    public string? ContentType { get; init; }

    /// <summary>The property <c>message_id</c>: the id of the event.</summary>
    public string? MessageId { get; init; }

    /// <summary>The property <c>type</c>: the type of the event.</summary>
    public string? Type { get; init; }

    /// <summary>The property <c>timestamp</c>, which AMQP 0-9-1 keeps to the second: the time of the event.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The property <c>delivery_mode</c>: 2, the message survives a restart of the broker.</summary>
    public byte DeliveryMode { get; init; } = 2;

    /// <summary>The headers; values are string, long or bool.</summary>
    public ImmutableSortedDictionary<string, object> Headers { get; init; } = ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>
/// Events in AMQP messages. Binary mode puts every attribute but <c>datacontenttype</c> in a header <c>cloudEvents_…</c> and the data in the body;
/// structured mode puts the whole event in the body. A Timestamp, a Binary, and a URI travel as their canonical text, so that nothing of them is lost
/// in AMQP 0-9-1.
/// </summary>
public static class CloudEventAmqp
{
    /// <summary>What stands before the name of an attribute in a header.</summary>
    public const string Prefix = "cloudEvents_";

    private const string OtherPrefix = "cloudEvents:";

    // Bytes that are not UTF-8 are a fault, not a question mark.
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>The event in binary mode. JSON data without <c>datacontenttype</c> goes out as <c>application/json</c>.</summary>
    public static AmqpMessage WriteBinary(CloudEvent @event) => new()
    {
        ContentType = @event.DataContentType ?? (@event.Data is EventData.Json ? ContentTypes.Json : null),
        MessageId = @event.Id,
        Type = @event.Type,
        Timestamp = @event.Time,
        Headers = Headers(@event),
        Body = @event.Data?.ToBytes() ?? [],
    };

    /// <summary>The event in structured mode; the headers are those of binary mode, so that a broker can route on them.</summary>
    public static AmqpMessage WriteStructured(CloudEvent @event) => new()
    {
        ContentType = ContentTypes.CloudEventJson,
        MessageId = @event.Id,
        Type = @event.Type,
        Timestamp = @event.Time,
        Headers = Headers(@event),
        Body = CloudEventJson.Write(@event),
    };

    /// <summary>Reads an event of either mode; an empty body in binary mode is an event without data.</summary>
    /// <param name="contentType">The property <c>content_type</c>.</param>
    /// <param name="headers">The headers as the client library gives them: a text may come as a string or as its UTF-8 bytes.</param>
    /// <param name="body">The body.</param>
    public static Parsed<CloudEvent> Read(string? contentType, IEnumerable<KeyValuePair<string, object?>> headers, ReadOnlyMemory<byte> body)
    {
        if (ContentTypes.IsStructured(contentType))
        {
            return ContentTypes.Essence(contentType!) == "application/cloudevents+json"
                ? CloudEventJson.Read(body)
                : new([new("content_type", "dit formaat van CloudEvents kennen wij niet", "this format of CloudEvents is not known here")]);
        }

        var reading = new CloudEventReading();
        if (contentType is not null)
        {
            reading.Add("datacontenttype", contentType);
        }

        var separators = new HashSet<char>();
        foreach (var (header, value) in headers)
        {
            if (header.StartsWith(Prefix, StringComparison.Ordinal) || header.StartsWith(OtherPrefix, StringComparison.Ordinal))
            {
                separators.Add(header[Prefix.Length - 1]);
                ReadHeader(reading, header[Prefix.Length..], value);
            }
        }

        if (separators.Count > 1)
        {
            reading.Faults.Add(new("headers", "gebruik overal cloudEvents_ of overal cloudEvents:", "use cloudEvents_ throughout, or cloudEvents: throughout"));
        }

        return reading.Finish(ReadBody(reading, contentType, body));
    }

    private static ImmutableSortedDictionary<string, object> Headers(CloudEvent @event) =>
        @event.Attributes().Where(attribute => attribute.Key != "datacontenttype").ToImmutableSortedDictionary(
            attribute => Prefix + attribute.Key,
            attribute => attribute.Value switch
            {
                AttributeValue.Integer integer => (object)(long)integer.Value,
                AttributeValue.Boolean boolean => boolean.Value,
                var other => other.Canonical,
            },
            StringComparer.Ordinal);

    private static void ReadHeader(CloudEventReading reading, string name, object? value)
    {
        var shown = CloudEventRules.IsName(name) ? name : "(extension)";
        if (name == "datacontenttype")
        {
            reading.Faults.Add(new(name, "staat in content_type, niet in een header", "stands in content_type, not in a header"));
            return;
        }

        switch (value)
        {
            case null:
                return;
            case string text:
                reading.Add(name, text);
                return;
            case byte[] bytes:
                try
                {
                    reading.Add(name, Strict.GetString(bytes));
                }
                catch (DecoderFallbackException)
                {
                    reading.Faults.Add(new(shown, "is geen UTF-8", "is not UTF-8"));
                }

                return;
            case bool truth:
                reading.Add(name, AttributeValue.Of(truth));
                return;
            case DateTimeOffset moment:
                reading.Add(name, Rfc3339.Write(moment));
                return;
            case sbyte or byte or short or ushort or int or uint or long when Convert.ToInt64(value, CultureInfo.InvariantCulture) is >= int.MinValue and <= int.MaxValue and var number:
                reading.Add(name, AttributeValue.Of((int)number));
                return;
            default:
                reading.Faults.Add(new(shown, "heeft een type dat CloudEvents niet kent", "has a type that CloudEvents does not know"));
                return;
        }
    }

    private static EventData? ReadBody(CloudEventReading reading, string? contentType, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        // Without a type nothing can be said about the bytes.
        if (contentType is null)
        {
            return EventData.OfBytes(body);
        }

        try
        {
            if (ContentTypes.IsJson(contentType))
            {
                using var document = JsonDocument.Parse(body);
                return EventData.OfJson(document.RootElement);
            }

            return ContentTypes.IsText(contentType) ? EventData.OfText(Strict.GetString(body.Span)) : EventData.OfBytes(body);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            reading.Faults.Add(new("data", "is niet wat content_type zegt", "is not what content_type says"));
            return null;
        }
    }
}
