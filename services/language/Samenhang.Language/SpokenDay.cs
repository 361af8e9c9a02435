using System.Globalization;

namespace Samenhang.Language;

/// <summary>A day as people write it: 1 oktober 2016. The one form in every sentence; machines get it as ISO 8601.</summary>
/// <remarks>Written here, because the programs run without the cultures of the operating system.</remarks>
public static class SpokenDay
{
    private static readonly string[] DutchMonths = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
    private static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>In Dutch.</summary>
    public static string InDutch(DateOnly day) => With(day, DutchMonths);

    /// <summary>In English.</summary>
    public static string InEnglish(DateOnly day) => With(day, EnglishMonths);

    private static string With(DateOnly day, string[] months) => string.Create(CultureInfo.InvariantCulture, $"{day.Day} {months[day.Month - 1]} {day.Year}");
}
