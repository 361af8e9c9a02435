using System.Text;

namespace Samenhang.Language.CaseFiles;

/// <summary>The sentences in which faults are told, in plain Dutch with English beside it.</summary>
internal static class CaseTexts
{
    public static Sentence NotOfKind(Sentence wanted, string found) => new(
        $"Hier hoort {wanted.Nl} te staan, niet {found}.", $"This must be {wanted.En}, not {found}.");

    public static Sentence Missing(string key) => new($"De sleutel '{key}' ontbreekt.", $"The key '{key}' is missing.");

    public static Sentence UnknownKey(string key) => new($"De sleutel '{Short(key)}' bestaat hier niet.", $"The key '{Short(key)}' does not exist here.");

    public static Sentence UnknownName(Sentence noun, string name) => new($"{noun.Nl} '{Short(name)}' bestaat niet.", $"Unknown {noun.En} '{Short(name)}'.");

    public static Sentence NotInCase(Sentence noun, string id) => new(
        $"{noun.Nl} '{Short(id)}' staat niet in deze casus.", $"This case has no {noun.En} '{Short(id)}'.");

    public static Sentence Twice(string id) => new($"Het id '{Short(id)}' komt twee keer voor.", $"The id '{Short(id)}' is used twice.");

    public static Sentence BadDate(string text) => new(
        $"'{Short(text)}' is geen datum in de vorm jjjj-mm-dd.", $"'{Short(text)}' is no date of the form yyyy-mm-dd.");

    public static Sentence ImpossibleDate(string text) => new(
        $"De dag {Short(text)} bestaat niet.", $"The day {Short(text)} does not exist.");

    public static Sentence Before(string later, DateOnly laterDay, string earlier, DateOnly earlierDay) => new(
        $"'{later}' ({laterDay:yyyy-MM-dd}) ligt vóór '{earlier}' ({earlierDay:yyyy-MM-dd}).",
        $"'{later}' ({laterDay:yyyy-MM-dd}) lies before '{earlier}' ({earlierDay:yyyy-MM-dd}).");

    /// <summary>The text on one line and not too long, so that one fault stays one line whatever the file holds.</summary>
    public static string Short(string text, int length = 60)
    {
        var line = new StringBuilder(Math.Min(text.Length, length) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= length)
            {
                return line.Append('…').ToString();
            }

            line.Append(Rune.IsControl(rune) ? "?" : rune.ToString());
        }

        return line.ToString();
    }
}
