using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Samenhang.Leaks.Tests.Planted;

/// <summary>Words, days and numbers that stand in one place each, with who may read them there.</summary>
internal sealed partial class Secrets
{
    private const int FirstNumber = 70_001;

    private static readonly DateOnly FirstDay = new(2001, 1, 13);

    // In the sentences of a plan, in both languages.
    private static readonly Dictionary<string, int> Months = Enumerable.Range(1, 12)
        .SelectMany(month => new[] { "nl-NL", "en-GB" }.Select(language => (Name: CultureInfo.GetCultureInfo(language).DateTimeFormat.GetMonthName(month), month)))
        .DistinctBy(named => named.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(named => named.Name, named => named.month, StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, (string What, Func<Reader, bool> MayRead)> planted = new(StringComparer.Ordinal);
    private int count;
    private int numbers;
    private int days;

    /// <summary>How many were planted.</summary>
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

    /// <summary>A new number for one place, such as no other place has.</summary>
    /// <inheritdoc cref="Plant"/>
    public string PlantNumber(string what, Func<Reader, bool> mayRead)
    {
        var number = (FirstNumber + numbers++).ToString(CultureInfo.InvariantCulture);
        planted[number] = (what, mayRead);
        return number;
    }

    /// <summary>A new day for one place, such as no other place has.</summary>
    /// <inheritdoc cref="Plant"/>
    public DateOnly PlantDay(string what, Func<Reader, bool> mayRead)
    {
        DateOnly day;
        do
        {
            day = FirstDay.AddDays(11 * days++);
        }
        while (day.Day == 1); // Laws begin on such days.
        planted[Text(day)] = (what, mayRead);
        return day;
    }

    /// <summary>The places of what this reader may not know; null reader = nobody may.</summary>
    public IEnumerable<string> LeakedTo(Reader? reader, IEnumerable<string> words) =>
        words.Where(word => !planted.TryGetValue(word, out var secret) || reader is null || !secret.MayRead(reader))
            .Select(word => planted.TryGetValue(word, out var secret) ? secret.What : word);

    /// <summary>Where a word was planted; null = it was not.</summary>
    public string? PlaceOf(string word) => planted.TryGetValue(word, out var secret) ? secret.What : null;

    /// <summary>The planted words in a text, days and numbers not among them.</summary>
    public static IEnumerable<string> Words(string text) => PlantedWord().Matches(text).Select(found => found.Value);

    /// <summary>The planted days and numbers in a text.</summary>
    public IEnumerable<string> DaysAndNumbers(string text) =>
        DayOrNumber().Matches(text).Select(found => found.Value)
            .Concat(DayInWords().Matches(text).Where(found => Months.ContainsKey(found.Groups[2].Value))
                .Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.Groups[3].Value}-{Months[found.Groups[2].Value]:D2}-{int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture):D2}")))
            .Where(planted.ContainsKey);

    /// <summary>A day as it is planted.</summary>
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex("zqgeheim[0-9]{5}zq")]
    private static partial Regex PlantedWord();

    [GeneratedRegex(@"\b(?:7[0-9]{4}|20[0-9]{2}-[0-9]{2}-[0-9]{2})\b")]
    private static partial Regex DayOrNumber();

    [GeneratedRegex(@"\b([0-9]{1,2}) (\p{L}+) (20[0-9]{2})\b")]
    private static partial Regex DayInWords();
}
