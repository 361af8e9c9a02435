using System.Text;

namespace Samenhang.WholeSystem.Tests.Leaks;

/// <summary>Looks for a word in bytes, in each way in which a program may have written it.</summary>
internal sealed class MarkerSearch
{
    private readonly IReadOnlyList<(string Way, byte[] Bytes)> ways;

    /// <summary>A word in UTF-8, in both kinds of UTF-16, and in base64 wherever in a longer text it stands.</summary>
    public MarkerSearch(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        ways =
        [
            ("UTF-8", utf8),
            ("UTF-8, capitals", Encoding.UTF8.GetBytes(word.ToUpperInvariant())),
            ("UTF-16", Encoding.Unicode.GetBytes(word)),
            ("UTF-16, high byte first", Encoding.BigEndianUnicode.GetBytes(word)),
            .. Enumerable.Range(0, 3).Select(before => ($"base64, {before} bytes in", Encoding.ASCII.GetBytes(InBase64(utf8, before)))),
        ];
    }

    /// <summary>The way in which the word stands in the bytes; null when it does not.</summary>
    public string? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (var (way, wanted) in ways)
        {
            if (bytes.IndexOf(wanted) >= 0)
            {
                return way;
            }
        }

        return null;
    }

    /// <summary>The characters that stand fast whatever comes before and after.</summary>
    private static string InBase64(byte[] word, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. word]);
        var first = before == 0 ? 0 : before + 1;
        var whole = (before + word.Length) * 8 / 6;
        return text[first..whole];
    }
}
