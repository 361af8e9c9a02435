using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Samenhang.Events;

/// <summary>The payload of an event. JSON is kept as text without white space, so that equal documents written alike are equal.</summary>
public abstract record EventData
{
    internal static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private EventData()
    {
    }

    /// <summary>The bytes as they stand in the body of a message.</summary>
    public abstract byte[] ToBytes();

    /// <summary>JSON data.</summary>
    /// <exception cref="InvalidOperationException">A string in it has an unpaired surrogate.</exception>
    public static EventData OfJson(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            value.WriteTo(writer);
        }

        return new Json(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>JSON data from a text.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static EventData OfJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return OfJson(document.RootElement);
    }

    /// <summary>Text of a type that is not JSON.</summary>
    public static EventData OfText(string text) => new Text(text);

    /// <summary>Bytes.</summary>
    public static EventData OfBytes(ReadOnlyMemory<byte> bytes) => new Binary(bytes);

    /// <summary>A JSON value; <c>datacontenttype</c> is a JSON type, or absent.</summary>
    public sealed record Json : EventData
    {
        internal Json(string value) => Value = value;

        /// <summary>The JSON text, without white space.</summary>
        public string Value { get; }

        /// <inheritdoc/>
        public override byte[] ToBytes() => Encoding.UTF8.GetBytes(Value);
    }

    /// <summary>Text of another type than JSON, for example XML; <c>datacontenttype</c> names it.</summary>
    public sealed record Text(string Value) : EventData
    {
        /// <inheritdoc/>
        public override byte[] ToBytes() => Encoding.UTF8.GetBytes(Value);
    }

    /// <summary>Bytes; a JSON event carries them in base64.</summary>
    public sealed record Binary(ReadOnlyMemory<byte> Value) : EventData
    {
        /// <inheritdoc/>
        public override byte[] ToBytes() => Value.ToArray();

        /// <summary>Equal bytes are equal data.</summary>
        public bool Equals(Binary? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Value.Span);
            return hash.ToHashCode();
        }
    }
}
