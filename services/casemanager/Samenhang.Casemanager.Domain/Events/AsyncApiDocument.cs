using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>
/// The AsyncAPI 3 document of the events, made from the catalogue and the records that the events are written from. So it cannot say
/// anything else than the code; a test holds the copy in docs against it.
/// </summary>
public static class AsyncApiDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document.</summary>
    public static string Text => Document().ToJsonString(Indented) + "\n";

    private static JsonObject Document() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "Samenhang: gebeurtenissen voor afnemers",
            ["version"] = "1.0.0",
            ["description"] =
                "CloudEvents 1.0 with the NL GOV profile, over AMQP 0-9-1 in binary mode: an attribute is a header cloudEvents_<attribute>, the body is the data. "
                + "The same events are read with replay over gRPC (samenhang.feed.v1). Which audience sees a field stands at the field, in x-seen-by; a field that is not for "
                + "the reader is absent. Delivery is at least once: two messages with the same source and id are the same event.",
        },
        ["defaultContentType"] = "application/json",
        ["servers"] = new JsonObject
        {
            ["rabbitmq"] = new JsonObject { ["host"] = "localhost:5672", ["protocol"] = "amqp", ["protocolVersion"] = "0.9.1", ["description"] = "The broker of the organisation that runs the casemanager." },
        },
        ["channels"] = new JsonObject
        {
            ["subscriberQueue"] = new JsonObject
            {
                ["address"] = "samenhang.events.{subscription}",
                ["description"] = "The queue of one subscription. The subscriber may read it and nothing else.",
                ["parameters"] = new JsonObject { ["subscription"] = new JsonObject { ["description"] = "The id of the subscription." } },
                ["messages"] = Each(type => Reference($"#/components/messages/{NameOf(type)}")),
                ["bindings"] = new JsonObject
                {
                    ["amqp"] = new JsonObject
                    {
                        ["is"] = "queue",
                        ["queue"] = new JsonObject { ["name"] = "samenhang.events.{subscription}", ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false },
                        ["bindingVersion"] = "0.3.0",
                    },
                },
            },
        },
        ["operations"] = new JsonObject
        {
            ["tell"] = new JsonObject
            {
                ["action"] = "send",
                ["channel"] = Reference("#/channels/subscriberQueue"),
                ["summary"] = "Tells a subscriber what happened in its cases.",
                ["messages"] = new JsonArray([.. PublicEventTypes.All.Select(type => (JsonNode)Reference($"#/channels/subscriberQueue/messages/{NameOf(type)}"))]),
            },
        },
        ["components"] = new JsonObject
        {
            ["messages"] = Each(Message),
            ["schemas"] = Schemas(),
        },
    };

    private static JsonObject Message(PublicEventType type) => new()
    {
        ["name"] = type.Name,
        ["title"] = type.Title,
        ["summary"] = type.Meaning,
        ["contentType"] = "application/json",
        ["headers"] = Headers(type),
        ["payload"] = Reference($"#/components/schemas/{type.Data.Name}"),
    };

    private static JsonObject Headers(PublicEventType type)
    {
        var headers = new JsonObject
        {
            ["cloudEvents_specversion"] = new JsonObject { ["type"] = "string", ["const"] = "1.0" },
            ["cloudEvents_id"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
            ["cloudEvents_source"] = new JsonObject { ["type"] = "string", ["pattern"] = "^urn:nld:oin:[0-9]{20}:systeem:casemanager$" },
            ["cloudEvents_type"] = new JsonObject { ["type"] = "string", ["const"] = type.Name },
            ["cloudEvents_subject"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9a-f]{32}$", ["description"] = "The subscriber's own name for the case." },
            ["cloudEvents_time"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            ["cloudEvents_dataschema"] = new JsonObject { ["type"] = "string", ["pattern"] = $"^urn:nld:oin:[0-9]{{20}}:schema:{type.Name.Replace(".", "\\.", StringComparison.Ordinal)}$" },
            ["cloudEvents_sequence"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{19}$", ["description"] = "The position in the feed; of two the one that sorts later is the later one." },
            ["cloudEvents_recordedtime"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            ["cloudEvents_dataclassification"] = new JsonObject { ["type"] = "string", ["const"] = "confidential" },
            ["cloudEvents_dataregulation"] = new JsonObject { ["type"] = "string", ["const"] = "GDPR" },
        };
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. headers.Select(header => (JsonNode)header.Key)]),
            ["properties"] = headers,
        };
    }

    private static JsonObject Schemas()
    {
        var schemas = new JsonObject();
        foreach (var data in typeof(PublicData).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PublicData))).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            schemas[data.Name] = Schema(data);
        }

        return schemas;
    }

    private static JsonObject Schema(Type data)
    {
        var seen = SeenBy(data);
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in data.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => SeenBy(property).Count > 0))
        {
            var name = PublicJson.NameOf(property.Name);
            var schema = SchemaOf(property.PropertyType);
            schema["x-seen-by"] = Names(SeenBy(property));
            properties[name] = schema;
            if (property.GetCustomAttribute<RequiredMemberAttribute>() is not null && seen.All(SeenBy(property).Contains))
            {
                required.Add(name);
            }
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["x-seen-by"] = Names(seen),
            ["additionalProperties"] = false,
            ["required"] = required,
            ["properties"] = properties,
        };
    }

    private static JsonObject SchemaOf(Type type) => Nullable.GetUnderlyingType(type) is { } known ? SchemaOf(known)
        : type == typeof(string) ? new() { ["type"] = "string", ["description"] = "A code of the vocabulary." }
        : type == typeof(int) ? new() { ["type"] = "integer" }
        : type == typeof(DateOnly) ? new() { ["type"] = "string", ["format"] = "date" }
        : type == typeof(ItemName) ? new() { ["type"] = "string", ["pattern"] = "^[0-9a-f]{16}$", ["description"] = "The subscriber's own name for an item of the case." }
        : type.IsEnum ? new() { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)PublicJson.NameOf(name))]) }
        : type.IsSubclassOf(typeof(PublicData)) ? new() { ["allOf"] = new JsonArray(Reference($"#/components/schemas/{type.Name}")) }
        : type.IsGenericType ? new() { ["type"] = "array", ["items"] = SchemaOf(type.GetGenericArguments()[0]) }
        : throw new InvalidOperationException($"{type.Name} has no schema.");

    private static JsonObject Each(Func<PublicEventType, JsonNode> make)
    {
        var each = new JsonObject();
        foreach (var type in PublicEventTypes.All)
        {
            each[NameOf(type)] = make(type);
        }

        return each;
    }

    // nl.samenhang.plannen.opgesteld.v1 is plannenOpgesteldV1 inside the document: points are not allowed in names there.
    private static string NameOf(PublicEventType type) =>
        string.Concat(type.Name.Split('.').Skip(2).Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    private static IReadOnlyList<Audience> SeenBy(MemberInfo member) => member.GetCustomAttribute<SeenByAttribute>()?.Audiences ?? [];

    private static JsonArray Names(IReadOnlyList<Audience> audiences) => new([.. audiences.Select(audience => (JsonNode)PublicJson.NameOf(audience.ToString()))]);

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
