using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>Writes the data of an event as JSON for one audience: the fields that stand on its list, and no other.</summary>
public static class PublicJson
{
    private static readonly Dictionary<(Type, Audience), (PropertyInfo Property, string Name)[]> Fields = typeof(PublicData).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(PublicData)))
        .SelectMany(type => Enum.GetValues<Audience>().Select(audience => (type, audience)))
        .ToDictionary(key => key, key => FieldsOf(key.type, key.audience));

    /// <summary>The data, UTF-8.</summary>
    /// <param name="data">What the audience may see (<see cref="PublicSight"/>).</param>
    /// <param name="audience">Who reads it.</param>
    /// <param name="name">Makes the reader's own name for the id of an item.</param>
    public static byte[] Write(PublicData data, Audience audience, Func<string, string> name)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(name);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, data, audience, name);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A field or code as JSON names it: camelCase.</summary>
    internal static string NameOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>The fields of a record that an audience sees, in the order in which they stand.</summary>
    internal static (PropertyInfo Property, string Name)[] FieldsOf(Type type, Audience audience) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<SeenByAttribute>()?.Audiences.Contains(audience) == true)
            .Select(property => (property, NameOf(property.Name)))];

    private static void Write(Utf8JsonWriter json, PublicData data, Audience audience, Func<string, string> name)
    {
        json.WriteStartObject();
        foreach (var (property, field) in Fields[(data.GetType(), audience)])
        {
            if (property.GetValue(data) is { } value)
            {
                json.WritePropertyName(field);
                Write(json, value, audience, name);
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, object value, Audience audience, Func<string, string> name)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case ItemName item:
                json.WriteStringValue(name(item.Id));
                break;
            case Enum code:
                json.WriteStringValue(NameOf(code.ToString()));
                break;
            case PublicData part:
                Write(json, part, audience, name);
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var one in list)
                {
                    Write(json, one!, audience, name);
                }

                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"{value.GetType().Name} has no JSON.");
        }
    }
}
