using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Messages of ours are read as strictly as they are written: what cannot be null is there and is not null, also in a list, and a text holds no
/// zero, which PostgreSQL cannot keep. Otherwise that would be met somewhere in the rules or the store, and look like a bug there.
/// </summary>
internal static class StrictReading
{
    public static void ReadStrictly(this JsonSerializerOptions options)
    {
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RequireParameters);
        options.Converters.Insert(0, new ListsWithoutNull());
        options.Converters.Insert(0, new TextsWithoutZero());
    }

    /// <summary>A parameter that can be null is left out when it is; every other one must come.</summary>
    private static void RequireParameters(JsonTypeInfo type)
    {
        if (type.Type.Namespace?.StartsWith("Samenhang", StringComparison.Ordinal) == true)
        {
            foreach (var property in type.Properties)
            {
                if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false })
                {
                    property.IsRequired = true;
                }
            }
        }
    }

    private sealed class TextsWithoutZero : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return text?.Contains('\0', StringComparison.Ordinal) == true ? throw new JsonException("A text holds a zero.") : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    private sealed class ListsWithoutNull : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert)
            => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && !typeToConvert.GetGenericArguments()[0].IsValueType;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
            => (JsonConverter)Activator.CreateInstance(typeof(ListWithoutNull<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class ListWithoutNull<T> : JsonConverter<IReadOnlyList<T>>
        where T : class
    {
        public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var items = JsonSerializer.Deserialize<List<T>>(ref reader, options);
            return items?.Contains(null!) == true ? throw new JsonException("A list holds null.") : items;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
            => JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
    }
}
