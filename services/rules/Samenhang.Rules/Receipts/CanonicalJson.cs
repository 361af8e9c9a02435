using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Samenhang.Rules;

/// <summary>JSON of which there is only one spelling: names in ordinal order, no white space, null members left out.</summary>
internal static class CanonicalJson
{
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonWriterOptions Compact = new() { Indented = false, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            Write(json, node);
        }

        return buffer.ToArray();
    }

    internal static JsonNode Of<T>(T value) => JsonSerializer.SerializeToNode(value, Options)!;

    /// <summary>Every place where two texts differ, in words: <c>case.facts.work.sickListed: true → false</c>.</summary>
    internal static IEnumerable<string> Differences(JsonNode? before, JsonNode? after, string path = "")
    {
        switch (before, after)
        {
            case (JsonObject old, JsonObject now):
                return old.Select(member => member.Key).Union(now.Select(member => member.Key)).Order(StringComparer.Ordinal)
                    .SelectMany(name => Differences(old[name], now[name], path.Length == 0 ? name : $"{path}.{name}"));
            case (JsonArray old, JsonArray now):
                return Enumerable.Range(0, Math.Max(old.Count, now.Count))
                    .SelectMany(i => Differences(i < old.Count ? old[i] : null, i < now.Count ? now[i] : null, $"{path}[{Name(i < old.Count ? old[i] : now[i]) ?? $"{i}"}]"));
            default:
                return JsonNode.DeepEquals(before, after) ? [] : [$"{path}: {Text(before)} → {Text(after)}"];
        }
    }

    /// <summary>What an item of a list is called: its identifier, or need and scheme of a row.</summary>
    private static string? Name(JsonNode? item) => item is not JsonObject entry ? null
        : entry["id"]?.ToString() ?? (entry["needId"] is { } need && entry["scheme"] is { } scheme ? $"{need} × {scheme}" : entry["finding"]?.ToString());

    private static string Text(JsonNode? node) => node is null ? "nothing" : node.ToJsonString(Options) is { Length: > 200 } text ? text[..200] + "…" : node.ToJsonString(Options);

    private static void Write(Utf8JsonWriter json, JsonNode? node)
    {
        switch (node)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonObject members:
                json.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case JsonArray items:
                json.WriteStartArray();
                foreach (var item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                node.WriteTo(json);
                break;
        }
    }
}
