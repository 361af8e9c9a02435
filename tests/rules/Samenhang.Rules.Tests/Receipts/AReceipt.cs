using System.Text;
using System.Text.Json.Nodes;
using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Rules.Tests.Properties;

namespace Samenhang.Rules.Tests.Receipts;

/// <summary>The proof of an answer: redone later it gives the same bytes, or says what differs.</summary>
public sealed class AReceipt
{
    private static readonly IReadOnlyList<(string Name, Case Case)> Files = [.. Repository.Cases.Where(one => !one.Name.Contains('/', StringComparison.Ordinal))];

    private static readonly Case Simon = Given.Need("psych-treatment", """ "health.dsmDisorder": "none" """, """ "client.birthDate": "1974-03-02" """);

    private static readonly string Rules = Given.Rule("ARB-1", "covers", "gp-care", "health.dsmDisorder = none and client.age >= par('ggz.adultAge')");

    private static RulebookSet Set(string rules, string name = "rules.yaml") =>
        RulebookSet.Load(Repository.Derived, new Dictionary<string, IReadOnlyList<RuleFile>> { ["zvw"] = [Given.RulesFile(rules, name)] });

    private static byte[] Write(string rules, Case? @case = null) => Receipt.Write(Set(rules).ByService["zvw"], @case ?? Simon);

    private static IReadOnlyList<string> Differences(Redone redone) => Assert.IsType<Redone.Different>(redone).Differences;

    [Fact]
    public void Of_every_case_file_and_service_redoes_to_the_same_bytes()
    {
        var round = new Round(Repository.Rulebooks);
        var views = new DomainViews(Repository.Vocabulary);
        Assert.True(Files.Count > 250, $"only {Files.Count} case files");
        Parallel.ForEach(Files, file =>
        {
            var (name, @case) = file;
            foreach (var rulebook in Repository.Rulebooks.ByService.Values)
            {
                Same(Receipt.Write(rulebook, views.For(rulebook.Service, @case)), $"{name}: {rulebook.Service}");
            }

            var assessment = round.Of(@case);
            Same(Receipt.Write(Repository.Rulebooks.Findings, assessment.Case, assessment.Coverage), $"{name}: findings");
        });
    }

    private static void Same(byte[] receipt, string where)
    {
        var redone = Receipt.Redo(receipt, Repository.Rulebooks);
        Assert.True(redone is Redone.Same, $"{where}: {(redone is Redone.Different different ? string.Join("; ", different.Differences) : redone.ToString())}");
    }

    [Fact]
    public void Says_what_was_asked_by_which_rules_and_numbers_and_what_came_out()
    {
        var receipt = JsonNode.Parse(Write(Rules))!;
        Assert.Equal("samenhang-receipt/1", receipt["format"]!.ToString());
        Assert.Equal("none", receipt["case"]!["needs"]![0]!["facts"]!["health.dsmDisorder"]!.ToString());
        Assert.Equal(Repository.Vocabulary.Version, receipt["vocabulary"]!.ToString());
        Assert.Equal(Given.RulesFile(Rules).Digest, receipt["files"]!["rules.yaml"]!.ToString());
        Assert.Equal(["ggz.adultAge"], receipt["parameters"]!.AsObject().Select(parameter => parameter.Key));
        Assert.Equal("covered", receipt["result"]![0]!["outcome"]!.ToString());
        Assert.Equal(64, receipt["sha256"]!.ToString().Length);
    }

    [Fact]
    public void Of_a_suggested_row_redoes_with_the_row()
    {
        var rulebooks = Set(Given.Rule("ARB-1", "covers", "sggz", needs: "any"));
        var receipt = Receipt.Write(rulebooks.ByService["zvw"], Simon, [("n1", "sggz")]);
        Assert.IsType<Redone.Same>(Receipt.Redo(receipt, rulebooks));
        Assert.Equal("sggz", JsonNode.Parse(receipt)!["result"]![0]!["scheme"]!.ToString());
    }

    [Fact]
    public void Names_the_fact_that_differs_from_another_receipt() => Assert.Equal(
        ["case.needs[n1].facts.health.dsmDisorder: \"none\" → \"suspected\"", "result[n1 × gp-care].outcome: \"covered\" → \"notCovered\""],
        Receipt.Differences(Write(Rules), Write(Rules, Given.Need("psych-treatment", """ "health.dsmDisorder": "suspected" """, """ "client.birthDate": "1974-03-02" """)))
            .Where(line => line.StartsWith("case", StringComparison.Ordinal) || line.Contains("outcome", StringComparison.Ordinal)));

    [Fact]
    public void Names_the_rule_file_that_changed_and_what_it_changes()
    {
        var differences = Differences(Receipt.Redo(Write(Rules), Set(Rules.Replace("= none", "= confirmed", StringComparison.Ordinal))));
        Assert.Contains(differences, line => line.StartsWith("files.rules.yaml: ", StringComparison.Ordinal));
        Assert.Contains("result[n1 × gp-care].outcome: \"covered\" → \"notCovered\"", differences);
        Assert.Contains(Differences(Receipt.Redo(Write(Rules), Set(Rules, "other.yaml"))), line => line.StartsWith("files.rules.yaml: ", StringComparison.Ordinal) && line.EndsWith("→ nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_the_number_that_changed()
    {
        static Rules.Policies.PolicySet Norm(int days) => Given.Insurer($"parameters:\n- {{ id: ggz.waitingNormDays, value: {days}, valid: 2020-01-01.., source: Inkoopbeleid }}\n");
        var rules = new Dictionary<string, IReadOnlyList<RuleFile>> { ["zvw"] = [Given.RulesFile(Given.Rule("ARB-1", "covers", "gp-care", "par('ggz.waitingNormDays') > 60"))] };
        var later = Given.Need("psych-treatment", asOf: "2021-01-01", more: """ "region": { "insurer": "ins1" } """);
        var before = RulebookSet.Load(Repository.Derived, rules, Norm(70));
        var receipt = Receipt.Write(before.ByService["zvw"], later);
        Assert.IsType<Redone.Same>(Receipt.Redo(receipt, before));
        var differences = Differences(Receipt.Redo(receipt, RulebookSet.Load(Repository.Derived, rules, Norm(50))));
        Assert.Contains("parameters.ggz.waitingNormDays: 70 → 50", differences);
        Assert.Contains(differences, line => line.StartsWith("tenants.ins1: ", StringComparison.Ordinal));
    }

    [Fact]
    public void That_was_tampered_with_is_told_apart_and_shows_what_the_change_leads_to()
    {
        var text = Encoding.UTF8.GetString(Write(Rules));
        var forged = Encoding.UTF8.GetBytes(text.Replace("\"health.dsmDisorder\":\"none\"", "\"health.dsmDisorder\":\"refuted\"", StringComparison.Ordinal));
        var differences = Differences(Receipt.Redo(forged, Set(Rules)));
        Assert.Equal("sha256: the receipt was changed after it was written", differences[0]);
        Assert.Contains("result[n1 × gp-care].outcome: \"covered\" → \"notCovered\"", differences);
        var better = Encoding.UTF8.GetBytes(text.Replace("\"outcome\":\"covered\"", "\"outcome\":\"conditional\"", StringComparison.Ordinal));
        Assert.Contains("result[n1 × gp-care].outcome: \"conditional\" → \"covered\"", Differences(Receipt.Redo(better, Set(Rules))));
    }

    [Fact]
    public void With_any_byte_changed_never_passes()
    {
        var receipt = Write(Rules);
        for (var i = 0; i < receipt.Length; i += 7)
        {
            var changed = (byte[])receipt.Clone();
            changed[i] ^= 1;
            Assert.IsNotType<Redone.Same>(Receipt.Redo(changed, Set(Rules)));
        }

        byte[] spaced = [.. receipt, (byte)'\n'];
        Assert.StartsWith($"byte {receipt.Length}", Assert.Single(Differences(Receipt.Redo(spaced, Set(Rules)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"format":"samenhang-receipt/2"}""")]
    [InlineData("""{"format":"samenhang-receipt/1","of":"nobody","case":{"id":"x","asOf":"2016-01-01"}}""")]
    public void That_is_none_is_refused_in_words(string text) =>
        Assert.NotEmpty(Assert.IsType<Redone.Unreadable>(Receipt.Redo(Encoding.UTF8.GetBytes(text), Set(Rules))).Why);
}
