using System.Globalization;
using System.Text;

namespace Samenhang.Language.CaseFiles;

/// <summary>Collects the faults of one file. It knows the path of the value being read, so that a fault only names its place in the text.</summary>
internal sealed class FaultLog(string file, ReadOnlyMemory<byte> source, int limit)
{
    private readonly List<(int Offset, CaseFileFault Fault)> faults = [];
    private readonly HashSet<(string? Variant, int Offset, string Text)> reported = [];
    private List<(string? Name, int Index)> path = [];
    private string? variant;
    private bool more;

    public bool Any => faults.Count > 0;

    public void Enter(string name) => path.Add((name, 0));

    public void Enter(int index) => path.Add((null, index));

    public void Leave() => path.RemoveAt(path.Count - 1);

    /// <summary>Reads a variant: paths begin anew in the patched case, and faults name the variant.</summary>
    public T InVariant<T>(string name, Func<T> read)
    {
        var outer = path;
        (path, variant) = ([], name);
        var result = read();
        (path, variant) = (outer, null);
        return result;
    }

    /// <summary>Reports a fault at a place in the text. What stands in the case itself is not repeated for each variant.</summary>
    public void Add(int offset, Sentence text, string? suggestion = null)
    {
        if (reported.Contains((null, offset, text.En)) || !reported.Add((variant, offset, text.En)))
        {
            return;
        }

        if (faults.Count >= limit)
        {
            more = true;
            return;
        }

        if (suggestion is not null)
        {
            text = new($"{text.Nl} Bedoel je '{suggestion}'?", $"{text.En} Did you mean '{suggestion}'?");
        }

        var (line, column) = Position(offset);
        faults.Add((offset, new(file, line, column, variant, Path(), text, suggestion)));
    }

    /// <summary>Reports a fault about the file as a whole.</summary>
    public void AddForFile(Sentence text) => faults.Add((-1, new(file, 0, 0, null, "$", text, null)));

    /// <summary>The faults in the order of the text.</summary>
    public IReadOnlyList<CaseFileFault> ToList()
    {
        var list = faults.OrderBy(fault => fault.Offset).Select(fault => fault.Fault).ToList();
        if (more)
        {
            list.Add(new(file, 0, 0, null, "$", new(
                $"Er zijn meer fouten; alleen de eerste {limit} staan hier.",
                $"There are more faults; only the first {limit} are shown."), null));
        }

        return list;
    }

    private (int Line, int Column) Position(int offset)
    {
        var before = source.Span[..Math.Min(offset, source.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private string Path()
    {
        var text = new StringBuilder("$");
        foreach (var (name, index) in path)
        {
            _ = name is null ? text.Append(CultureInfo.InvariantCulture, $"[{index}]")
                : name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') ? text.Append('.').Append(name)
                : text.Append("['").Append(CaseTexts.Short(name)).Append("']");
        }

        return text.ToString();
    }
}
