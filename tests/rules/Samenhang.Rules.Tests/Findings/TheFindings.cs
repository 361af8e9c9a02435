using System.Text.Json;
using System.Text.Json.Nodes;
using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Tests.Findings;

/// <summary>When a finding is raised, when it only asks, and when a more special one stands for it.</summary>
public sealed class TheFindings
{
    private sealed record Flag(string Id, string Scope, string Predicate, string? Refines = null, string[]? Rules = null);

    private static readonly Case TwoNeeds = Given.Case("""
        "needs": [ { "id": "n1", "kind": "housing" }, { "id": "n2", "kind": "income" } ],
        "provisions": [ { "id": "p1", "scheme": "sggz", "domain": "zvw", "status": "running", "needIds": ["n1"] } ],
        "parties": [ { "id": "a1", "role": "huisarts" } ]
        """);

    private static FindingBook Book(params Flag[] flags)
    {
        var folder = Directory.CreateTempSubdirectory("samenhang-findings-");
        try
        {
            foreach (var file in Directory.GetFiles(Repository.VocabularyFolder))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            File.WriteAllText(Path.Combine(folder.FullName, "flags.json"), JsonSerializer.Serialize(flags.Select(flag => new JsonObject
            {
                ["id"] = flag.Id, ["family"] = flag.Id.Split('.')[0], ["labelNl"] = flag.Id, ["meaning"] = flag.Id, ["severity"] = "attention", ["scope"] = flag.Scope,
                ["predicate"] = flag.Predicate, ["suggestedAction"] = "Kijk.", ["refines"] = flag.Refines, ["rules"] = new JsonArray([.. (flag.Rules ?? []).Select(rule => JsonValue.Create(rule))]),
            })));

            // The terms name findings that are not among these.
            File.WriteAllText(Path.Combine(folder.FullName, "deadlines.json"), "[]");
            var vocabulary = VocabularyLoader.Load(folder.FullName);
            return RulebookSet.Load(DerivedFacts.Load(vocabulary, Path.Combine(folder.FullName, "derived.yaml")), new Dictionary<string, IReadOnlyList<RuleFile>>()).Findings;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The items of a case belong to its vocabulary, but a finding looks at them by identifier only.
    private static IEnumerable<string> Raised(FindingBook book, Case? @case = null) =>
        book.Evaluate(@case ?? TwoNeeds, []).Raised.Select(found => $"{found.Flag.Id}@{found.Item.Need ?? found.Item.Provision ?? found.Item.Party ?? "case"}");

    [Fact]
    public void Is_raised_once_for_each_item_of_its_scope_that_it_is_true_for()
    {
        Assert.Equal(["route.a@case"], Raised(Book(new Flag("route.a", "case", "count(n: n.id != none) = 2"))));
        Assert.Equal(["route.a@n1", "route.a@n2"], Raised(Book(new Flag("route.a", "need", "true"))));
        Assert.Equal(["route.a@n1"], Raised(Book(new Flag("route.a", "need", "need.kind = housing"))));
        Assert.Equal(["route.a@p1"], Raised(Book(new Flag("route.a", "provision", "run(p)"))));
        Assert.Equal(["route.a@a1"], Raised(Book(new Flag("route.a", "party", "a.role = huisarts"))));
    }

    [Fact]
    public void Asks_when_it_is_unknown_and_is_not_raised()
    {
        var result = Book(new Flag("route.a", "need", "gp.canTreat and work.sickListed")).Evaluate(TwoNeeds, []);
        Assert.Empty(result.Raised);
        Assert.Equal(["n1", "n2"], result.Undecided.Select(open => open.Item.Need));
        Assert.Equal(["gp.canTreat@n1", "work.sickListed@"], result.Undecided[0].MissingFacts.Select(use => $"{use.Fact}@{use.Item}"));
    }

    [Fact]
    public void Is_dropped_for_the_same_item_when_a_more_special_one_is_raised() => Assert.Equal(
        ["route.general@n2", "route.special@n1"],
        Raised(Book(new Flag("route.general", "need", "true"), new Flag("route.special", "need", "need.kind = housing", "route.general"))));

    [Fact]
    public void Is_dropped_over_a_chain_even_when_the_middle_is_not_raised() => Assert.Equal(
        ["route.c@n1", "route.c@n2"],
        Raised(Book(new Flag("route.a", "need", "true"), new Flag("route.b", "need", "false", "route.a"), new Flag("route.c", "need", "true", "route.b"))));

    [Fact]
    public void Of_the_case_counts_for_every_item() => Assert.Equal(
        ["route.special@case"],
        Raised(Book(new Flag("route.general", "need", "true"), new Flag("route.special", "case", "true", "route.general"))));

    [Fact]
    public void That_is_dropped_itself_still_stands_for_what_it_refines() => Assert.Equal(
        ["route.c@n1"],
        Raised(Book(new Flag("route.a", "need", "need.kind = income"), new Flag("route.b", "case", "true", "route.a"), new Flag("route.c", "need", "need.kind = housing", "route.b"))));

    [Fact]
    public void Is_not_asked_about_when_a_more_special_one_stands_for_it()
    {
        var result = Book(new Flag("route.general", "need", "gp.canTreat"), new Flag("route.special", "need", "need.kind = housing", "route.general")).Evaluate(TwoNeeds, []);
        Assert.Equal(["n2"], result.Undecided.Select(open => open.Item.Need));
    }

    [Fact]
    public void Takes_part_when_one_of_its_rules_is_of_a_loaded_document()
    {
        var book = Book(
            new Flag("route.none", "case", "true"), new Flag("route.one", "case", "true", Rules: ["GB-01", "PAL-02"]), new Flag("route.both", "case", "true", Rules: ["X-01"]));
        Case With(string books) => Given.Case($""" "rulebooks": [{books}] """);
        Assert.Equal(["route.none@case"], Raised(book, With(""" "003" """)));
        Assert.Equal(["route.none@case", "route.one@case"], Raised(book, With(""" "001", "000" """)));
        Assert.Equal(["route.none@case", "route.one@case", "route.both@case"], Raised(book, With(""" "004", "000", "003" """)));
    }

    [Fact]
    public void Is_refined_only_over_findings_that_take_part() => Assert.Equal(
        ["route.a@case", "route.c@case"],
        Raised(Book(new Flag("route.a", "case", "true"), new Flag("route.b", "case", "true", "route.a", ["GB-01"]), new Flag("route.c", "case", "true", "route.b")), Given.Case(""" "rulebooks": ["000"] """)));

    [Fact]
    public void Says_what_it_saw()
    {
        var found = Assert.Single(Book(new Flag("route.a", "case", "work.sickListed")).Evaluate(Given.Case(""" "facts": { "work.sickListed": true } """), []).Raised);
        Assert.EndsWith(": ja.", found.Explanation.Nl, StringComparison.Ordinal);
        Assert.Equal("work.sickListed", Assert.Single(found.Facts).Fact);
    }

    [Fact]
    public void With_a_fault_stops_the_start_and_names_its_line()
    {
        var fault = Assert.Throws<RulebookException>(() => Book(new Flag("route.a", "case", "work.sickListd"))).Message;
        Assert.Contains("route.a", fault, StringComparison.Ordinal);
        Assert.Contains("did you mean work.sickListed?", fault, StringComparison.Ordinal);
    }
}
