using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Samenhang.Language;

/// <summary>Words in a text that an employer may not read.</summary>
/// <param name="Words">The words, folded as they were compared; empty for a number or a day, which is not said again.</param>
/// <param name="About">What they tell of.</param>
public sealed record ScreenHit(string Words, Sentence About)
{
    /// <summary>The words in quotes, or what they are where they are not said again.</summary>
    public Sentence Named => Words.Length > 0 ? new($"'{Words}'", $"'{Words}'") : About;
}

/// <summary>
/// Reads a text that goes to an employer for what an employer may not know (employer-words.json; AP, Beleidsregels "De zieke werknemer"). Pure.
/// It stops too much rather than too little: who wrote the text can say it otherwise, and a word that was read cannot be taken back.
/// </summary>
public sealed partial class EmployerScreen
{
    private static readonly Sentence CitizenNumber = new("een burgerservicenummer", "a citizen service number");
    private static readonly Sentence BirthDate = new("een geboortedatum", "a date of birth");
    private static readonly Sentence StrangeLetters = new("letters die geen gewone letters zijn", "letters that are no common letters");

    private const int FullWidth = '\uff41' - 'a';

    // Each marked letter of the Latin alphabet with what it is without its mark. A table, because a host without ICU cannot take letters apart.
    private static readonly (string Plain, string Marked)[] Letters =
    [
        ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"),
        ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşšſ"), ("t", "ţťŧ"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
        ("ae", "æ"), ("oe", "œ"), ("ij", "ĳ"), ("ss", "ß"), ("th", "þ"), ("ff", "\ufb00"), ("fi", "\ufb01"), ("fl", "\ufb02"),
        .. Enumerable.Range('a', 26).Select(letter => (((char)letter).ToString(), ((char)(letter + FullWidth)).ToString())),
    ];

    private static readonly FrozenDictionary<char, string> Folded =
        Letters.SelectMany(row => row.Marked.Select(marked => KeyValuePair.Create(marked, row.Plain))).ToFrozenDictionary();

    private static readonly FrozenDictionary<char, char> LooksLike =
        new Dictionary<char, char> { ['0'] = 'o', ['1'] = 'i', ['3'] = 'e', ['4'] = 'a', ['5'] = 's', ['7'] = 't' }.ToFrozenDictionary();

    private readonly DateOnly bornBefore;
    private readonly IReadOnlyList<string> allowed;
    private readonly IReadOnlyList<Group> groups;
    private readonly SearchValues<string> anywhere;

    private EmployerScreen(DateOnly bornBefore, IReadOnlyList<string> allowed, IReadOnlyList<Group> groups)
    {
        (this.bornBefore, this.allowed, this.groups) = (bornBefore, allowed, groups);
        anywhere = SearchValues.Create([.. groups.SelectMany(group => group.Within)], StringComparison.Ordinal);
    }

    /// <summary>Reads the list of terms.</summary>
    /// <param name="list">The root of employer-words.json.</param>
    /// <param name="faults">Gets a line for each fault.</param>
    public static EmployerScreen Read(JsonElement list, IList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        IReadOnlyList<string> Terms(JsonElement of, string name)
        {
            var terms = of.GetProperty(name).EnumerateArray().Select(term => term.GetString()!).ToList();
            foreach (var term in terms.Where(term => term.Length < 2 || Fold(term, ' ') != term))
            {
                faults.Add($"employer-words.json: {name}: '{term}' is not written as it is compared: small letters, no accents, no hyphens");
            }

            return terms;
        }

        var groups = list.GetProperty("groups").EnumerateArray().Select(group => new Group(
            new Sentence(group.GetProperty("labelNl").GetString()!, group.GetProperty("labelEn").GetString()!),
            Terms(group, "within"),
            Terms(group, "begin").ToFrozenSet(StringComparer.Ordinal),
            Terms(group, "end").ToFrozenSet(StringComparer.Ordinal),
            Terms(group, "words").ToFrozenSet(StringComparer.Ordinal))).ToList();
        return new EmployerScreen(DateOnly.ParseExact(list.GetProperty("bornBefore").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), Terms(list, "allowed"), groups);
    }

    /// <summary>What stands in a text that an employer may not read, each once; empty = it may go on.</summary>
    public IReadOnlyList<ScreenHit> Hits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hits = new List<ScreenHit>();
        var plain = string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));
        if (Digits().Matches(plain).Any(found => Bsn.TryParse(found.Value, out _)))
        {
            hits.Add(new("", CitizenNumber));
        }

        if (Days(plain).Any(day => day < bornBefore))
        {
            hits.Add(new("", BirthDate));
        }

        // Once with the parts of a hyphenated word together and once apart: "burn-out" is one term, "ggz-plek" holds one.
        foreach (var folded in new[] { Fold(text, null), Fold(text, ' ') }.Distinct())
        {
            if (folded.Any(c => c > '\u007f'))
            {
                hits.Add(new("", StrangeLetters));
            }

            Search($" {WithoutAllowed(Spelled().Replace(folded, found => found.Value.Replace(" ", "", StringComparison.Ordinal)))} ", hits);
        }

        return [.. hits.Distinct()];
    }

    private void Search(string folded, List<ScreenHit> hits)
    {
        // Most texts hold nothing of the longest list, and one search says so.
        var holdsSome = folded.AsSpan().ContainsAny(anywhere) || folded.Any(LooksLike.ContainsKey);
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var group in groups)
        {
            foreach (var word in words)
            {
                if (group.Holds(word, holdsSome) || (word.Any(char.IsAsciiLetter) && word.Any(LooksLike.ContainsKey) && group.Holds(string.Concat(word.Select(c => LooksLike.GetValueOrDefault(c, c))), true)))
                {
                    hits.Add(new(word, group.About));
                }
            }

            foreach (var phrase in group.Phrases.Where(phrase => folded.Contains(phrase, StringComparison.Ordinal)))
            {
                hits.Add(new(phrase.Trim(), group.About));
            }
        }
    }

    private string WithoutAllowed(string folded)
    {
        var rest = $" {folded} ";
        foreach (var term in allowed)
        {
            rest = rest.Replace($" {term} ", " . ", StringComparison.Ordinal);
        }

        return rest.Trim();
    }

    /// <summary>Small letters and digits, one space between words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hyphen">What a hyphen becomes; null = nothing.</param>
    private static string Fold(string text, char? hyphen)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.UppercaseLetter:
                    folded.Append(Folded.TryGetValue(c, out var plain) ? plain : c.ToString());
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    folded.Append((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)));
                    break;
                case UnicodeCategory.DashPunctuation:
                    if (hyphen is { } between)
                    {
                        folded.Append(between);
                    }

                    break;
                default:
                    if (c is not ('\'' or '\u2019'))
                    {
                        folded.Append(' ');
                    }

                    break;
            }
        }

        return Spaces().Replace(folded.ToString(), " ").Trim();
    }

    private static IEnumerable<DateOnly> Days(string text)
    {
        foreach (Match found in DayMonthYear().Matches(text))
        {
            if (int.TryParse(found.Groups["d"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && MonthOf(found.Groups["m"].Value) is { } month
                && int.TryParse(found.Groups["y"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            {
                // Of two digits: a year that did not come yet in this century was in the last.
                year = year >= 100 ? year : year > 40 ? 1900 + year : 2000 + year;
                if (month is >= 1 and <= 12 && year is >= 1900 and <= 2100 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
                {
                    yield return new DateOnly(year, month, day);
                }
            }
        }

        foreach (Match found in YearMonthDay().Matches(text))
        {
            if (DateOnly.TryParseExact(found.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                yield return day;
            }
        }
    }

    private static int? MonthOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Array.FindIndex(Months, month => text.StartsWith(month, StringComparison.OrdinalIgnoreCase)) is var index and >= 0 ? index + 1
        : text.StartsWith("maart", StringComparison.OrdinalIgnoreCase) ? 3
        : null;

    private static readonly string[] Months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

    [GeneratedRegex(@"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<!\d)(?<d>\d{1,2})(?<s>[-/. ])\s?(?<m>\d{1,2}|(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*)\.?\k<s>\s?(?<y>\d{4}|\d{2})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(@"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex YearMonthDay();

    // Four or more letters that stand apart are one word that was spelled out.
    [GeneratedRegex(@"(?<![a-z0-9])[a-z](?: [a-z]){3,}(?![a-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    /// <summary>Terms that tell of the same.</summary>
    private sealed class Group
    {
        private readonly FrozenSet<string> begin;
        private readonly FrozenSet<string> end;
        private readonly FrozenSet<string> words;
        private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> begins;
        private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ends;

        public Group(Sentence about, IReadOnlyList<string> within, FrozenSet<string> begin, FrozenSet<string> end, FrozenSet<string> words)
        {
            About = about;
            Within = [.. within.Where(term => !term.Contains(' ', StringComparison.Ordinal))];
            Phrases = [.. within.Where(term => term.Contains(' ', StringComparison.Ordinal)), .. words.Where(term => term.Contains(' ', StringComparison.Ordinal)).Select(term => $" {term} ")];
            (this.begin, this.end, this.words) = (begin, end, words);
            (begins, ends) = (begin.GetAlternateLookup<ReadOnlySpan<char>>(), end.GetAlternateLookup<ReadOnlySpan<char>>());
        }

        public Sentence About { get; }

        public IReadOnlyList<string> Within { get; }

        public IReadOnlyList<string> Phrases { get; }

        public bool Holds(string word, bool mayHoldWithin)
        {
            if (words.Contains(word) || (mayHoldWithin && Within.Any(term => word.Contains(term, StringComparison.Ordinal))))
            {
                return true;
            }

            for (var length = 2; length <= word.Length; length++)
            {
                if ((begin.Count > 0 && begins.Contains(word.AsSpan(0, length))) || (end.Count > 0 && length < word.Length && ends.Contains(word.AsSpan(word.Length - length))))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
