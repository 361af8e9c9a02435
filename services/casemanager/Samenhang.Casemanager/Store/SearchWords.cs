using System.Globalization;
using System.Text;

namespace Samenhang.Casemanager.Store;

/// <summary>Words as they are searched: small letters, without accents, letters and digits only.</summary>
public static class SearchWords
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinooooouuuuyy";
    private const int MostWords = 12;

    /// <summary>A text in small letters without accents.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, (folded, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                var letter = char.ToLowerInvariant(from[i]);
                var place = Accented.IndexOf(letter, StringComparison.Ordinal);
                folded[i] = place < 0 ? letter : Plain[place];
            }
        });
    }

    /// <summary>The different words of a text, a dozen at most.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in Fold(text) + " ")
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return [.. words.Distinct(StringComparer.Ordinal).Take(MostWords)];
    }

    /// <summary>A moment as it is kept: its order is that of the text.</summary>
    internal static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
