using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Samenhang.Leaks.Tests.Planted;

/// <summary>Words that stand in one place each, with who may read them there.</summary>
internal sealed partial class Secrets
{
    private readonly ConcurrentDictionary<string, (string What, Func<Reader, bool> MayRead)> planted = new(StringComparer.Ordinal);
    private int count;

    /// <summary>How many words were planted.</summary>
    public int Count => planted.Count;

    /// <summary>A new word for one place.</summary>
    /// <param name="what">The place.</param>
    /// <param name="mayRead">Who may read it.</param>
    public string Plant(string what, Func<Reader, bool> mayRead)
    {
        var word = string.Create(CultureInfo.InvariantCulture, $"zqgeheim{Interlocked.Increment(ref count):D5}zq");
        planted[word] = (what, mayRead);
        return word;
    }

    /// <summary>The places whose words stand in a text and that this reader may not know; null reader = nobody may.</summary>
    public IEnumerable<string> LeakedTo(Reader? reader, string text) =>
        Words().Matches(text).Select(found => found.Value).Distinct(StringComparer.Ordinal)
            .Where(word => !planted.TryGetValue(word, out var secret) || reader is null || !secret.MayRead(reader))
            .Select(word => planted.TryGetValue(word, out var secret) ? secret.What : word);

    /// <summary>How many planted words stand in a text.</summary>
    public static int In(string text) => Words().Count(text);

    [GeneratedRegex("zqgeheim[0-9]{5}zq")]
    private static partial Regex Words();
}
