using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Samenhang.Leaks.Tests.Planted;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Types;

namespace Samenhang.Leaks.Tests.Calls;

/// <summary>What of an answer matters afterwards: which planted words, codes, days and numbers stood in it. The answer itself is not kept; all of them together are gigabytes.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="IsAnswered">Whether a message came.</param>
/// <param name="Why">Of a refusal, what it said.</param>
/// <param name="Words">The planted words, days and numbers, each once.</param>
/// <param name="Codes">The codes of the lists of the vocabulary, each once, and a text in which it stood.</param>
/// <param name="TellsBsn">Whether the BSN stood in it.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Heard(StatusCode Status, bool IsAnswered, string Why, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Codes, bool TellsBsn, TimeSpan Took);

/// <summary>Listens to answers: reads every byte once for planted words, and every text once for codes.</summary>
/// <param name="secrets">What was planted.</param>
/// <param name="codes">The codes to hear.</param>
internal sealed partial class Ear(Secrets secrets, IReadOnlySet<string> codes)
{
    private const int Long = 4_000;

    // The sentences of the rulebooks stand in many answers.
    private readonly ConcurrentDictionary<string, (string[] Codes, string[] Marks)> read = new(StringComparer.Ordinal);

    /// <summary>What stood in an answer.</summary>
    public Heard Hear(Answer answer, TimeSpan took)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in answer.Messages)
        {
            Gather(message, texts);
        }

        if (answer.Status != StatusCode.OK)
        {
            texts.Add(answer.Raw);
        }

        return Read(texts, answer.Raw) with { Status = answer.Status, IsAnswered = answer.Messages.Count > 0, Why = answer.Why, Took = took };
    }

    /// <summary>What stood in a text that came by another channel.</summary>
    public Heard Hear(string text)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        Gather(text, texts);
        return Read(texts, text);
    }

    private Heard Read(HashSet<string> texts, string raw)
    {
        var (found, marks) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(Secrets.Words(raw), StringComparer.Ordinal));
        foreach (var text in texts)
        {
            var one = text.Length > Long ? Look(text) : read.GetOrAdd(text, Look);
            foreach (var code in one.Codes)
            {
                if (!found.TryAdd(code, text) && code == text)
                {
                    found[code] = text;
                }
            }

            marks.UnionWith(one.Marks);
        }

        return new(StatusCode.OK, true, "", [.. marks], found, raw.Contains(RichCase.Bsn, StringComparison.Ordinal), TimeSpan.Zero);
    }

    // A code is the text itself, or a word in it that has parts, so that it is no word of a sentence.
    private (string[] Codes, string[] Marks) Look(string text) => (
        codes.Contains(text) ? [text] : [.. Parts().Matches(text).Select(match => match.Value).Where(codes.Contains).Distinct(StringComparer.Ordinal)],
        [.. secrets.DaysAndNumbers(text)]);

    private static void Gather(IMessage message, HashSet<string> texts)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
            {
                foreach (DictionaryEntry entry in (IDictionary)value)
                {
                    Gather(entry.Key, texts);
                    Gather(entry.Value, texts);
                }
            }
            else if (field.IsRepeated)
            {
                foreach (var item in (IEnumerable)value)
                {
                    Gather(item, texts);
                }
            }
            else
            {
                Gather(value, texts);
            }
        }
    }

    private static void Gather(object? value, HashSet<string> texts)
    {
        switch (value)
        {
            case Date day:
                texts.Add(string.Create(CultureInfo.InvariantCulture, $"{day.Year:D4}-{day.Month:D2}-{day.Day:D2}"));
                break;
            case int or long or double:
                texts.Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case Party { Role.Length: > 0 } party:
                texts.Add($"party:{party.Role}");
                Gather((IMessage)party, texts);
                break;
            case IMessage part:
                Gather(part, texts);
                break;
            case string { Length: > 0 } text when text[0] == '{' && JsonOf(text) is { } json:
                Gather(json, texts);
                break;
            case string { Length: > 0 } text:
                texts.Add(text);
                break;
            case ByteString { Length: > 0 } bytes:
                Gather(bytes.ToStringUtf8(), texts);
                break;
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    texts.Add(name);
                    Gather(member, texts);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Gather(item, texts);
                }

                break;
            case JsonValue single:
                texts.Add(single.GetValueKind() == JsonValueKind.String ? single.GetValue<string>() : single.ToJsonString());
                break;
        }
    }

    // A part of a document, or a text that only looks like one, is a text.
    private static JsonNode? JsonOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)+")]
    private static partial Regex Parts();
}
