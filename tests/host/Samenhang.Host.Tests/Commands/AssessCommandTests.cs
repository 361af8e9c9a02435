using System.Text.Json;
using System.Text.Json.Nodes;
using Samenhang.TestSupport;

namespace Samenhang.Host.Tests.Commands;

/// <summary><c>run assess</c>, in this process, on real case files.</summary>
public sealed class AssessCommandTests
{
    private static readonly string Simon = Repository.Cases("work-participation-a", "arb-c08.json");

    [Fact]
    public async Task Every_expectation_of_work_participation_a_holds()
    {
        var ran = await Ran.Of("assess", "--check", Repository.Cases("work-participation-a"));
        Assert.Empty(ran.Error);
        Assert.Matches(@"^\d{3,} passed, 0 failed$", Assert.Single(ran.OutputLines));
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task An_expectation_that_does_not_hold_is_one_line_and_exit_status_one()
    {
        using var folder = new TemporaryFolder();
        var path = Changed(folder, "a.json", file => file["expect"]!["notFlags"] = new JsonArray("coordination.bedrijfsarts-treater-no-contact"));
        var ran = await Ran.Of("assess", "--check", path);
        Assert.Contains($"{path}: no flag coordination.bedrijfsarts-treater-no-contact, came: raised on the case", ran.OutputLines);
        Assert.Matches(@"^\d+ passed, [1-9]\d* failed$", ran.OutputLines[^1]);
        Assert.Equal(1, ran.ExitCode);
    }

    [Fact]
    public async Task Beside_JSON_the_comparison_stays_out_of_the_lines_and_the_sum_comes_last()
    {
        var ran = await Ran.Of("assess", "--check", "--format", "json", Simon);
        Assert.All(ran.OutputLines.SkipLast(1), line => JsonDocument.Parse(line).Dispose());
        Assert.EndsWith("0 failed", ran.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_is_one_object_a_line_for_the_case_and_for_each_variant()
    {
        var ran = await Ran.Of("assess", "--format", "json", Simon);
        var variants = JsonNode.Parse(await File.ReadAllTextAsync(Simon))!["variants"]!.AsArray().Select(variant => (string?)variant!["id"]);
        Assert.Equal(variants.Prepend(null), ran.OutputLines.Select(line => (string?)JsonNode.Parse(line)!["variant"]));
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task JSON_has_the_keys_that_its_readers_rely_on()
    {
        var line = JsonNode.Parse((await Ran.Of("assess", "--format", "json", Simon)).OutputLines[0])!.AsObject();
        Assert.Equal(["case", "variant", "asOf", "coverage", "facts", "flags", "questions", "plan"], Keys(line));
        Assert.Equal(
            ["needId", "scheme", "product", "service", "outcome", "paymentMode", "payer", "fallbackPayer", "strength", "modal", "contested", "contestedBy",
             "indicative", "legalRisk", "responsible", "openConditions", "missingFacts", "reason", "ruleIds", "sources", "validAt", "explanationNl"],
            Keys(line["coverage"]![0]!));
        Assert.Equal(["id", "family", "severity", "ruleIds", "explanationNl", "suggestedAction", "settled"], Keys(line["flags"]![0]!).Except(["need", "provision", "party"]));
        Assert.Equal(["fact", "questionNl", "askedOf"], Keys(line["questions"]![0]!));
        Assert.Equal(["responsible", "coordinator", "casemanager", "actions", "deadlines", "blocked"], Keys(line["plan"]!));
        Assert.Equal("2016-10-01", (string?)line["asOf"]);
    }

    [Fact]
    public async Task Every_answer_has_a_rule_a_place_in_a_source_and_a_Dutch_sentence()
    {
        foreach (var line in (await Ran.Of("assess", "--format", "json", Repository.Cases("work-participation-a"))).OutputLines)
        {
            foreach (var row in JsonNode.Parse(line)!["coverage"]!.AsArray())
            {
                Assert.NotEmpty(row!["ruleIds"]!.AsArray());
                Assert.All(row["sources"]!.AsArray(), source => Assert.Matches(@"^\d", (string)source!["lines"]!));
                Assert.NotEmpty((string)row["explanationNl"]!);
                Assert.Equal((string?)row["outcome"] == "undetermined", row["reason"] is not null);
            }
        }
    }

    [Fact]
    public async Task What_a_file_expects_and_how_it_is_called_changes_nothing_in_the_answer()
    {
        using var folder = new TemporaryFolder();
        var bare = Changed(folder, "bare.json", file =>
        {
            file.Remove("expect");
            file.Remove("id");
            file.Remove("title");
            foreach (var variant in file["variants"]!.AsArray())
            {
                variant!.AsObject().Remove("expect");
            }
        });
        var whole = (await Ran.Of("assess", "--format", "json", Simon)).Output;
        var stripped = (await Ran.Of("assess", "--format", "json", bare)).Output;
        Assert.Equal(whole, stripped.Replace("\"case\":\"bare\"", "\"case\":\"ARB-C08\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_files_give_the_same_bytes_in_the_order_of_their_names()
    {
        var one = await Ran.Of("assess", "--format", "json", Repository.Cases("work-participation-a"));
        var two = await Ran.Of("assess", "--format", "json", Repository.Cases("work-participation-a"));
        Assert.Equal(one.Output, two.Output);
        var files = one.OutputLines.Select(line => (string)JsonNode.Parse(line)!["case"]!).Distinct().Select(id => id.ToUpperInvariant()).ToList();
        Assert.Equal(files.Order(StringComparer.Ordinal), files);
    }

    [Fact]
    public async Task Text_shows_the_matrix_the_findings_the_reasons_the_questions_and_no_control_codes()
    {
        var ran = await Ran.Of("assess", Simon);
        Assert.Contains("✔ gedekt", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Wat vraagt aandacht", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Volgende stap:", ran.Output, StringComparison.Ordinal);
        Assert.Contains("ARB-44: 002_cbc2ba9c0265af32.txt, regels 496-506, 4520-4524", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Wat moet worden gevraagd", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ran.Output);
    }

    [Fact]
    public async Task Text_comes_in_English_when_asked()
    {
        Assert.Contains("✔ covered", (await Ran.Of("--lang", "en", "assess", Simon)).Output, StringComparison.Ordinal);
        Assert.Contains("✔ covered", (await Ran.In([("LANG", "en_GB.UTF-8")], "assess", Simon)).Output, StringComparison.Ordinal);
        Assert.Contains("✔ gedekt", (await Ran.In([("LANG", "en_GB.UTF-8")], "assess", "--lang", "nl", Simon)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_file_gives_its_faults_and_no_answer_and_the_others_are_still_assessed()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a.json", """
            {"format": "samenhang-case/1",
             "asOf": "2016-13-01",
             "needs": [{"id": "n1", "kind": "incme"}]}
            """);
        Write(folder, "b.json", await File.ReadAllTextAsync(Simon));
        var ran = await Ran.Of("assess", "--format", "json", folder.Path);
        Assert.Equal(
            [
                $"{folder.Path}/a.json(2,10): $.asOf: De dag 2016-13-01 bestaat niet.",
                $"{folder.Path}/a.json(3,33): $.needs[0].kind: De soort behoefte 'incme' bestaat niet. Bedoel je 'income'?",
            ],
            ran.ErrorLines);
        Assert.All(ran.OutputLines, line => Assert.Equal("ARB-C08", (string?)JsonNode.Parse(line)!["case"]));
        Assert.Equal(1, ran.ExitCode);
    }

    [Fact]
    public async Task A_faulty_file_counts_as_a_failure_of_the_check()
    {
        using var folder = new TemporaryFolder();
        var ran = await Ran.Of("assess", "--check", Write(folder, "a.json", "nonsense"));
        Assert.Equal("0 passed, 1 failed", ran.OutputLines[^1]);
        Assert.Equal(1, ran.ExitCode);
    }

    [Fact]
    public async Task A_file_that_forgot_its_expectations_does_not_pass_the_check()
    {
        using var folder = new TemporaryFolder();
        var ran = await Ran.Of("assess", "--check", Write(folder, "a.json", """{"format": "samenhang-case/1", "id": "a", "asOf": "2016-10-01"}"""));
        Assert.Contains("'expect' ontbreekt", ran.Error, StringComparison.Ordinal);
        Assert.Equal(1, ran.ExitCode);
    }

    [Theory]
    [InlineData("Noem ten minste één casusbestand of map.")]
    [InlineData("Er is geen bestand of map 'no-such-file.json'.", "no-such-file.json")]
    [InlineData("Onbekende optie '--chek'. Bedoel je '--check'?", "--chek", "x.json")]
    [InlineData("De vorm 'xml' bestaat niet; kies text of json.", "--format", "xml")]
    [InlineData("De optie --format heeft een waarde nodig.", "--format")]
    public async Task Wrong_usage_is_said_clearly_with_exit_status_two(string expected, params string[] args)
    {
        var ran = await Ran.Of(["assess", .. args]);
        Assert.Contains(expected, ran.ErrorLines);
        Assert.Empty(ran.Output);
        Assert.Equal(2, ran.ExitCode);
    }

    private static string Write(TemporaryFolder folder, string name, string content)
    {
        File.WriteAllText(folder.File(name), content);
        return folder.File(name);
    }

    private static string Changed(TemporaryFolder folder, string name, Action<JsonObject> change)
    {
        var file = JsonNode.Parse(File.ReadAllText(Simon))!.AsObject();
        change(file);
        return Write(folder, name, file.ToJsonString());
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(member => member.Key);
}
