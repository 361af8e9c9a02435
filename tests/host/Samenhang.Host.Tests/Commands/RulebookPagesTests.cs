using System.Text.Json.Nodes;
using System.Xml.Linq;
using Samenhang.Host.Commands;
using Samenhang.Host.Commands.Rules.Browsable;
using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.TestSupport;

namespace Samenhang.Host.Tests.Commands;

/// <summary>rules --format html: the browsable rulebook.</summary>
public sealed class RulebookPagesTests(RulebookPagesTests.Written written) : IClassFixture<RulebookPagesTests.Written>
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    [Fact]
    public void The_command_tells_where_the_pages_are()
    {
        Assert.Equal(0, written.Ran.ExitCode);
        Assert.Contains(Path.Combine(written.Folder, "index.html"), written.Ran.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(written.Folder, "rulebook.css")));
    }

    [Fact]
    public void Every_rule_stands_once_on_the_page_of_its_document_with_its_lines_its_conditions_and_its_sentences()
    {
        Assert.True(written.Rules.Count > 1000);
        var articles = written.Pages.SelectMany(page => Named(page.Value, "article").Select(article => (Page: page.Key, Id: (string)article.Attribute("id")!, article.Value)))
            .ToDictionary(article => article.Id);
        Assert.Equal(written.Rules.Select(rule => (string)rule["id"]!).Distinct().Order(StringComparer.Ordinal), articles.Keys.Order(StringComparer.Ordinal));
        foreach (var rule in written.Rules)
        {
            var (page, _, text) = articles[(string)rule["id"]!];
            Assert.Equal(Path.GetFileNameWithoutExtension((string)rule["source"]!), Path.GetFileNameWithoutExtension(page));
            Assert.Contains((string)rule["title"]!, text, StringComparison.Ordinal);
            Assert.Contains((string)rule["lines"]!, text, StringComparison.Ordinal);
            Assert.Contains((string?)rule["note"] ?? "", text, StringComparison.Ordinal);
            Assert.Contains($"{rule["file"]}:{rule["line"]}", text, StringComparison.Ordinal);
            foreach (var clause in rule["clauses"]!.AsArray())
            {
                Assert.Contains((string)clause!["nl"]!, text, StringComparison.Ordinal);
                Assert.Contains((string)clause["en"]!, text, StringComparison.Ordinal);
                Assert.Contains((string?)clause["condition"] ?? "Altijd", text, StringComparison.Ordinal);
                Assert.All(clause["schemes"]!.AsArray(), scheme => Assert.Contains((string)scheme!, text, StringComparison.Ordinal));
                Assert.All(clause["needs"]!.AsArray(), need => Assert.Contains((string)need!, text, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_index_lists_every_entry_under_its_service_and_its_document()
    {
        var services = Named(written.Pages["index.html"], "section").Where(section => (string?)section.Attribute("class") == "service").ToList();
        Assert.Equal(written.Rules.GroupBy(rule => (string)rule["service"]!).Select(group => (group.Key, group.Count())).Order(), services.Select(section =>
            ((string)section.Attribute("id")!, section.Descendants(Xhtml + "tbody").Sum(body => body.Elements().Count()))).Order());
    }

    [Fact]
    public void Every_page_has_its_language_landmarks_one_main_heading_captions_and_names_of_its_own()
    {
        Assert.All(written.Pages.Values, page =>
        {
            Assert.Equal("nl", (string?)page.Root!.Attribute("lang"));
            Assert.Single(Named(page, "h1"));
            Assert.Single(Named(page, "main"));
            Assert.Single(Named(page, "header"));
            Assert.Equal("#content", (string?)Named(page, "a").First().Attribute("href"));
            Assert.All(Named(page, "nav"), nav => Assert.NotEmpty((string)nav.Attribute("aria-label")!));
            Assert.All(Named(page, "table"), table => Assert.NotEmpty(table.Element(Xhtml + "caption")!.Value));
            Assert.Empty(Named(page, "script"));
            Assert.Empty(Ids(page).GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
        });
    }

    [Fact]
    public void Every_link_leads_to_something_in_the_folder()
    {
        var known = written.Pages.SelectMany(page => Ids(page.Value).Select(id => $"{page.Key}#{id}").Append(page.Key)).ToHashSet();
        foreach (var (name, page) in written.Pages)
        {
            var targets = Named(page, "a").Select(link => (string)link.Attribute("href")!).Select(href => href.StartsWith('#') ? name + href : href);
            Assert.All(targets, target => Assert.Contains(target, known));
        }
    }

    [Fact]
    public void A_rule_shows_what_rests_on_it_and_what_proves_it()
    {
        var disorder = Article("ARB-45");
        Assert.Contains("Er is recht op: gedekt.", disorder, StringComparison.Ordinal);
        Assert.Contains("There is a right to it: covered.", disorder, StringComparison.Ordinal);
        Assert.Contains("DSM-stoornis: vermoed of vastgesteld", disorder, StringComparison.Ordinal);
        Assert.Contains("Behandeling van psychische klachten of stoornis", disorder, StringComparison.Ordinal);
        Assert.Contains("deadline.suspicion-not-confirmed", disorder, StringComparison.Ordinal);
        Assert.Contains("tests/cases/work-participation-a/arb-c01.json", disorder, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_of_several_parts_stands_as_lines_below_each_other()
    {
        var lines = new ReadableCondition(Repository.Vocabulary, Voice.English)
            .Show("health.dsmDisorder = confirmed and not(gp.canTreat = true or some(p: p.scheme = ggz))").OfType<XElement>().First();
        var all = lines.Elements().Single();
        Assert.StartsWith("All of these:", all.Value, StringComparison.Ordinal);
        var parts = all.Elements(Xhtml + "ul").Elements().ToList();
        Assert.Equal(2, parts.Count);
        Assert.StartsWith("DSM-stoornis: vastgesteld", parts[0].Value, StringComparison.Ordinal);
        Assert.StartsWith("Not:At least one of these:", parts[1].Value, StringComparison.Ordinal);
        Assert.Equal(2, parts[1].Element(Xhtml + "ul")!.Element(Xhtml + "li")!.Element(Xhtml + "ul")!.Elements().Count());
    }

    [Fact]
    public async Task Text_with_signs_of_markup_stays_text()
    {
        using var folder = new TemporaryFolder();
        var rule = new Rule
        {
            Id = "ARB-999", Title = "<script>alert(1)</script> & \"so on\"", Service = "zvw", Document = "002.txt", Lines = "1-2", Strength = RuleStrength.Fact,
            Validity = Period.Always, Basis = "text", Indicative = false, Option = null, Note = "a < b", Books = [], Clauses = [], File = "x.yaml", Line = 1,
        };
        new RulebookPages([rule], Repository.Vocabulary, Voice.English).Write(folder.Path, Array.Empty<string>().ToLookup(file => file));
        var text = await File.ReadAllTextAsync(Path.Combine(folder.Path, "002.html"));
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"so on\"", text, StringComparison.Ordinal);
        Assert.Contains("a &lt; b", text, StringComparison.Ordinal);
        Assert.Equal("en", (string?)XDocument.Parse(text).Root!.Attribute("lang"));
    }

    [Theory]
    [InlineData("--out hoort alleen bij --format html.", "rules", "--out", "pages")]
    [InlineData("De vorm 'pdf' bestaat niet; kies text, json of html.", "rules", "--format", "pdf")]
    [InlineData("De vorm 'html' bestaat niet; kies text of json.", "assess", "--format", "html")]
    [InlineData("De vorm 'html' bestaat niet; kies text of json.", "rules", "--coverage", "--format", "html")]
    public async Task A_wrong_form_is_said(string expected, params string[] args)
    {
        var ran = await Ran.Of(args);
        Assert.Equal(expected, ran.ErrorLines[0]);
        Assert.Equal(2, ran.ExitCode);
    }

    [Fact]
    public async Task A_file_is_never_taken_for_the_folder()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "kept.txt");
        await File.WriteAllTextAsync(file, "kept");
        var ran = await Ran.Of("rules", "--format", "html", "--out", file);
        Assert.Equal($"'{file}' is een bestand; noem een map.", ran.ErrorLines[0]);
        Assert.Equal((2, "kept"), (ran.ExitCode, await File.ReadAllTextAsync(file)));
    }

    [Fact]
    public async Task Help_names_the_pages() => Assert.Contains("--out FOLDER", (await Ran.Of("rules", "--help", "--lang", "en")).Output, StringComparison.Ordinal);

    private static IEnumerable<XElement> Named(XDocument page, string name) => page.Descendants(Xhtml + name);

    private static IEnumerable<string> Ids(XDocument page) => page.Descendants().Attributes("id").Select(id => id.Value);

    private string Article(string id) => written.Pages.Values.SelectMany(page => Named(page, "article")).Single(article => (string?)article.Attribute("id") == id).Value;

    /// <summary>The pages of this repository's rulebooks, written once by the command, and the rules as it lists them.</summary>
    public sealed class Written : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryFolder home = new();

        internal string Folder => Path.Combine(home.Path, "pages");

        internal Ran Ran { get; private set; } = null!;

        internal IReadOnlyList<JsonNode> Rules { get; private set; } = [];

        internal IReadOnlyDictionary<string, XDocument> Pages { get; private set; } = new Dictionary<string, XDocument>();

        public async Task InitializeAsync()
        {
            Ran = await Ran.Of("rules", "--format", "html", "--out", Folder);
            Rules = [.. JsonNode.Parse((await Ran.Of("rules", "--format", "json")).Output)!.AsArray().OfType<JsonNode>()];

            // Whitespace is kept: a sentence must stand in the page as it stands in the rule.
            Pages = Directory.GetFiles(Folder, "*.html").ToDictionary(file => Path.GetFileName(file), file => XDocument.Load(file, LoadOptions.PreserveWhitespace));
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => home.Dispose();
    }
}
