using System.Xml.Linq;

namespace Samenhang.Host.Commands.Rules.Browsable;

/// <summary>Elements of a page. The tree is written by the XML writer, so that text is always encoded and every page is well-formed.</summary>
internal static class Tags
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly HashSet<string> WithoutContent = ["meta", "link"];

    /// <summary>An element with attributes, text and elements; null is left out.</summary>
    public static XElement Tag(string name, params object?[] content)
    {
        var element = new XElement(Xhtml + name, content);
        if (element.IsEmpty && !WithoutContent.Contains(name))
        {
            // A browser takes <p/> for an opening tag.
            element.Add("");
        }

        return element;
    }

    /// <summary>An attribute.</summary>
    public static XAttribute Is(string name, string value) => new(name, value);

    /// <summary>Text in Dutch.</summary>
    public static XElement Dutch(string text) => Tag("span", Is("lang", "nl"), text);

    /// <summary>Text in English.</summary>
    public static XElement English(string text) => Tag("span", Is("lang", "en"), text);

    /// <summary>A link.</summary>
    public static XElement Link(string to, params object?[] content) => Tag("a", Is("href", to), content);

    /// <summary>A list of names and values; an item without values is left out.</summary>
    public static XElement? Facts(params (string Name, IEnumerable<object?>? Values)[] items)
    {
        var shown = items.Select(item => (item.Name, Values: (item.Values ?? []).Where(value => value is not null).ToList()))
            .Where(item => item.Values.Count > 0).ToList();
        return shown.Count == 0 ? null : Tag("dl", shown.Select(item => new object?[] { Tag("dt", item.Name), Tag("dd", item.Values) }));
    }

    /// <summary>A bulleted list.</summary>
    public static XElement List(IEnumerable<object?> items) => Tag("ul", items.Select(item => Tag("li", item)));

    /// <summary>A table with its caption and the names of its columns; the first cell of a row is the name of the row.</summary>
    public static XElement Table(string caption, IEnumerable<string> columns, IEnumerable<object?[]> rows) => Tag(
        "table",
        Tag("caption", caption),
        Tag("thead", Tag("tr", columns.Select(column => Tag("th", Is("scope", "col"), column)))),
        Tag("tbody", rows.Select(row => Tag("tr", row.Select((cell, i) => i == 0 ? Tag("th", Is("scope", "row"), cell) : Tag("td", cell))))));
}
