using System.Reflection;
using System.Xml.Linq;
using Samenhang.Language;
using Samenhang.Rules;
using static Samenhang.Host.Commands.Rules.Browsable.Tags;
using Rule = Samenhang.Rules.Rule;

namespace Samenhang.Host.Commands.Rules.Browsable;

/// <summary>The rulebook as a folder of pages: an index by service and document, and one page per document.</summary>
internal sealed class RulebookPages
{
    private readonly Vocabulary vocabulary;
    private readonly Voice voice;
    private readonly IReadOnlyList<Rule> rules;
    private readonly IReadOnlyList<Document> documents;
    private readonly Dictionary<string, string> pages;

    /// <summary>Takes what the pages show.</summary>
    /// <param name="rules">All entries of all services.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="voice">The language of the pages.</param>
    public RulebookPages(IReadOnlyList<Rule> rules, Vocabulary vocabulary, Voice voice)
    {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.voice = voice;
        documents = [.. rules.GroupBy(rule => rule.Document).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Document(group.Key, [.. group.GroupBy(rule => rule.Id).OrderBy(entries => entries.Key, RuleIdOrder.Natural).Select(entries => entries.ToList())]))];
        pages = documents.SelectMany(document => document.Rules.Select(entries => (entries[0].Id, document.Page))).ToDictionary(pair => pair.Id, pair => pair.Page);
    }

    /// <summary>How many pages there are.</summary>
    public int Count => documents.Count + 1;

    /// <summary>Writes all pages, over those of an earlier time.</summary>
    /// <param name="folder">The folder; made when it is missing.</param>
    /// <param name="cases">The case files that expect a rule.</param>
    public void Write(string folder, ILookup<string, string> cases)
    {
        Directory.CreateDirectory(folder);
        using (var style = Assembly.GetExecutingAssembly().GetManifestResourceStream("Samenhang.Host.rulebook.css")!)
        using (var file = File.Create(Path.Combine(folder, PageFrame.Style)))
        {
            style.CopyTo(file);
        }

        PageFrame.Write(Path.Combine(folder, PageFrame.Index), voice["rulebook.title"], voice, Filter(), Index());
        var articles = new RuleArticle(vocabulary, voice, pages, cases);
        foreach (var document in documents)
        {
            PageFrame.Write(
                Path.Combine(folder, document.Page), voice.Say("rulebook.rulesOf", document.Name), voice,
                Navigation(voice["rulebook.onThisPage"], document.Rules.Select(entries => Link("#" + entries[0].Id, entries[0].Id))),
                document.Rules.Select(articles.Show));
        }
    }

    private static XElement Navigation(string name, IEnumerable<XElement> links) => Tag("nav", Is("aria-label", name), List(links));

    private IEnumerable<IGrouping<string, Rule>> ByService() => rules.GroupBy(rule => rule.Service).OrderBy(group => group.Key == "casemanager").ThenBy(group => group.Key, StringComparer.Ordinal);

    private static IEnumerable<IGrouping<string, Rule>> ByDocument(IEnumerable<Rule> own) => own.GroupBy(rule => rule.Document).OrderBy(group => group.Key, StringComparer.Ordinal);

    private static string Anchor(string service, string document) => $"{service}-{Path.GetFileNameWithoutExtension(document)}";

    private XElement Filter() => Tag(
        "nav", Is("aria-label", voice["rulebook.show"]),
        Tag("p", $"{voice["rulebook.show"]}:"),
        List(ByService().Select(service => (object?)Link("#" + service.Key, voice["domain." + service.Key])).Append(Link("#content", voice["rulebook.everything"]))));

    private IEnumerable<object?> Index()
    {
        yield return Tag("p", voice.Say("rulebook.lead", pages.Count, documents.Count));
        yield return Tag(
            "section",
            Tag("h2", voice["rulebook.documents"]),
            Table(voice["rulebook.documentsCaption"], [voice["rulebook.document"], voice["rulebook.count"]], documents.Select(document => new object?[] { Link(document.Page, document.Name), document.Rules.Count })));
        foreach (var service in ByService())
        {
            var name = voice["domain." + service.Key];
            yield return Tag(
                "section", Is("class", "service"), Is("id", service.Key),
                Tag("h2", name),
                Navigation($"{voice["rulebook.show"]}: {name}", ByDocument(service).Select(document => Link("#" + Anchor(service.Key, document.Key), document.Key))),
                ByDocument(service).Select(document => Tag(
                    "section", Is("class", "group"), Is("id", Anchor(service.Key, document.Key)),
                    Tag("h3", document.Key),
                    Table(
                        voice.Say("rulebook.groupCaption", name, document.Key),
                        [voice["rules.id"], voice["rules.title"], voice["rules.strength"], voice["rules.validity"]],
                        document.OrderBy(rule => rule.Id, RuleIdOrder.Natural).Select(rule => new object?[]
                        {
                            Link($"{pages[rule.Id]}#{rule.Id}", rule.Id), English(rule.Title), RuleArticle.Strength(rule, voice), RuleArticle.Validity(rule, voice),
                        })))));
        }
    }

    /// <summary>A document with its rules, in the order of their identifiers; of each the entries of the services.</summary>
    private sealed record Document(string Name, IReadOnlyList<IReadOnlyList<Rule>> Rules)
    {
        public string Page => Path.GetFileNameWithoutExtension(Name) + ".html";
    }
}
