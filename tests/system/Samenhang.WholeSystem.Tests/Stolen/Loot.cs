using System.Text;
using System.Text.RegularExpressions;
using Samenhang.WholeSystem.Tests.Leaks;

namespace Samenhang.WholeSystem.Tests.Stolen;

/// <summary>What a thief has: bytes, and time to turn encodings back.</summary>
internal sealed partial class Loot
{
    private readonly List<(string Where, byte[] Bytes)> pieces = [];

    /// <summary>Adds a piece, and what comes out where it holds runs of hexadecimal digits or base64.</summary>
    public Loot Add(string where, byte[] bytes)
    {
        pieces.Add((where, bytes));
        var text = Encoding.Latin1.GetString(bytes);
        using var digits = new MemoryStream();
        foreach (Match run in HexRuns().Matches(text))
        {
            digits.Write(Convert.FromHexString(run.Value.AsSpan(0, run.Length / 2 * 2)));
            digits.WriteByte(0);
        }

        pieces.Add(($"{where}, hexadecimal digits", digits.ToArray()));
        using var letters = new MemoryStream();
        foreach (Match run in Base64Runs().Matches(text))
        {
            letters.Write(Convert.FromBase64String(run.Value[..(run.Length / 4 * 4)].TrimEnd('=').PadRight(run.Length / 4 * 4, 'A')));
            letters.WriteByte(0);
        }

        pieces.Add(($"{where}, base64", letters.ToArray()));
        return this;
    }

    /// <summary>How many bytes there are.</summary>
    public long Size => pieces.Sum(piece => (long)piece.Bytes.Length);

    /// <summary>Where a word stands, in whichever way; empty when nowhere.</summary>
    public IReadOnlyList<string> Find(string word)
    {
        var forms = new[] { word, word.ToLowerInvariant(), Reversed(word), Uri.EscapeDataString(word), Escaped(word) }.Distinct(StringComparer.Ordinal).Select(form => new MarkerSearch(form)).ToList();
        return [.. from piece in pieces from form in forms let way = form.Find(piece.Bytes) where way is not null select $"{word}: {piece.Where}, {way}"];
    }

    private static string Reversed(string word) => new([.. word.Reverse()]);

    private static string Escaped(string word) => string.Concat(word.Select(letter => letter < 128 ? $"{letter}" : $"\\u{(int)letter:X4}"));

    [GeneratedRegex("(?:[0-9a-fA-F]{2}){4,}")]
    private static partial Regex HexRuns();

    [GeneratedRegex("[A-Za-z0-9+/]{8,}={0,2}")]
    private static partial Regex Base64Runs();
}
