using System.Text;
using System.Xml;
using System.Xml.Linq;
using static Samenhang.Host.Commands.Rules.Browsable.Tags;

namespace Samenhang.Host.Commands.Rules.Browsable;

/// <summary>What stands around every page: language, style, the skip link, header, main and footer.</summary>
internal static class PageFrame
{
    /// <summary>The first page.</summary>
    public const string Index = "index.html";

    /// <summary>The style of all pages.</summary>
    public const string Style = "rulebook.css";

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    /// <summary>Writes a page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">Its title and first heading.</param>
    /// <param name="voice">Its language.</param>
    /// <param name="navigation">What stands in the header under the name of the rulebook.</param>
    /// <param name="content">What stands under the heading.</param>
    public static void Write(string path, string title, Voice voice, XElement? navigation, IEnumerable<object?> content)
    {
        var name = voice["rulebook.title"];
        var page = Tag(
            "html", Is("lang", voice.Language),
            Tag(
                "head",
                Tag("meta", Is("charset", "utf-8")),
                Tag("meta", Is("name", "viewport"), Is("content", "width=device-width, initial-scale=1")),
                Tag("title", title == name ? name : $"{title} - {name}"),
                Tag("link", Is("rel", "stylesheet"), Is("href", Style))),
            Tag(
                "body",
                Link("#content", Is("class", "skip"), voice["rulebook.skip"]),
                Tag("header", Tag("p", Link(Index, $"Samenhang: {voice["rulebook.home"]}")), navigation),
                Tag("main", Is("id", "content"), Is("tabindex", "-1"), Tag("h1", title), content),
                Tag("footer", Tag("p", "./run rules --format html"))));
        using var writer = XmlWriter.Create(path, Settings);
        new XDocument(new XDocumentType("html", null, null, null), page).Save(writer);
    }
}
