using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Samenhang.Host.Commands;
using Samenhang.Host.Commands.Rules;
using Samenhang.Rules;

namespace Samenhang.Host.Tests.Commands;

/// <summary>rules --coverage: the rulebooks carry what was read in the documents, and the report tells what they and the cases leave out.</summary>
public sealed partial class RuleCoverageTests
{
    private static readonly string[] KindsThatDecideNothing = ["information", "opinion", "proposal"];
    private static readonly Installation Here = new(Repository.Root);
    private static readonly IReadOnlyList<CatalogueRule> Catalogue = RuleCatalogue.Read(Here.VocabularyFolder);
    private static readonly Lazy<RulebookSet> Rulebooks = new(() => Here.LoadRulebooks(Repository.Vocabulary));

    [Fact]
    public void Every_rule_of_the_catalogue_stands_in_the_rulebook_of_each_service_that_it_names()
    {
        var lost = RuleCoverage.Of(Catalogue, Repository.Vocabulary, Rulebooks.Value, exercise: null)
            .Where(rule => rule.Carrier == Carrier.Nothing && !KindsThatDecideNothing.Contains(rule.Catalogue.Kind));
        Assert.Empty(lost.Select(rule => $"{rule.Service} {rule.Catalogue.Id}"));
    }

    [Fact]
    public void Every_rule_agrees_with_the_catalogue_in_strength_and_dates_or_its_difference_is_on_record()
    {
        var onRecord = RuleIds().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "disputes.md"))).Select(match => match.Value).ToHashSet();
        var read = Catalogue.ToDictionary(rule => rule.Id);
        var differing = Rulebooks.Value.ByService.Values.SelectMany(book => book.Rules)
            .Where(rule => !onRecord.Contains(rule.Id))
            .Where(rule => !read.TryGetValue(rule.Id, out var was)
                || JsonNamingPolicy.KebabCaseLower.ConvertName(rule.Strength.ToString()) != was.StrengthCode
                || rule.Validity.From != was.ValidFrom || rule.Validity.To != was.ValidTo);
        Assert.Empty(differing.Select(rule => $"{rule.Service} {rule.Id}"));
    }

    [Fact]
    public async Task A_rule_that_nothing_carries_is_named_and_fails_the_check()
    {
        using var copy = new CopyOfTheRules();
        copy.AddToCatalogue("""{ "id": "ZZZ-1", "kind": "decides", "service": ["uwv", "casemanager"], "strengthCode": "hard", "validFrom": null, "validTo": null }""");
        var simon = Repository.Cases("work-participation-a", "arb-c08.json");
        var ran = await Ran.In([("SAMENHANG_HOME", copy.Root)], "rules", "--coverage", "--check", simon, "--lang", "en");
        Assert.Equal(["uwv ZZZ-1: no rulebook and no finding carries this rule", "casemanager ZZZ-1: no rulebook and no finding carries this rule"], ran.OutputLines.Take(2));
        Assert.Equal(1, ran.ExitCode);
        Assert.Equal(0, (await Ran.In([("SAMENHANG_HOME", copy.Root)], "rules", "--coverage", simon)).ExitCode);
    }

    [Fact]
    public async Task A_rule_is_exercised_both_ways_only_when_some_case_leaves_its_condition_untrue()
    {
        // GP care for light complaints: one case, with and without the complaints.
        using var copy = new CopyOfTheRules();
        const string Case =
            """
            { "format": "samenhang-case/1", "id": "light", "asOf": "2015-10-01", "rulebooks": ["000"],
              "needs": [ { "id": "n1", "kind": "psych-treatment", "facts": { "health.complaintLevel": "light" } } ] }
            """;
        var one = copy.Write("one.json", Case);
        var rule = await Covered("PSZ-41", one);
        Assert.Equal("oneWay", (string)rule["exercise"]!);
        Assert.Equal("light", (string)rule["clauses"]![0]!["true"]!.AsArray().Single()!);
        Assert.Empty(rule["clauses"]![0]!["notTrue"]!.AsArray());

        var other = copy.Write("other.json", Case.Replace("\"light\", \"asOf\"", "\"unknown\", \"asOf\"", StringComparison.Ordinal).Replace("\"health.complaintLevel\": \"light\"", "", StringComparison.Ordinal));
        rule = await Covered("PSZ-41", one, other);
        Assert.Equal("bothWays", (string)rule["exercise"]!);
        Assert.Equal("unknown", (string)rule["clauses"]![0]!["notTrue"]!.AsArray().Single()!);

        Assert.Equal("never", (string)(await Covered("PAL-64", one, other))["exercise"]!);
    }

    [Fact]
    public async Task Without_coverage_a_folder_is_not_understood()
    {
        foreach (var arguments in new[] { new[] { "tests/cases" }, ["--mutation", "--check"] })
        {
            var ran = await Ran.Of(["rules", .. arguments]);
            Assert.Equal("Mappen horen bij --coverage of --mutation; --check gaat niet samen met --mutation.", ran.ErrorLines[0]);
            Assert.Equal(2, ran.ExitCode);
        }
    }

    [Fact]
    public async Task A_check_reads_rules_parameters_and_the_files_of_tenants()
    {
        var good = await Ran.Of("rules", "--check");
        Assert.EndsWith("gemeenten en verzekeraars: geen fouten.", Assert.Single(good.OutputLines), StringComparison.Ordinal);
        Assert.Equal(0, good.ExitCode);

        using var copy = new CopyOfTheRules();
        copy.Write("services/language/tenants/gm1.yaml", "id: gm1\nkind: municipality\nname: Elders\nfacts:\n- { id: gemeente.wijkteam, value: maybe, valid: 2016-01-01.., source: Besluit }\n");
        var bad = await Ran.In([("SAMENHANG_HOME", copy.Root)], "rules", "--check");
        Assert.Contains("gm1.yaml(5): maybe must be true or false", bad.Error, StringComparison.Ordinal);
        Assert.Equal(1, bad.ExitCode);
    }

    private static async Task<JsonNode> Covered(string rule, params string[] files)
    {
        var ran = await Ran.Of(["rules", "--coverage", "--format", "json", .. files]);
        Assert.Equal("", ran.Error);
        return JsonNode.Parse(ran.Output)!.AsArray().Single(line => (string)line!["id"]! == rule && (string)line["service"]! == "zvw")!;
    }

    [GeneratedRegex(@"\b[A-Z]{1,3}-\d+\b")]
    private static partial Regex RuleIds();

    /// <summary>A repository of its own with our vocabulary and rulebooks, which a test may change.</summary>
    private sealed class CopyOfTheRules : IDisposable
    {
        public CopyOfTheRules()
        {
            foreach (var folder in new[] { "language/vocabulary", "language/tenants", "zvw/rulebook", "gemeente/rulebook", "uwv/rulebook", "employer/rulebook", "casemanager/rulebook" })
            {
                var to = Directory.CreateDirectory(Path.Combine(Root, "services", folder)).FullName;
                foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "services", folder)))
                {
                    File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
                }
            }
        }

        public string Root { get; } = Directory.CreateTempSubdirectory("samenhang-rules-").FullName;

        public void AddToCatalogue(string rule)
        {
            var path = Path.Combine(Root, "services", "language", "vocabulary", "catalogue.json");
            var rules = JsonNode.Parse(File.ReadAllText(path))!.AsArray();
            rules.Add(JsonNode.Parse(rule));
            File.WriteAllText(path, rules.ToJsonString());
        }

        public string Write(string name, string text)
        {
            var path = Path.Combine(Root, name);
            File.WriteAllText(path, text);
            return path;
        }

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
