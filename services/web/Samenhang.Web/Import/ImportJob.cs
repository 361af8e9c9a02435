using System.Collections.Concurrent;
using System.Text;
using Samenhang.Web.SignIn;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Import;

/// <summary>What became of a row.</summary>
public enum RowOutcome
{
    /// <summary>A case was opened.</summary>
    Opened,

    /// <summary>An earlier import opened it; nothing changed.</summary>
    Known,

    /// <summary>Something is wrong; nothing was opened.</summary>
    Refused,

    /// <summary>The casemanager did not answer; sending the list again goes on.</summary>
    NotTried,
}

/// <summary>What became of a row, for the report.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="Reference">The row's own reference.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="CaseId">The case; empty when there is none.</param>
/// <param name="Texts">What is wrong, in words.</param>
public sealed record RowReport(int Line, string Reference, RowOutcome Outcome, string CaseId, IReadOnlyList<string> Texts);

/// <summary>An import that goes on while the page is looked at.</summary>
/// <param name="id">The address.</param>
/// <param name="owner">Who began it: nobody else sees it.</param>
/// <param name="source">The name of the list.</param>
/// <param name="total">How many rows there are.</param>
/// <param name="startedAt">When it began.</param>
public sealed class ImportJob(string id, Person owner, string source, int total, DateTimeOffset startedAt)
{
    private readonly ConcurrentDictionary<int, RowReport> rows = new();

    /// <summary>The address.</summary>
    public string Id => id;

    /// <summary>Who began it: nobody else sees it.</summary>
    public Person Owner => owner;

    /// <summary>The name of the list.</summary>
    public string Source => source;

    /// <summary>How many rows there are.</summary>
    public int Total => total;

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>How many rows are done.</summary>
    public int Done => rows.Count;

    /// <summary>Whether all rows are done.</summary>
    public bool IsDone => rows.Count >= total;

    /// <summary>What became of the rows that are done, in the order of the list.</summary>
    public IReadOnlyList<RowReport> Rows => [.. rows.Values.OrderBy(row => row.Line)];

    /// <summary>How many rows came out so.</summary>
    public int Count(RowOutcome outcome) => rows.Values.Count(row => row.Outcome == outcome);

    /// <summary>Tells what became of a row.</summary>
    public void Report(RowReport row)
    {
        ArgumentNullException.ThrowIfNull(row);
        rows[row.Line] = row;
    }

    /// <summary>The report as a file; no cell of it is run as a formula.</summary>
    public byte[] ToCsv(Voice voice)
    {
        ArgumentNullException.ThrowIfNull(voice);
        var text = new StringBuilder("line,reference,outcome,case_id,text\r\n");
        foreach (var row in Rows)
        {
            text.AppendJoin(',', row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), CsvText.Cell(row.Reference), CsvText.Cell(voice["import.outcome." + row.Outcome]), CsvText.Cell(row.CaseId), CsvText.Cell(string.Join(" ", row.Texts))).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
