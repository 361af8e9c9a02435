using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Samenhang.Language;

/// <summary>
/// Writes a value so that it can be read back without knowing its fact: true, 12.5, "burn-out", ["a", "b"], {"date": "2016-10-01"};
/// null is unknown. Case files write a date as a bare text; they know the fact.
/// </summary>
public sealed class ValueJsonConverter : JsonConverter<Value>
{
    private const string DateMember = "date";

    /// <summary>An unknown value is written as null.</summary>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Value.Unknown;
            case JsonTokenType.True or JsonTokenType.False:
                return Value.Of(reader.GetBoolean());
            case JsonTokenType.Number:
                return Value.Of(reader.GetDecimal());
            case JsonTokenType.String:
                return Value.Of(reader.GetString());
            case JsonTokenType.StartArray:
                var members = new List<string>();
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    members.Add(reader.GetString()!);
                }

                return reader.TokenType == JsonTokenType.EndArray ? Value.SetOf(members) : throw new JsonException("A set holds codes only.");
            case JsonTokenType.StartObject:
                return ReadDate(ref reader);
            default:
                throw new JsonException("This is no value of a fact.");
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.Kind)
        {
            case ValueKind.Bool:
                writer.WriteBooleanValue(value.Truth == Truth.True);
                break;
            case ValueKind.Number:
                writer.WriteNumberValue(value.Number);
                break;
            case ValueKind.Code:
                writer.WriteStringValue(value.Code);
                break;
            case ValueKind.Set:
                writer.WriteStartArray();
                foreach (var member in value.Set)
                {
                    writer.WriteStringValue(member);
                }

                writer.WriteEndArray();
                break;
            case ValueKind.Date:
                writer.WriteStartObject();
                writer.WriteString(DateMember, value.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteEndObject();
                break;
            case ValueKind.Unknown:
                writer.WriteNullValue();
                break;
        }
    }

    private static Value ReadDate(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(DateMember) &&
            reader.Read() && reader.TokenType == JsonTokenType.String &&
            DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) &&
            reader.Read() && reader.TokenType == JsonTokenType.EndObject)
        {
            return Value.Of(day);
        }

        throw new JsonException("A date is written as {\"date\": \"yyyy-mm-dd\"}.");
    }
}
