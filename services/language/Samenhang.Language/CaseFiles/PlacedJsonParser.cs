using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Samenhang.Language.CaseFiles;

/// <summary>Reads text into <see cref="PlacedJson"/>. Stops at the first place that is no JSON; reports every key that stands twice.</summary>
internal ref struct PlacedJsonParser
{
    private readonly ReadOnlySpan<byte> source;
    private readonly CaseFileOptions options;
    private readonly FaultLog faults;
    private Utf8JsonReader reader;
    private int values;

    private PlacedJsonParser(ReadOnlySpan<byte> source, CaseFileOptions options, FaultLog faults)
    {
        this.source = source;
        this.options = options;
        this.faults = faults;
        reader = new(source, new JsonReaderOptions { MaxDepth = options.MaxDepth });
    }

    /// <summary>The value, or null when the text is no JSON or passes a limit; then the reason is reported.</summary>
    public static PlacedJson? Parse(ReadOnlySpan<byte> source, CaseFileOptions options, FaultLog faults)
    {
        var invalid = FirstInvalidUtf8(source);
        if (invalid >= 0)
        {
            faults.Add(invalid, new("Dit is geen tekst in UTF-8.", "This is no text in UTF-8."));
            return null;
        }

        var parser = new PlacedJsonParser(source, options, faults);
        try
        {
            parser.reader.Read();
            var root = parser.ReadValue();
            parser.reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            faults.Add(OffsetOf(source, e), new($"Dit is geen JSON: {Reason(e)}", $"This is no JSON: {Reason(e)}"));
            return null;
        }
        catch (TooLargeException e)
        {
            faults.Add(e.Offset, e.Text);
            return null;
        }
    }

    private PlacedJson ReadValue()
    {
        var offset = (int)reader.TokenStartIndex;
        if (++values > options.MaxValues)
        {
            throw new TooLargeException(offset, new(
                $"Het bestand heeft meer dan {options.MaxValues} waarden.", $"The file holds more than {options.MaxValues} values."));
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new() { Kind = JsonValueKind.Object, Offset = offset, Members = ReadMembers() };
            case JsonTokenType.StartArray:
                return new() { Kind = JsonValueKind.Array, Offset = offset, Items = ReadItems() };
            case JsonTokenType.String:
                return new() { Kind = JsonValueKind.String, Offset = offset, Text = ReadText(offset) };
            case JsonTokenType.Number:
                return new() { Kind = JsonValueKind.Number, Offset = offset, Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new() { Kind = JsonValueKind.True, Offset = offset };
            case JsonTokenType.False:
                return new() { Kind = JsonValueKind.False, Offset = offset };
            default:
                return new() { Kind = JsonValueKind.Null, Offset = offset };
        }
    }

    private List<PlacedMember> ReadMembers()
    {
        var members = new List<PlacedMember>();
        HashSet<string>? names = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var offset = (int)reader.TokenStartIndex;
            var name = ReadText(offset);
            faults.Enter(name);
            reader.Read();
            var value = ReadValue();
            // Most objects are small; only a large one pays for a set.
            var twice = members.Count < 16 ? members.Exists(m => m.Name == name) : !(names ??= [.. members.Select(m => m.Name)]).Add(name);
            if (twice)
            {
                faults.Add(offset, new($"De sleutel '{CaseTexts.Short(name)}' staat hier twee keer.", $"The key '{CaseTexts.Short(name)}' stands here twice."));
            }
            else
            {
                members.Add(new(name, offset, value));
            }

            faults.Leave();
        }

        return members;
    }

    private List<PlacedJson> ReadItems()
    {
        var items = new List<PlacedJson>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            faults.Enter(items.Count);
            items.Add(ReadValue());
            faults.Leave();
        }

        return items;
    }

    private readonly string ReadText(int offset)
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: JSON by its grammar, but no text.
            faults.Add(offset, new("Deze tekst bevat een half teken (\\uD800–\\uDFFF).", "This text holds half a character (\\uD800–\\uDFFF)."));
            return "";
        }

        if (CitizenNumberIn(text) is { } masked)
        {
            faults.Add(offset, new(
                $"Hier staat iets dat een echt burgerservicenummer kan zijn ({masked}). Een casusbestand bevat geen BSN; gebruik zo nodig een testnummer dat met 9999 begint.",
                $"Here stands what may be a real citizen service number ({masked}). A case file holds no BSN; if one is needed, use a test number that begins with 9999."));
        }

        return text;
    }

    /// <summary>The masked form of the first run of exactly nine digits that passes the 11-proef and is no test number; else null.</summary>
    private static string? CitizenNumberIn(string text)
    {
        var run = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                run++;
                continue;
            }

            if (run == 9 && Bsn.TryParse(text[(i - 9)..i], out var bsn) && !bsn.IsTestNumber)
            {
                return bsn.ToString();
            }

            run = 0;
        }

        return null;
    }

    private static int FirstInvalidUtf8(ReadOnlySpan<byte> source)
    {
        if (Utf8.IsValid(source))
        {
            return -1;
        }

        var offset = 0;
        while (Rune.DecodeFromUtf8(source[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    private static int OffsetOf(ReadOnlySpan<byte> source, JsonException e)
    {
        var offset = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--)
        {
            offset += source[offset..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(offset + (e.BytePositionInLine ?? 0), source.Length);
    }

    /// <summary>The reader's own words, without the place that it appends.</summary>
    private static string Reason(JsonException e)
    {
        var at = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return CaseTexts.Short(at < 0 ? e.Message : e.Message[..at], 200);
    }

    /// <summary>Ends the parse at a limit; it never leaves this file.</summary>
    private sealed class TooLargeException(int offset, Sentence text) : Exception
    {
        public int Offset { get; } = offset;

        public Sentence Text { get; } = text;
    }
}
