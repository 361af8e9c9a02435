using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using Samenhang.Platform.Bus;

namespace Samenhang.Host.Commands.DeadLetters;

/// <summary>A message that a service could not handle, as its headers tell of it.</summary>
internal sealed class DeadLetter
{
    private const int LongestReason = 300;

    // What MassTransit and the broker write on a message that ends here; on its way back it is as it was sent.
    private static readonly string[] MarksOfDeath = ["MT-Fault-", "MT-Reason", "MT-Host-", "x-death", "x-first-death-", "x-last-death-", "x-delivery-count"];

    private readonly IReadOnlyBasicProperties properties;

    private DeadLetter(string service, string queue, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        Service = service;
        Queue = queue;
        this.properties = properties;
        Body = body;
    }

    /// <summary>The service that could not handle it.</summary>
    public string Service { get; }

    /// <summary>The queue in which it lies.</summary>
    public string Queue { get; }

    /// <summary>The payload. Personal data: only <c>show</c> prints it.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The id of the message; of one without an id, a name made of its payload.</summary>
    public string Id => properties.MessageId is { Length: > 0 } id ? id : "body-" + Convert.ToHexStringLower(SHA256.HashData(Body.Span))[..16];

    /// <summary>The first type that it says it is; null when it does not say so.</summary>
    public string? Type => TypeInEnvelope() ?? Header("MT-Fault-MessageType")?.Split(':')[^1];

    /// <summary>When it failed for good; null when nothing tells.</summary>
    public DateTimeOffset? FailedOn
        => DateTimeOffset.TryParse(Header("MT-Fault-Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var fault) ? fault
            : Death("time") is AmqpTimestamp death ? DateTimeOffset.FromUnixTimeSeconds(death.UnixTime)
            : null;

    /// <summary>How often it was tried.</summary>
    public int Tries => IsGivenUp ? ServiceQueues.DeliveryLimit + 1
        : int.TryParse(Header("MT-Fault-RetryCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var retries) ? retries + 1
        : 1;

    /// <summary>Why it lies here, on one line; never its payload.</summary>
    public string ReasonIn(Voice voice)
    {
        if (Header("MT-Fault-ExceptionType") is { } type)
        {
            var line = BsnMask.Over($"{type.Split('.')[^1]}: {Header("MT-Fault-Message")}").ReplaceLineEndings(" ");
            return line.Length <= LongestReason ? line : line[..LongestReason] + "…";
        }

        return IsGivenUp ? voice.Say("deadLetters.givenUp", Tries) : Header("MT-Reason") == "dead-letter" ? voice["deadLetters.unheard"] : voice["deadLetters.noReason"];
    }

    /// <summary>What stands on it, for who looks at one message; BSNs are hidden.</summary>
    public IEnumerable<(string Name, string Value)> Headers()
        => from header in properties.Headers ?? new Dictionary<string, object?>()
           orderby header.Key
           where header.Key is not "x-death"
           select (header.Key, BsnMask.Over(Text(header.Value)));

    /// <summary>The payload with BSNs hidden; JSON with indents.</summary>
    public string ReadableBody()
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return BsnMask.Over(JsonSerializer.Serialize(json.RootElement, Readable));
        }
        catch (JsonException)
        {
            return BsnMask.Over(Encoding.UTF8.GetString(Body.Span)); // That may be why it lies here.
        }
    }

    /// <summary>What goes on it when it is put back: all that its sender wrote, with the same message id.</summary>
    public BasicProperties ForAnotherTry()
    {
        var copy = new BasicProperties(properties) { Persistent = true };
        copy.Headers = properties.Headers?
            .Where(header => !MarksOfDeath.Any(mark => header.Key.StartsWith(mark, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(header => header.Key, header => header.Value);
        return copy;
    }

    /// <summary>The dead letter that was taken from a queue. The client reuses its buffer, so the payload is copied.</summary>
    public static DeadLetter Of(string service, string queue, BasicGetResult taken) => new(service, queue, taken.BasicProperties, taken.Body.ToArray());

    private static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool IsGivenUp => Header("MT-Fault-ExceptionType") is null && Death("reason") is byte[] reason && Encoding.UTF8.GetString(reason) == "delivery_limit";

    private object? Death(string name)
        => Raw("x-death") is IList<object?> { Count: > 0 } deaths && deaths[0] is IDictionary<string, object?> last
            ? last.TryGetValue(name, out var value) ? value : null
            : null;

    private string? Header(string name) => Raw(name) is { } value ? Text(value) : null;

    private object? Raw(string name) => properties.Headers is { } headers && headers.TryGetValue(name, out var value) ? value : null;

    private string? TypeInEnvelope()
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("messageType", out var types) && types.ValueKind == JsonValueKind.Array && types.GetArrayLength() > 0
                && types[0].ValueKind == JsonValueKind.String
                ? BsnMask.Over(types[0].GetString()!.Split(':')[^1])
                : null;
        }
        catch (JsonException)
        {
            return null; // No JSON: it has no type that anybody could read.
        }
    }

    private static string Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
