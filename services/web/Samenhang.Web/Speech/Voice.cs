using System.Globalization;
using System.Resources;
using Samenhang.Protos.Types;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Speech;

/// <summary>The language in which a page speaks.</summary>
public sealed class Voice
{
    private static readonly ResourceManager Texts = new("Samenhang.Web.Speech.Texts", typeof(Voice).Assembly);
    private static readonly ResourceManager Words = new("Samenhang.Web.Speech.Words", typeof(Voice).Assembly);
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private readonly CultureInfo culture;
    private readonly string[] months;

    private Voice(string language)
    {
        Language = language;
        culture = CultureInfo.GetCultureInfo(language);
        months = this["date.months"].Split(' ');
    }

    /// <summary>The languages, the first when nothing else is asked.</summary>
    public static IReadOnlyList<Voice> All { get; } = [new("nl"), new("en")];

    /// <summary>nl or en: also the value of the attribute <c>lang</c>.</summary>
    public string Language { get; }

    /// <summary>The text with this key.</summary>
    public string this[string key] => Texts.GetString(key, culture) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));

    /// <summary>The text with this key, with values in its places.</summary>
    public string Say(string key, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The text of <c>{key}.one</c> or <c>{key}.many</c>, with the number in its place.</summary>
    public string Count(string key, int number) => Say(number == 1 ? $"{key}.one" : $"{key}.many", number);

    /// <summary>The word for a code of one kind (role, payer, mode, reason …); null when nobody has written it.</summary>
    public string? Word(string kind, string code) => Words.GetString($"{kind}.{code}", culture);

    /// <summary>The sentence in this language, else in Dutch; and the language that it is in.</summary>
    public (string Text, string Language) Of(Sentence? sentence) => sentence switch
    {
        null => ("", Language),
        { En: { Length: > 0 } english } when Language == "en" => (english, "en"),
        _ => (sentence.Nl, "nl"),
    };

    /// <summary>The name of a municipality or region; its code where nobody has written one.</summary>
    public string Place(string tenant) => Word("tenant", tenant) ?? tenant;

    /// <summary>A day as people write it: 3 mei 2016.</summary>
    public string Day(Date day)
    {
        ArgumentNullException.ThrowIfNull(day);
        return day.Month is >= 1 and <= 12 ? $"{day.Day} {months[day.Month - 1]} {day.Year}" : Machine(day);
    }

    /// <summary>Today, in words: dinsdag 3 maart 2026.</summary>
    public string LongDay(DateOnly day) => $"{this["date.days"].Split(' ')[(int)day.DayOfWeek]} {day.Day} {months[day.Month - 1]} {day.Year}";

    /// <summary>A moment in the Netherlands: 3 maart 2026 14:05.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var here = TimeZoneInfo.ConvertTime(moment, Netherlands);
        return $"{here.Day} {months[here.Month - 1]} {here.Year} {here.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>A day as machines write it: 2016-05-03.</summary>
    public static string Machine(Date day)
    {
        ArgumentNullException.ThrowIfNull(day);
        return $"{day.Year:D4}-{day.Month:D2}-{day.Day:D2}";
    }
}
