using System.Globalization;
using System.Text.RegularExpressions;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Rules.Policies;

namespace Samenhang.Api.Reading;

/// <summary>
/// Reads the fields of one request and remembers everything that is wrong with them, so that a caller gets every violation at once.
/// What a method returns for a wrong field is meaningless: ask <see cref="Result{T}"/> before using it. One reader per request.
/// </summary>
public sealed partial class RequestReader(Vocabulary vocabulary, PolicySet? policies = null)
{
    /// <summary>The longest identifier.</summary>
    public const int LongestId = 64;

    /// <summary>The longest text.</summary>
    public const int LongestText = 2000;

    /// <summary>The most items in one list.</summary>
    public const int MostItems = 1000;

    private readonly List<FieldViolation> violations = [];

    /// <summary>The names that fields can hold.</summary>
    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>The value when every field was right, else all violations.</summary>
    public Result<T> Result<T>(Func<T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return violations.Count == 0 ? Platform.Errors.Result<T>.Success(make()) : new Error.Invalid(violations);
    }

    /// <summary>Throws all violations as one failure; for reading that ends at the edge.</summary>
    /// <exception cref="RpcFailure">A field was wrong.</exception>
    public void EnsureValid()
    {
        if (violations.Count > 0)
        {
            throw new RpcFailure(new Error.Invalid(violations));
        }
    }

    /// <summary>Reports a fault.</summary>
    /// <param name="field">The path of the field.</param>
    /// <param name="nl">What is wrong, in Dutch.</param>
    /// <param name="en">The same in English.</param>
    /// <param name="rule">The rule of a law or standard that says so; null when it is only the shape.</param>
    public void Add(string field, string nl, string en, string? rule = null) => violations.Add(new FieldViolation(field, nl, en, rule));

    /// <summary>An identifier that must be there.</summary>
    public string Id(string field, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }
        else if (text.Length > LongestId || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
        {
            Add(field, $"Een id heeft ten hoogste {LongestId} letters, cijfers, streepjes, punten of dubbele punten.",
                $"An id has at most {LongestId} letters, digits, hyphens, underscores, points or colons.");
        }

        return text;
    }

    /// <summary>An identifier that may be left out; null then.</summary>
    public string? OptionalId(string field, string text) => string.IsNullOrEmpty(text) ? null : Id(field, text);

    /// <summary>
    /// A municipality, or region, that may be left out; null then. One without a file is a fault: its policy would silently not count.
    /// </summary>
    public string? Tenant(string field, string text) => OfKind("municipality", field, text);

    /// <summary>An insurer that may be left out; null then. One without a file is a fault.</summary>
    public string? Insurer(string field, string text) => OfKind("insurer", field, text);

    /// <summary>A text that may be left out; null then.</summary>
    public string? Text(string field, string text, int longest = LongestText)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text.Length > longest)
        {
            Add(field, $"Deze tekst is te lang: {text.Length} tekens, ten hoogste {longest}.", $"This text is too long: {text.Length} characters, at most {longest}.");
        }
        else if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            Add(field, "In deze tekst staan tekens die niet mogen.", "This text holds characters that are not allowed.");
        }

        return text;
    }

    /// <summary>A text that everybody on a worklist may read: it may not hold a BSN.</summary>
    public string? OpenText(string field, string text, int longest = LongestText)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = Text(field, text, longest);
        if (NineDigits().Matches(text).Any(digits => Language.Bsn.TryParse(digits.Value, out _)))
        {
            Add(field, "Hier lijkt een BSN te staan. Zet het in het veld bsn.", "This seems to hold a BSN. Put it in the field bsn.");
        }

        return read;
    }

    /// <summary>A code of a list; an unknown one gets the nearest known name as a hint.</summary>
    public string Code(string field, string text, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(known);
        if (text.Length == 0)
        {
            Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }
        else if (!known.Contains(text))
        {
            var nearest = Spelling.Nearest(Shown(text), known);
            Add(field, $"De code '{Shown(text)}' bestaat niet{(nearest is null ? "" : $"; bedoelde u '{nearest}'?")}",
                $"The code '{Shown(text)}' does not exist{(nearest is null ? "" : $"; did you mean '{nearest}'?")}");
        }

        return text;
    }

    /// <summary>A code of a list that may be left out; null then.</summary>
    public string? OptionalCode(string field, string text, IReadOnlyCollection<string> known) =>
        string.IsNullOrEmpty(text) ? null : Code(field, text, known);

    /// <summary>Codes of a list.</summary>
    public IReadOnlyList<string> Codes(string field, IReadOnlyList<string> texts, IReadOnlyCollection<string> known) =>
        Items(field, texts, (path, text) => Code(path, text, known));

    /// <summary>A day that may be left out; null then.</summary>
    public DateOnly? Day(string field, Samenhang.Protos.Types.Date? date)
    {
        if (date is null)
        {
            return null;
        }

        if (date.Year is < 1 or > 9999 || date.Month is < 1 or > 12 || date.Day < 1 || date.Day > DateTime.DaysInMonth(date.Year, date.Month))
        {
            var shown = string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}-{date.Day:00}");
            Add(field, $"De dag {shown} bestaat niet.", $"The day {shown} does not exist.");
            return null;
        }

        var day = new DateOnly(date.Year, date.Month, date.Day);
        if (!PlausibleDays.Contain(day))
        {
            var refusal = PlausibleDays.Refusal(day);
            Add(field, refusal.Nl, refusal.En);
            return null;
        }

        return day;
    }

    /// <summary>A day that must be there.</summary>
    public DateOnly RequiredDay(string field, Samenhang.Protos.Types.Date? date)
    {
        if (date is null)
        {
            Add(field, "Deze dag moet ingevuld zijn.", "This day must be filled in.");
        }

        return Day(field, date) ?? default;
    }

    /// <summary>Reports a period that ends before it begins.</summary>
    public void InOrder(string laterField, DateOnly? earlier, DateOnly? later)
    {
        if (earlier is { } first && later is { } last && last < first)
        {
            Add(laterField, $"Deze dag ligt vóór {first:yyyy-MM-dd}.", $"This day lies before {first:yyyy-MM-dd}.");
        }
    }

    /// <summary>A member of an enumeration that must be given.</summary>
    public TEnum Member<TEnum>(string field, TEnum member)
        where TEnum : struct, Enum
    {
        if (EqualityComparer<TEnum>.Default.Equals(member, default))
        {
            Add(field, "Dit veld moet ingevuld zijn.", "This field must be filled in.");
        }

        return OptionalMember(field, member);
    }

    /// <summary>A member of an enumeration that may be unspecified; a number that the list does not have is a fault.</summary>
    public TEnum OptionalMember<TEnum>(string field, TEnum member)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(member))
        {
            Add(field, $"De waarde {member:D} bestaat niet in deze lijst.", $"The value {member:D} does not exist in this list.");
        }

        return member;
    }

    /// <summary>The BSN, or null when none was given. The violation never repeats what was sent.</summary>
    public Bsn? Bsn(string field, string text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!Language.Bsn.TryParse(text, out var bsn))
        {
            Add(field, "Dit is geen geldig BSN: negen cijfers die door de 11-proef komen.", "This is no valid BSN: nine digits that pass the 11-proef.");
        }

        return bsn;
    }

    /// <summary>The items of a list, each with its own path: <c>needs[2]</c>.</summary>
    public IReadOnlyList<TOut> Items<TIn, TOut>(string field, IReadOnlyList<TIn> items, Func<string, TIn, TOut> read)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(read);
        if (items.Count > MostItems)
        {
            Add(field, $"Deze lijst is te lang: {items.Count}, ten hoogste {MostItems}.", $"This list is too long: {items.Count}, at most {MostItems}.");
            return [];
        }

        return [.. items.Select((item, index) => read($"{field}[{index}]", item))];
    }

    /// <summary>Reports ids that stand twice in a list.</summary>
    public void Unique(string field, IEnumerable<string> ids, string member)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
        {
            if (id.Length > 0 && !seen.Add(id))
            {
                Add($"{field}[{index}].{member}", $"Het id '{Shown(id)}' komt twee keer voor.", $"The id '{Shown(id)}' is used twice.");
            }
        }
    }

    private string? OfKind(string kind, string field, string text)
    {
        if (OptionalId(field, text) is not { } id)
        {
            return null;
        }

        var known = policies?.Tenants.Values.Where(tenant => tenant.Kind.Id == kind).Select(tenant => tenant.Id).ToList();
        if (known?.Contains(id) == false)
        {
            var nearest = Spelling.Nearest(id, known);
            Add(field,
                $"'{Shown(id)}' is hier niet bekend als {Vocabulary.TenantKinds[kind].LabelNl.ToLowerInvariant()}.{(nearest is null ? "" : $" Bedoel je '{nearest}'?")}",
                $"'{Shown(id)}' is not known here as {kind}{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }

        return id;
    }

    [GeneratedRegex(@"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex NineDigits();

    /// <summary>The start of a text on one line, safe to repeat to who sent it.</summary>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new string([.. text.Take(60).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
        return text.Length > 60 ? line + "…" : line;
    }
}
