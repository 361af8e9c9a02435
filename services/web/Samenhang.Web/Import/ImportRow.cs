using System.Globalization;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Intake;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Import;

/// <summary>A row of a list, as a case to open or with what is wrong.</summary>
/// <param name="Line">The line in the file.</param>
/// <param name="Reference">The row's own reference.</param>
/// <param name="Case">The case; null when something is wrong.</param>
/// <param name="Faults">What is wrong, in words.</param>
internal sealed record ImportRow(int Line, string Reference, OpenCaseRequest? Case, IReadOnlyList<string> Faults);

/// <summary>Reads the rows of a list (docs/clients/csv.md).</summary>
internal sealed class ImportReader(DescribeIntakeResponse offer, Voice voice)
{
    /// <summary>The columns, in the order of the sample.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["reference", "title", "bsn", "birth_date", "municipality", "insurer", "needs", "work_status", "sick_listed", "first_sick_day", "benefit", "as_of"];

    private static readonly string[] Required = ["reference", "title", "needs"];

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["birth_date"] = "client.birthDate",
        ["work_status"] = "work.status",
        ["sick_listed"] = "work.sickListed",
        ["first_sick_day"] = "work.firstSickDay",
        ["benefit"] = "benefit.type",
    };

    /// <summary>What is wrong with the first line; empty = it names the columns.</summary>
    public IReadOnlyList<string> Check(CsvRecord head) =>
    [
        .. Required.Except(head.Cells.Select(Name)).Select(column => voice.Say("import.noColumn", column)),
        .. head.Cells.Select(Name).Where(column => column.Length > 0).Except(Columns).Select(column => voice.Say("import.strangeColumn", column)),
        .. head.Cells.Select(Name).Where(column => column.Length > 0).GroupBy(column => column).Where(same => same.Count() > 1).Select(same => voice.Say("import.doubleColumn", same.Key)),
    ];

    /// <summary>The rows, with what each has wrong. A reference that stands twice is a fault of the second.</summary>
    public IReadOnlyList<ImportRow> Read(CsvRecord head, IEnumerable<CsvRecord> records)
    {
        var columns = head.Cells.Select(Name).ToList();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<ImportRow>();
        foreach (var record in records)
        {
            var row = Read(record, columns);
            if (row.Reference.Length > 0 && !seen.TryAdd(row.Reference, row.Line))
            {
                row = row with { Case = null, Faults = [.. row.Faults, voice.Say("import.twice", seen[row.Reference])] };
            }

            rows.Add(row);
        }

        return rows;
    }

    private ImportRow Read(CsvRecord record, List<string> columns)
    {
        var faults = new List<string>();
        string Cell(string column) => columns.IndexOf(column) is >= 0 and var place && place < record.Cells.Count ? record.Cells[place] : "";

        if (record.Cells.Count > columns.Count)
        {
            faults.Add(voice.Say("import.tooManyCells", record.Cells.Count, columns.Count));
        }

        foreach (var column in Required.Where(column => Cell(column).Length == 0))
        {
            faults.Add(voice.Say("import.empty", column));
        }

        var request = new OpenCaseRequest
        {
            Title = Cell("title"),
            Bsn = new string([.. Cell("bsn").Where(letter => letter is not (' ' or '.' or '-'))]),
            Tenant = Tenant("municipality", Cell("municipality"), offer.Municipalities, faults),
            Insurer = Tenant("insurer", Cell("insurer"), offer.Insurers, faults),
            AsOf = Day("as_of", Cell("as_of"), faults),
            OpenLists = { "provisions", "consents", "parties", "events", "evidence" },
        };

        var kinds = new List<string>();
        foreach (var need in Cell("needs").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (offer.Needs.FirstOrDefault(one => Same(one.Kind, need) || Same(one.Label.Nl, need)) is { } found)
            {
                kinds.Add(found.Kind);
            }
            else
            {
                faults.Add(voice.Say("import.noNeed", need));
            }
        }

        request.Needs.Add(kinds.Distinct().Select((kind, place) => new Need { NeedId = $"n{place + 1}", Kind = kind }));
        foreach (var (column, factId) in Facts)
        {
            if (Cell(column) is { Length: > 0 } text && offer.FirstFacts.FirstOrDefault(form => form.FactId == factId) is { } form && Value(column, form, text, faults) is { } value)
            {
                request.Facts.Add(new Fact { FactId = factId, Value = value });
            }
        }

        return new ImportRow(record.Line, Cell("reference"), faults.Count == 0 ? request : null, faults);
    }

    private string Tenant(string column, string text, IEnumerable<CodedChoice> choices, List<string> faults)
    {
        if (text.Length == 0)
        {
            return "";
        }

        if (choices.FirstOrDefault(choice => Same(choice.Code, text) || Same(choice.Label.Nl, text)) is { } found)
        {
            return found.Code;
        }

        faults.Add(voice.Say("import.noTenant", column, text));
        return "";
    }

    private FactValue? Value(string column, FactForm form, string text, List<string> faults)
    {
        switch (form.Kind)
        {
            case AnswerKind.Date:
                return Day(column, text, faults) is { } day ? new FactValue { DateValue = day } : null;
            case AnswerKind.Bool when text.ToUpperInvariant() is "JA" or "YES" or "TRUE" or "1":
                return new FactValue { BoolValue = true };
            case AnswerKind.Bool when text.ToUpperInvariant() is "NEE" or "NO" or "FALSE" or "0":
                return new FactValue { BoolValue = false };
            case AnswerKind.Code when form.Choices.FirstOrDefault(choice => Same(choice.Code, text) || Same(choice.Label.Nl, text)) is { } found:
                return new FactValue { CodeValue = found.Code };
            case AnswerKind.Bool:
                faults.Add(voice.Say("import.noBool", column, text));
                return null;
            default:
                faults.Add(voice.Say("import.noCode", column, text, string.Join(", ", form.Choices.Select(choice => choice.Code))));
                return null;
        }
    }

    private Protos.Types.Date? Day(string column, string text, List<string> faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd-MM-yyyy", "d-M-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new Protos.Types.Date { Year = day.Year, Month = day.Month, Day = day.Day };
        }

        faults.Add(voice.Say("import.noDay", column, text));
        return null;
    }

    private static string Name(string head) => head.Trim().TrimStart('\uFEFF').ToLowerInvariant();

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
