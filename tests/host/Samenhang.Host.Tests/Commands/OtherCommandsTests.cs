using System.Text.Json.Nodes;
using System.Xml.Linq;
using Samenhang.Host.Commands;
using Samenhang.TestSupport;

namespace Samenhang.Host.Tests.Commands;

/// <summary>rules, explain, help, and what is said about a command that does not exist.</summary>
public sealed class OtherCommandsTests
{
    private static readonly string[] RuleKeys = ["id", "title", "source", "lines", "strength", "validity", "service", "needs", "schemes", "flags", "condition", "decides"];
    private static readonly string[] HelpParts = ["./run assess", "./run rules", "./run explain", "./run help", "--lang"];
    private static readonly string Simon = Repository.Cases("work-participation-a", "arb-c08.json");

    [Fact]
    public async Task Rules_lists_every_rule_with_its_place_and_its_condition()
    {
        var rules = JsonNode.Parse((await Ran.Of("rules", "--format", "json")).Output)!.AsArray();
        Assert.True(rules.Count > 150);
        foreach (var rule in rules)
        {
            Assert.Empty(RuleKeys.Except(rule!.AsObject().Select(member => member.Key)));
            Assert.Matches(@"^\d", (string)rule["lines"]!);
        }

        var burnOut = rules.Single(rule => (string)rule!["id"]! == "ARB-39" && (string)rule["service"]! == "zvw")!;
        Assert.True((bool)burnOut["decides"]!);
        Assert.Contains("health.dsmDisorder", (string)burnOut["condition"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_as_text_names_every_rule() => Assert.Contains("ARB-39", (await Ran.Of("rules")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Explain_shows_the_clauses_the_facts_they_read_and_what_would_change_the_answer()
    {
        var ran = await Ran.Of("explain", Simon, "--need", "n1", "--scheme", "gbggz");
        Assert.StartsWith("n1 × gbggz: ✘ niet gedekt", ran.Output, StringComparison.Ordinal);
        Assert.Contains("(droeg het antwoord)", ran.Output, StringComparison.Ordinal);
        Assert.Contains("health.dsmDisorder@n1 = none", ran.Output, StringComparison.Ordinal);
        Assert.Contains("health.dsmDisorder@n1 gelijk was aan suspected (nu none)", ran.Output, StringComparison.Ordinal);
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task Explain_takes_the_variant_that_is_named()
    {
        var variant = (string)JsonNode.Parse(await File.ReadAllTextAsync(Simon))!["variants"]![0]!["id"]!;
        var ran = await Ran.Of("explain", Simon, "--need", "n1", "--scheme", "gp-care", "--variant", variant);
        Assert.StartsWith("n1 × gp-care:", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Noem een casusbestand, --need en --scheme.", "explain")]
    [InlineData("De regeling 'gbgz' bestaat niet. Bedoel je 'gbggz'?", "explain", "SIMON", "--need", "n1", "--scheme", "gbgz")]
    [InlineData("Deze casus heeft geen behoefte 'n9'. Bedoel je 'n1'?", "explain", "SIMON", "--need", "n9", "--scheme", "gbggz")]
    [InlineData("Deze casus heeft geen variant 'zzzzzz'.", "explain", "SIMON", "--need", "n1", "--scheme", "gbggz", "--variant", "zzzzzz")]
    [InlineData("Onbekende opdracht 'asses'. Bedoel je 'assess'?", "asses", "x.json")]
    [InlineData("De taal 'xx' is er niet; kies nl of en.", "rules", "--lang", "xx")]
    [InlineData("Onbekende optie '--formt'. Bedoel je '--format'?", "rules", "--formt")]
    public async Task A_name_that_does_not_exist_is_said_with_what_was_meant(string expected, params string[] args)
    {
        var ran = await Ran.Of([.. args.Select(arg => arg == "SIMON" ? Simon : arg)]);
        Assert.Equal(expected, ran.ErrorLines[0]);
        Assert.Equal(2, ran.ExitCode);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Help_names_every_command(string word)
    {
        var ran = await Ran.Of(word);
        Assert.All(HelpParts, part => Assert.Contains(part, ran.Output, StringComparison.Ordinal));
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task Definitions_prints_what_deploy_holds() => Assert.Equal(
        await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "rabbitmq", "definitions.json")),
        (await Ran.Of("definitions")).Output);

    [Fact]
    public async Task Without_a_command_the_system_starts()
    {
        var started = 0;
        var exitCode = await CommandLine.Of(TextWriter.Null, TextWriter.Null, _ => null, (_, _) => Task.FromResult(++started)).RunAsync([]);
        Assert.Equal((1, 1), (started, exitCode));
    }

    [Fact]
    public async Task Help_of_a_command_names_its_options() =>
        Assert.Contains("--check", (await Ran.Of("assess", "--help", "--lang", "en")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_rulebook_with_a_wrong_name_stops_the_command_with_file_and_line()
    {
        using var home = new TemporaryFolder();
        Copy(Path.Combine(Repository.Root, "services", "language", "vocabulary"), Path.Combine(home.Path, "services", "language", "vocabulary"));
        Copy(Path.Combine(Repository.Root, "services", "language", "tenants"), Path.Combine(home.Path, "services", "language", "tenants"));
        foreach (var service in new[] { "zvw", "gemeente", "uwv", "employer", "casemanager" })
        {
            Copy(Path.Combine(Repository.Root, "services", service, "rulebook"), Path.Combine(home.Path, "services", service, "rulebook"));
        }

        var book = Directory.GetFiles(Path.Combine(home.Path, "services", "zvw", "rulebook")).First(file => File.ReadAllText(file).Contains("health.dsmDisorder", StringComparison.Ordinal));
        await File.WriteAllTextAsync(book, (await File.ReadAllTextAsync(book)).Replace("health.dsmDisorder", "health.dsmDisordr", StringComparison.Ordinal));
        var ran = await Ran.In([("SAMENHANG_HOME", home.Path)], "assess", Simon);
        Assert.Contains("health.dsmDisordr", ran.Error, StringComparison.Ordinal);
        Assert.Matches(Path.GetFileName(book) + @"\(\d+\)", ran.Error);
        Assert.Equal(1, ran.ExitCode);
    }

    [Fact]
    public void Every_message_exists_in_both_languages_with_the_same_places()
    {
        var folder = Path.Combine(Repository.Root, "services", "host", "Samenhang.Host", "Resources");
        var english = Messages(Path.Combine(folder, "Messages.resx"));
        var dutch = Messages(Path.Combine(folder, "Messages.nl.resx"));
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), dutch.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, message => Assert.Equal(Places(message.Value), Places(dutch[message.Key])));
    }

    private static Dictionary<string, string> Messages(string path) =>
        XDocument.Load(path).Root!.Elements("data").ToDictionary(data => (string)data.Attribute("name")!, data => data.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Order(StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
