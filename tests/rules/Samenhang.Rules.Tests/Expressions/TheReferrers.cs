using Samenhang.Rules.Evaluation;

namespace Samenhang.Rules.Tests.Expressions;

/// <summary>The conditions of referrers.json, read for a provision.</summary>
public sealed class TheReferrers
{
    [Theory]
    [InlineData("huisarts", "gbggz-kort", "", Truth.True)]
    [InlineData("huisarts", "sggz", "", Truth.True)]
    [InlineData("bedrijfsarts", "gbggz-kort", "", Truth.Unknown)]
    [InlineData("bedrijfsarts", "gbggz-kort", """ "policy.referrers": ["bedrijfsarts"] """, Truth.True)]
    [InlineData("bedrijfsarts", "gbggz-kort", """ "policy.referrers": ["jeugdarts"] """, Truth.False)]
    [InlineData("bedrijfsarts", "sggz", """ "policy.referrers": ["bedrijfsarts"] """, Truth.False)]
    [InlineData("jeugdarts", "gbggz-kort", """ "policy.referrers": ["jeugdarts"] """, Truth.True)]
    [InlineData("medisch-specialist", "gbggz-kort", """ "policy.referrers": ["medisch-specialist"] """, Truth.True)]
    [InlineData("medisch-specialist", "sggz", """ "policy.referrers": ["medisch-specialist"] """, Truth.False)]
    [InlineData("poh-ggz", "sggz", "", Truth.Unknown)]
    [InlineData("poh-ggz", "sggz", """ "referral.gpConsent": true """, Truth.True)]
    [InlineData("poh-ggz", "gbggz-kort", """ "referral.gpConsent": false """, Truth.False)]
    [InlineData("self", "gbggz-kort", "", Truth.False)]
    [InlineData("none", "sggz", "", Truth.False)]
    [InlineData("wijkteam", "sggz", "", Truth.Unknown)]
    [InlineData("gbggz-practitioner", "sggz", "", Truth.False)]
    [InlineData("huisarts", "gp-care", "", Truth.Unknown)]
    [InlineData("huisarts", "gp-care", """ "referral.toLevel": "sggz" """, Truth.True)]
    [InlineData("huisarts", "gp-care", """ "referral.toLevel": "msz" """, Truth.Unknown)]
    public void May_refer_as_the_list_says(string referrer, string scheme, string facts, Truth truth) =>
        Assert.Equal(truth, Given.Truth("referrerAllowed(p)", Referred(referrer, scheme, facts), "p1"));

    [Theory]
    [InlineData("bedrijfsarts", "gbggz-kort", "policy.referrers")]
    [InlineData("poh-ggz", "gbggz-kort", "referral.gpConsent@p1")]
    [InlineData("huisarts", "gp-care", "referral.toLevel@p1")]
    public void Miss_only_what_their_own_condition_reads(string referrer, string scheme, string missing) =>
        Assert.Equal([missing], Given.Missing("referrerAllowed(p)", Referred(referrer, scheme), "p1"));

    [Fact]
    public void Are_checked_when_the_list_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("samenhang-referrers-");
        try
        {
            foreach (var file in Directory.GetFiles(Repository.VocabularyFolder))
            {
                File.WriteAllText(
                    Path.Combine(folder.FullName, Path.GetFileName(file)),
                    File.ReadAllText(file).Replace("policy.referrers contains jeugdarts", "policy.referers contains jeugdarts", StringComparison.Ordinal));
            }

            var vocabulary = VocabularyLoader.Load(folder.FullName);
            var faults = Assert.Throws<RulebookException>(() => RulebookSet.Load(
                DerivedFacts.Load(vocabulary, Path.Combine(folder.FullName, "derived.yaml")), new Dictionary<string, IReadOnlyList<RuleFile>>())).Message;
            Assert.Contains("referrers.json: jeugdarts to gbggz: at 1", faults, StringComparison.Ordinal);
            Assert.Contains("policy.referrers", faults, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Case Referred(string referrer, string scheme, string facts = "") => Given.Case($$"""
        "facts": { {{facts}} }, "needs": [ { "id": "n1", "kind": "psych-treatment" } ],
        "provisions": [ { "id": "p1", "scheme": "{{scheme}}", "domain": "zvw", "status": "running", "needIds": ["n1"], "facts": { "referral.by": "{{referrer}}" } } ]
        """);
}
