using System.Globalization;
using Samenhang.Language;
using Samenhang.Rules.Expressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Samenhang.Rules.Reading;

/// <summary>One YAML file that people write, read with the line of everything in it.</summary>
internal sealed class YamlDocument
{
    private readonly YamlEntry root;

    private YamlDocument(YamlEntry root, string version)
    {
        this.root = root;
        Version = version;
    }

    /// <summary>A hash over the text.</summary>
    internal string Version { get; }

    internal YamlEntry Root => root;

    internal static YamlDocument? Read(string path, List<RuleFault> faults)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            faults.Add(new(file, 0, "the file is missing"));
            return null;
        }

        return Read(RuleFile.Read(path), faults);
    }

    internal static YamlDocument? Read(RuleFile from, List<RuleFault> faults)
    {
        var (file, text) = (from.Name, from.Text);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode mapping)
            {
                return new(new(mapping, file, faults), from.Digest);
            }

            faults.Add(new(file, 1, "a list of names and values is needed at the top"));
        }
        catch (YamlException e)
        {
            faults.Add(new(file, (int)e.Start.Line, $"this is no YAML: {e.InnerException?.Message ?? e.Message}"));
        }

        return null;
    }

    internal IReadOnlyList<YamlEntry> List(string name) => root.List(name);
}

/// <summary>A mapping in a YAML file. What it lacks or has wrong is added to the faults, so that a writer sees all at once.</summary>
internal sealed class YamlEntry(YamlMappingNode node, string file, List<RuleFault> faults)
{
    internal int Line => (int)node.Start.Line;

    internal string File => file;

    internal IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value!);

    internal string? Optional(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value;
            default:
                Fault(name, $"{name} must be one value");
                return null;
        }
    }

    internal string? Required(string name)
    {
        if (Find(name) is null)
        {
            faults.Add(new(file, Line, $"{name} is missing"));
            return null;
        }

        return Optional(name);
    }

    internal bool Flag(string name)
    {
        var text = Optional(name);
        if (text is not (null or "true" or "false"))
        {
            Fault(name, $"{name} must be true or false");
        }

        return text == "true";
    }

    /// <summary>A list of texts; one text alone is a list of one.</summary>
    internal IReadOnlyList<string> Texts(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlScalarNode scalar:
                return [scalar.Value!];
            case YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode):
                return [.. list.Children.Cast<YamlScalarNode>().Select(child => child.Value!)];
            default:
                Fault(name, $"{name} must be a list of values");
                return [];
        }
    }

    internal IReadOnlyList<YamlEntry> List(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlSequenceNode list when list.Children.All(child => child is YamlMappingNode):
                return [.. list.Children.Cast<YamlMappingNode>().Select(child => new YamlEntry(child, file, faults))];
            default:
                Fault(name, $"{name} must be a list of entries");
                return [];
        }
    }

    /// <summary>A period written as 2013-01-01..2016-12-31, with an open end left out.</summary>
    internal Period Period(string name)
    {
        if (Optional(name) is not { } text)
        {
            return default;
        }

        var parts = text.Split("..");
        if (parts.Length == 2 && TryDay(parts[0], out var from) && TryDay(parts[1], out var to) && !(from > to))
        {
            return new(from, to);
        }

        Fault(name, $"{text} is no period; write 2013-01-01..2016-12-31, with an open end left out");
        return default;
    }

    internal void Fault(string name, string message) =>
        faults.Add(new(file, (int)(Find(name)?.Start.Line ?? node.Start.Line), message));

    /// <summary>Reports names that mean nothing here.</summary>
    internal void Allow(params string[] known)
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !known.Contains(key.Value)))
        {
            faults.Add(new(file, (int)key.Start.Line, $"{key.Value} means nothing here{Spelling.Hint(key.Value!, known)}"));
        }
    }

    /// <summary>Reads an expression; its fault is reported at the line of the value.</summary>
    internal void Try(string name, Action read)
    {
        try
        {
            read();
        }
        catch (ExpressionException e)
        {
            Fault(name, string.Create(CultureInfo.InvariantCulture, $"{name}, at {e.Position + 1}: {e.Message}"));
        }
    }

    private static bool TryDay(string text, out DateOnly? day)
    {
        day = null;
        if (text.Trim().Length == 0)
        {
            return true;
        }

        var read = DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = date;
        return read;
    }

    private YamlNode? Find(string name) => node.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode key && key.Value == name).Value;
}
