using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Samenhang.Language.CaseFiles;

namespace Samenhang.Language;

/// <summary>Reads parameters.json: the dated numbers of the law, each with its source. Every fault is told with its line.</summary>
public static class ParameterList
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "parameters.json";

    private const int MostFaults = 100;

    /// <summary>Where the dates come from: the text, the day of the document, or outside the documents.</summary>
    private static readonly string[] Bases = ["text", "document", "context"];

    private static readonly string[] Members = ["id", "value", "unit", "validFrom", "validTo", "validityBasis", "source", "overridable", "rules", "note"];

    /// <summary>The parameters by identifier, each with its periods in order of time.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="faults">Where faults are added; what is read is worth nothing when there are any.</param>
    public static FrozenDictionary<string, IReadOnlyList<Parameter>> Read(string text, ICollection<ListFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var bytes = Encoding.UTF8.GetBytes(text);
        var log = new FaultLog(FileName, bytes, MostFaults);
        var read = new List<(Parameter Parameter, int Offset)>();
        switch (PlacedJsonParser.Parse(bytes, new CaseFileOptions(), log))
        {
            case null:
                break;
            case { Kind: JsonValueKind.Array } list:
                read.AddRange(list.Items.Select(item => (ReadOne(item, log), item.Offset)).Where(one => one.Item1 is not null)!);
                break;
            case var other:
                Fault(log, other.Offset, "a list of parameters is needed");
                break;
        }

        CheckPeriods(read, log);
        foreach (var fault in log.ToList())
        {
            faults.Add(new ListFault(FileName, fault.Line, fault.Text.En));
        }

        return read.Select(one => one.Parameter).GroupBy(parameter => parameter.Id)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<Parameter>)[.. group.OrderBy(parameter => parameter.Validity.From ?? DateOnly.MinValue)]);
    }

    private static Parameter? ReadOne(PlacedJson item, FaultLog log)
    {
        if (item.Kind != JsonValueKind.Object)
        {
            Fault(log, item.Offset, "a parameter has names and values");
            return null;
        }

        foreach (var member in item.Members.Where(member => !Members.Contains(member.Name)))
        {
            log.Add(member.Offset, new Sentence("", $"{member.Name} means nothing here."), Spelling.Nearest(member.Name, Members));
        }

        var id = Text(item, "id", log, required: true);
        var unit = Text(item, "unit", log, required: false) ?? "";
        var value = ReadValue(item, unit, log);
        var (from, to) = (Day(item, "validFrom", log), Day(item, "validTo", log));
        if (from > to)
        {
            Fault(log, item["validTo"]!.Offset, $"validTo {to:yyyy-MM-dd} lies before validFrom {from:yyyy-MM-dd}");
        }

        if (item["validityBasis"] is { } basis && !Bases.Contains(basis.Text))
        {
            Fault(log, basis.Offset, $"validityBasis is one of {string.Join(", ", Bases)}");
        }

        var overridable = item["overridable"];
        if (overridable is null or { Kind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            Fault(log, (overridable ?? item).Offset, "overridable must be true or false");
        }

        var source = item["source"];
        if (source is null or { Kind: not JsonValueKind.Object })
        {
            Fault(log, (source ?? item).Offset, "source must name a file and lines");
        }

        return id is null ? null : new Parameter(
            id, value, unit, new Period(from, to), overridable?.Kind == JsonValueKind.True, source?["file"]?.Text ?? "", source?["lines"]?.Text ?? "",
            [.. item["rules"]?.Items.Select(rule => rule.Text).OfType<string>() ?? []]);
    }

    /// <summary>The value as it stands in JSON: a number, a day (unit date), a list, or a text; null is unknown.</summary>
    private static Value ReadValue(PlacedJson item, string unit, FaultLog log)
    {
        if (item["value"] is not { } value)
        {
            Fault(log, item.Offset, "value is missing; write null when the text gives none");
            return default;
        }

        switch (value.Kind)
        {
            case JsonValueKind.Null:
                return default;
            case JsonValueKind.True or JsonValueKind.False:
                return Value.Of(value.Kind == JsonValueKind.True);
            case JsonValueKind.Number when decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return Value.Of(number);
            case JsonValueKind.Array when value.Items.All(member => member.Text is not null):
                return Value.SetOf(value.Items.Select(member => member.Text!));
            case JsonValueKind.String when unit.StartsWith("date", StringComparison.Ordinal) && TryDay(value.Text, out var day):
                return Value.Of(day);
            case JsonValueKind.String when unit == "date":
                Fault(log, value.Offset, $"{value.Text} is no day; write 2016-12-31");
                return default;
            case JsonValueKind.String:
                return Value.Of(value.Text);
            default:
                Fault(log, value.Offset, "value must be a number, a day, a text or a list of these");
                return default;
        }
    }

    /// <summary>On one day a parameter has one value, and all its values are of one kind.</summary>
    private static void CheckPeriods(List<(Parameter Parameter, int Offset)> read, FaultLog log)
    {
        foreach (var group in read.GroupBy(one => one.Parameter.Id))
        {
            var inTime = group.OrderBy(one => one.Parameter.Validity.From ?? DateOnly.MinValue).ToList();
            for (var i = 1; i < inTime.Count; i++)
            {
                var (before, (after, offset)) = (inTime[i - 1].Parameter, inTime[i]);
                if (before.Validity.Overlaps(after.Validity))
                {
                    Fault(log, offset, $"{after.Id} has two values from {after.Validity.From:yyyy-MM-dd}: {before.Validity} and {after.Validity}");
                }

                if (before.Value.IsKnown && after.Value.IsKnown && before.Value.Kind != after.Value.Kind)
                {
                    Fault(log, offset, $"{after.Id} is {after.Value}, which is of another kind than {before.Value} before it");
                }
            }
        }
    }

    private static string? Text(PlacedJson item, string name, FaultLog log, bool required)
    {
        switch (item[name])
        {
            case { Kind: JsonValueKind.String } text:
                return text.Text;
            case null or { Kind: JsonValueKind.Null } when !required:
                return null;
            case null:
                Fault(log, item.Offset, $"{name} is missing");
                return null;
            case var other:
                Fault(log, other.Offset, $"{name} must be a text");
                return null;
        }
    }

    private static DateOnly? Day(PlacedJson item, string name, FaultLog log)
    {
        var text = Text(item, name, log, required: false);
        if (text is null || TryDay(text, out var day))
        {
            return text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        Fault(log, item[name]!.Offset, $"{text} is no day; write 2016-12-31");
        return null;
    }

    private static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static void Fault(FaultLog log, int offset, string message) => log.Add(offset, new Sentence("", message));
}

/// <summary>Something wrong in a list, at a line.</summary>
public sealed record ListFault(string File, int Line, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}({Line}): {Message}" : $"{File}: {Message}";
}
