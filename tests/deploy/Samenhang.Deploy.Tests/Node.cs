using System.Globalization;

namespace Samenhang.Deploy.Tests;

/// <summary>A place in a YAML file: a map, a list or a text. What is not there is an empty place, so that a path can be followed to its end.</summary>
internal sealed record Node(object? Value)
{
    public bool IsThere => Value is not null;

    public string Text => Value switch { null => "", string text => text, _ => Convert.ToString(Value, CultureInfo.InvariantCulture)! };

    public IEnumerable<Node> Items => Value is List<object?> items ? items.Select(item => new Node(item)) : [];

    public IEnumerable<(string Name, Node Value)> Entries => Value is Dictionary<object, object?> map ? map.Select(entry => ((string)entry.Key, new Node(entry.Value))) : [];

    public IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    public Node this[string path]
    {
        get
        {
            var at = this;
            foreach (var step in path.Split('/'))
            {
                at = at.Value switch
                {
                    Dictionary<object, object?> map => new Node(map.TryGetValue(step, out var value) ? value : null),
                    List<object?> list when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < list.Count => new Node(list[index]),
                    _ => new Node((object?)null),
                };
            }

            return at;
        }
    }

    /// <summary>This place and all below it.</summary>
    public IEnumerable<Node> All() => Entries.Select(entry => entry.Value).Concat(Items).SelectMany(below => below.All()).Prepend(this);
}
