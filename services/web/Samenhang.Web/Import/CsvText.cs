using System.Text;

namespace Samenhang.Web.Import;

/// <summary>A line of a CSV file with the line on which it begins.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells);

/// <summary>CSV as RFC 4180 has it; also with semicolons or tabs, as spreadsheets of the Netherlands write it.</summary>
internal static class CsvText
{
    private static readonly char[] Separators = [';', ',', '\t'];

    /// <summary>Reads the lines; empty ones are left out. A quotation mark that is not closed runs to the end.</summary>
    public static IEnumerable<CsvRecord> Read(string text)
    {
        var separator = SeparatorOf(text);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, begin, quoted, wasQuoted) = (1, 1, false, false);
        for (var place = 0; place <= text.Length; place++)
        {
            var letter = place < text.Length ? text[place] : '\n';
            if (quoted && place < text.Length)
            {
                if (letter == '"' && place + 1 < text.Length && text[place + 1] == '"')
                {
                    cell.Append('"');
                    place++;
                }
                else if (letter == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(letter);
                    line += letter == '\n' ? 1 : 0;
                }
            }
            else if (letter == '"' && cell.Length == 0 && !wasQuoted)
            {
                (quoted, wasQuoted) = (true, true);
            }
            else if (letter == separator || letter == '\n')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                wasQuoted = false;
                if (letter == '\n')
                {
                    if (cells.Exists(one => one.Length > 0))
                    {
                        yield return new CsvRecord(begin, [.. cells]);
                    }

                    cells.Clear();
                    line++;
                    begin = line;
                }
            }
            else if (letter != '\r')
            {
                cell.Append(letter);
            }
        }
    }

    /// <summary>
    /// A cell as it is written. What a spreadsheet would take for a formula is made text by an apostrophe, so that opening a report runs
    /// nothing of what somebody put in a list.
    /// </summary>
    public static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static char SeparatorOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return Separators.MaxBy(separator => first.Count(letter => letter == separator));
    }
}
