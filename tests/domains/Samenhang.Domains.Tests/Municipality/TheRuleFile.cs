using Samenhang.Gemeente.Istandaarden;
using Samenhang.Language;

namespace Samenhang.Domains.Tests.Municipality;

/// <summary>The rules of the municipality's messages are data that can be read in a review.</summary>
public sealed class TheRuleFile
{
    private static readonly MessageRules Rules = MessageRules.Load(Path.Combine(AppContext.BaseDirectory, "istandaarden", "rules.json"));

    [Fact]
    public void Every_rule_has_a_source_and_says_what_it_says_in_two_languages() => Assert.All(Rules.All, rule =>
    {
        Assert.NotEmpty(rule.Source);
        Assert.EndsWith(".", rule.Nl, StringComparison.Ordinal);
        Assert.EndsWith(".", rule.En, StringComparison.Ordinal);
        Assert.True(rule.Basis is "text" or "context", rule.Basis);
        Assert.Equal(rule.Term is null, rule.Owner is null);
    });

    [Theory]
    [InlineData("OP090", 3, TermUnit.WorkingDays)]
    [InlineData("OP271", 5, TermUnit.WorkingDays)]
    [InlineData("OP272", 5, TermUnit.WorkingDays)]
    [InlineData("OP274", 5, TermUnit.WorkingDays)]
    [InlineData("OP346", 5, TermUnit.WorkingDays)]
    [InlineData("OP090x4", 10, TermUnit.WorkingDays)]
    [InlineData("OP359", 2, TermUnit.Weeks)]
    public void The_terms_are_those_of_the_standard(string rule, int length, TermUnit unit) =>
        Assert.Equal((length, unit), (Rules.Of(rule).Term!.Length, Rules.Of(rule).Term!.Unit));

    [Fact]
    public void Its_schemes_are_those_of_the_municipality()
    {
        var vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

        Assert.All(Rules.Schemes, scheme => Assert.Equal("gemeente", vocabulary.Schemes[scheme].Service));
        Assert.All(Rules.Schemes, scheme => Assert.True(vocabulary.Schemes[scheme].Law is "Wmo" or "Jeugdwet", scheme));
    }

    [Fact]
    public void A_wrong_file_stops_the_start_and_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("rules.json"), """{ "note": "", "schemes": { "note": "", "ids": [] }, "rulez": [] }""");

        var stopped = Assert.Throws<InvalidDataException>(() => MessageRules.Load(folder.File("rules.json")));

        Assert.Contains(folder.File("rules.json"), stopped.Message, StringComparison.Ordinal);
    }
}
