using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Samenhang.Events;

/// <summary>JSON of others: a name that stands twice is refused (two answers to one question), as is a name with half a surrogate pair.</summary>
internal static class StrictJson
{
    public static bool TryParse(ReadOnlyMemory<byte> json, int depth, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? reason) =>
        TryParse(() => JsonDocument.Parse(json, Options(depth)), out document, out reason);

    public static bool TryParse(string json, int depth, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? reason) =>
        TryParse(() => JsonDocument.Parse(json, Options(depth)), out document, out reason);

    private static JsonDocumentOptions Options(int depth) => new() { MaxDepth = depth, AllowDuplicateProperties = false };

    private static bool TryParse(Func<JsonDocument> parse, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? reason)
    {
        (document, reason) = (null, null);
        try
        {
            document = parse();
            return true;
        }
        catch (JsonException fault)
        {
            // The message of the parser may repeat what it read; the place is enough.
            reason = $"({(fault.LineNumber ?? 0) + 1}:{(fault.BytePositionInLine ?? 0) + 1})";
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // Looking for names that stand twice unescapes them, and half a surrogate pair has no text; so has a string of .NET with one.
            reason = "(UTF-16)";
        }

        return false;
    }
}
