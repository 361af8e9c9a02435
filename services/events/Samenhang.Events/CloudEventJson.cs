using System.Buffers;
using System.Text.Json;

namespace Samenhang.Events;

/// <summary>
/// Events in JSON: structured mode (<see cref="ContentTypes.CloudEventJson"/>), and batches (<see cref="ContentTypes.CloudEventBatchJson"/>).
/// Writing assumes a valid event; reading gives a valid event or every fault.
/// </summary>
public static class CloudEventJson
{
    /// <summary>The largest text that is read, in bytes.</summary>
    public const int LargestText = 4 * 1024 * 1024;

    private const int Deepest = 64;

    /// <summary>Writes one event.</summary>
    public static byte[] Write(CloudEvent @event)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, EventData.Plain))
        {
            Write(writer, @event);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a list of events; an empty list is a batch too.</summary>
    public static byte[] WriteBatch(IEnumerable<CloudEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, EventData.Plain))
        {
            writer.WriteStartArray();
            foreach (var @event in events)
            {
                Write(writer, @event);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one event.</summary>
    public static Parsed<CloudEvent> Read(ReadOnlyMemory<byte> json) =>
        WithDocument<CloudEvent>(json, Read);

    /// <summary>Reads a list of events; the faults name the place in the list (<c>[2].source</c>). One bad event spoils the batch.</summary>
    public static Parsed<IReadOnlyList<CloudEvent>> ReadBatch(ReadOnlyMemory<byte> json) => WithDocument<IReadOnlyList<CloudEvent>>(json, root =>
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return new((IReadOnlyList<EventFault>)[new("", "is geen lijst van gebeurtenissen", "is not a list of events")]);
        }

        var events = root.EnumerateArray().Select(Read).ToList();
        var faults = events.SelectMany((read, index) => read.Faults.Select(fault => fault with { Field = fault.Field.Length == 0 ? $"[{index}]" : $"[{index}].{fault.Field}" })).ToList();
        return faults.Count == 0 ? new((IReadOnlyList<CloudEvent>)[.. events.Select(read => read.Value!)]) : new(faults);
    });

    /// <summary>Reads one event from JSON that has been parsed before.</summary>
    public static Parsed<CloudEvent> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new([new("", "is geen JSON-object", "is not a JSON object")]);
        }

        var reading = new CloudEventReading();
        JsonElement? data = null;
        JsonElement? base64 = null;
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals("data"))
            {
                data = member.Value;
            }
            else if (member.NameEquals("data_base64"))
            {
                base64 = member.Value.ValueKind == JsonValueKind.Null ? null : member.Value;
            }
            else
            {
                ReadAttribute(reading, member);
            }
        }

        return reading.Finish(ReadData(reading, data, base64));
    }

    private static void ReadAttribute(CloudEventReading reading, JsonProperty member)
    {
        // Unescaping throws on an unpaired surrogate, in a name as in a value.
        string name;
        try
        {
            name = member.Name;
        }
        catch (InvalidOperationException)
        {
            reading.Faults.Add(new("(extension)", "de naam is geen tekst", "the name is not text"));
            return;
        }

        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Null:
                return;
            case JsonValueKind.String when TextOf(member.Value) is { } text:
                reading.Add(name, text);
                return;
            case JsonValueKind.True or JsonValueKind.False:
                reading.Add(name, AttributeValue.Of(member.Value.GetBoolean()));
                return;
            case JsonValueKind.Number when member.Value.TryGetInt32(out var number):
                reading.Add(name, AttributeValue.Of(number));
                return;
            default:
                reading.Faults.Add(new(CloudEventRules.IsName(name) ? name : "(extension)", "moet tekst, een geheel getal van 32 bits, waar of onwaar zijn", "must be text, a 32-bit whole number, true or false"));
                return;
        }
    }

    private static EventData? ReadData(CloudEventReading reading, JsonElement? data, JsonElement? base64)
    {
        if (data is not null && base64 is not null)
        {
            reading.Faults.Add(new("data_base64", "staat naast data: een van beide", "stands beside data: one of the two"));
            return null;
        }

        if (base64 is { } encoded)
        {
            if (encoded.ValueKind == JsonValueKind.String && encoded.TryGetBytesFromBase64(out var bytes))
            {
                return EventData.OfBytes(bytes);
            }

            reading.Faults.Add(new("data_base64", "is geen base64", "is not base64"));
            return null;
        }

        if (data is not { } value)
        {
            return null;
        }

        if (ContentTypes.IsJson(reading.DataContentType))
        {
            try
            {
                return EventData.OfJson(value);
            }
            catch (InvalidOperationException)
            {
                reading.Faults.Add(new("data", "bevat tekens die geen tekst zijn", "holds characters that are not text"));
                return null;
            }
        }

        // An explicit null of a type that is not JSON says nothing: no data.
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && TextOf(value) is { } text)
        {
            return EventData.OfText(text);
        }

        reading.Faults.Add(new("data", "moet tekst zijn, want datacontenttype is geen JSON", "must be text, because datacontenttype is not JSON"));
        return null;
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Parsed<T> WithDocument<T>(ReadOnlyMemory<byte> json, Func<JsonElement, Parsed<T>> read)
        where T : class
    {
        if (json.Length > LargestText)
        {
            return new([new("", "is te groot", "is too large")]);
        }

        if (!StrictJson.TryParse(json, Deepest, out var document, out var reason))
        {
            return new([new("", $"is geen geldige JSON {reason}", $"is not valid JSON {reason}")]);
        }

        using (document)
        {
            return read(document.RootElement);
        }
    }

    private static void Write(Utf8JsonWriter writer, CloudEvent @event)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in @event.Attributes())
        {
            switch (value)
            {
                case AttributeValue.Integer integer:
                    writer.WriteNumber(name, integer.Value);
                    break;
                case AttributeValue.Boolean boolean:
                    writer.WriteBoolean(name, boolean.Value);
                    break;
                default:
                    writer.WriteString(name, value.Canonical);
                    break;
            }
        }

        switch (@event.Data)
        {
            case EventData.Json json:
                writer.WritePropertyName("data");
                writer.WriteRawValue(json.Value, skipInputValidation: true);
                break;
            case EventData.Text text:
                writer.WriteString("data", text.Value);
                break;
            case EventData.Binary binary:
                writer.WriteBase64String("data_base64", binary.Value.Span);
                break;
            default:
                break;
        }

        writer.WriteEndObject();
    }
}
