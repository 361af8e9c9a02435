using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Samenhang.Fuzz.Tests.Bus;

/// <summary>
/// Changes a message of the bus: other values of the same kind, which are read and go to the rules; its JSON (values left out, null, of another kind,
/// huge, odd, nested deep, doubled); or its bytes.
/// </summary>
/// <param name="words">Texts of other messages: ids and codes that mean something.</param>
/// <param name="random">What decides.</param>
internal sealed class EnvelopeMutator(IReadOnlyList<string> words, Random random)
{
    private const int DeepestNesting = 2_000;

    private static readonly JsonSerializerOptions AsItIs = new() { MaxDepth = 2 * DeepestNesting };

    /// <summary>A changed copy of a message.</summary>
    public byte[] Mutate(byte[] message)
    {
        if (random.Next(8) == 0)
        {
            return Broken(message);
        }

        var root = JsonNode.Parse(message)!;
        var readable = random.Next(2) == 0;
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            if (readable)
            {
                Exchange(root);
            }
            else
            {
                Once(root);
            }
        }

        var text = Encoding.UTF8.GetBytes(root.ToJsonString(AsItIs));
        return random.Next(20) == 0 ? Broken(text) : text;
    }

    private byte[] Broken(byte[] message)
    {
        var copy = message.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return copy[..random.Next(copy.Length)];
            case 1:
                return [.. copy[..(copy.Length / 2)], .. OddText.Bytes(random), .. copy[(copy.Length / 2)..]];
            case 2:
                random.NextBytes(copy.AsSpan(random.Next(copy.Length)));
                return copy;
            default:
                copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                return copy;
        }
    }

    private void Once(JsonNode root)
    {
        var place = Somewhere(root);
        switch (place)
        {
            case JsonObject { Count: > 0 } found:
                var (name, value) = found.ElementAt(random.Next(found.Count));
                switch (random.Next(10))
                {
                    case 0:
                        found.Remove(name);
                        break;
                    case 1:
                        found[name] = null;
                        break;
                    case 2:
                        found[OddText.Any(random)] = Something();
                        break;
                    case 3:
                        found.Remove(name);
                        found[name.ToUpperInvariant()] = value;
                        break;
                    case 4:
                        found[name] = new JsonArray(value?.DeepClone());
                        break;
                    case 5:
                        found[name] = Elsewhere(root);
                        break;
                    default:
                        found[name] = Like(value);
                        break;
                }

                break;
            case JsonArray { Count: > 0 } list:
                var index = random.Next(list.Count);
                switch (random.Next(5))
                {
                    case 0:
                        list.RemoveAt(index);
                        break;
                    case 1:
                        list.Add(list[index]?.DeepClone());
                        break;
                    case 2:
                        list.Insert(index, null);
                        break;
                    case 3:
                        list[index] = Elsewhere(root);
                        break;
                    default:
                        list[index] = Like(list[index]);
                        break;
                }

                break;
            case JsonArray list:
                list.Add(Something());
                break;
        }
    }

    /// <summary>Puts another value of the same kind in the place of one, or takes an item out of a list, or doubles it.</summary>
    private void Exchange(JsonNode root)
    {
        switch (Somewhere(root))
        {
            case JsonObject { Count: > 0 } found:
                var (name, value) = found.ElementAt(random.Next(found.Count));
                if (value is JsonValue)
                {
                    found[name] = Other(value);
                }

                break;
            case JsonArray { Count: > 0 } list:
                var index = random.Next(list.Count);
                if (list[index] is JsonValue item)
                {
                    list[index] = Other(item);
                }
                else if (random.Next(2) == 0)
                {
                    list.RemoveAt(index);
                }
                else
                {
                    list.Add(list[index]?.DeepClone());
                }

                break;
        }
    }

    private JsonNode? Other(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String when DateOnly.TryParse(value.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture, out var day)
            => random.Next(6) == 0 ? "0001-01-01" : random.Next(6) == 0 ? "9999-12-31" : DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + random.Next(-3_000, 3_000), 0, DateOnly.MaxValue.DayNumber)).ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.String => random.Next(8) == 0 ? OddText.Any(random) : words[random.Next(words.Count)],
        JsonValueKind.Number => random.Next(5) switch { 0 => 0, 1 => -1, 2 => int.MaxValue, _ => random.Next(200) },
        JsonValueKind.True or JsonValueKind.False => value.GetValueKind() == JsonValueKind.False,
        _ => value.DeepClone(),
    };

    /// <summary>A value of the same kind most of the time: it comes further.</summary>
    private JsonNode? Like(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String when random.Next(4) > 0 => random.Next(2) == 0 ? OddText.Any(random) : value.GetValue<string>() + "x",
        JsonValueKind.Number when random.Next(4) > 0 => JsonNode.Parse(random.Next(6) switch { 0 => "-1", 1 => "0", 2 => "2147483648", 3 => "1e400", 4 => "0.1", _ => "99999999999999999999999" }),
        JsonValueKind.True or JsonValueKind.False => random.Next(2) == 0 ? JsonValue.Create(value.GetValueKind() == JsonValueKind.False) : Something(),
        _ => Something(),
    };

    private JsonNode? Something() => random.Next(9) switch
    {
        0 => null,
        1 => random.Next(),
        2 => -random.Next(),
        3 => true,
        4 => new JsonObject(),
        5 => new JsonArray(),
        6 => Nested(random.Next(2, random.Next(3) == 0 ? DeepestNesting : 70)),
        7 => new JsonObject { ["kind"] = OddText.Any(random) },
        _ => OddText.Any(random),
    };

    private static JsonNode Nested(int levels)
    {
        JsonNode inner = new JsonArray();
        for (var level = 0; level < levels; level++)
        {
            inner = new JsonArray(inner);
        }

        return inner;
    }

    /// <summary>A copy of another part of the message.</summary>
    private JsonNode Elsewhere(JsonNode root) => Somewhere(root).DeepClone();

    private JsonNode Somewhere(JsonNode root)
    {
        // The message itself is what matters; what MassTransit puts around it is changed now and then.
        var place = random.Next(6) > 0 && root is JsonObject envelope && envelope["message"] is { } message ? message : root;
        while (random.Next(4) > 0)
        {
            List<JsonNode> parts = place switch
            {
                JsonObject found => [.. found.Select(member => member.Value).OfType<JsonNode>().Where(part => part is not JsonValue)],
                JsonArray list => [.. list.OfType<JsonNode>().Where(part => part is not JsonValue)],
                _ => [],
            };
            if (parts.Count == 0)
            {
                break;
            }

            place = parts[random.Next(parts.Count)];
        }

        return place;
    }
}
