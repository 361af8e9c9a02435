using Samenhang.Rules.Policies;

namespace Samenhang.Rules.Tests.Policies;

/// <summary>What a tenant's file may hold; whatever else stands in it is told with its line.</summary>
public sealed class TheTenantFiles
{
    private const string Source = "valid: 2016-01-01.., source: Besluit 1";

    [Fact]
    public void Of_the_repository_have_no_faults()
    {
        var tenants = PolicySet.Load(Repository.Vocabulary, Repository.VocabularyFolder, Repository.TenantsFolder).Tenants.Values;
        Assert.Equal(2, tenants.Count(tenant => tenant.Kind.Id == "municipality"));
        Assert.Equal(1, tenants.Count(tenant => tenant.Kind.Id == "insurer"));
        Assert.All(tenants.SelectMany(tenant => tenant.Facts), fact => Assert.NotEqual("", fact.Source));
    }

    [Fact]
    public void Tell_all_their_faults_at_once_each_with_its_line() => Assert.Equal(
        [
            "gm1.yaml(5): gemeente.wijkteem is no fact (did you mean gemeente.wijkteam?)",
            "gm1.yaml(6): yes must be true or false",
            "gm1.yaml(7): opened is no value of gemeente.lowThresholdFacility (did you mean open?)",
            "gm1.yaml(8): source is missing",
            "gm1.yaml(9): valid is missing",
            "gm1.yaml(10): from 2016 is no period; write 2013-01-01..2016-12-31, with an open end left out",
            "gm1.yaml(11): a policy begins on a day; write 2016-01-01.. or 2016-01-01..2016-12-31",
            "gm1.yaml(13): walk-in is no option",
        ],
        Given.FaultsInMunicipality($$"""
            facts:
            - { id: gemeente.wijkteem, value: true, {{Source}} }
            - { id: gemeente.wijkteam, value: yes, {{Source}} }
            - { id: gemeente.lowThresholdFacility, value: opened, {{Source}} }
            - { id: gemeente.debtSupport, value: true, valid: 2016-01-01.. }
            - { id: gemeente.ipsBudget, value: true, source: Besluit 1 }
            - { id: gemeente.policyKnown, value: true, valid: from 2016, source: Besluit 1 }
            - { id: gemeente.restrictiveTargets, value: true, valid: ..2016-12-31, source: Besluit 1 }
            options:
            - { id: walk-in, {{Source}} }
            """));

    [Theory]
    [InlineData("facts:\n- { id: policy.referrers, value: [huisarts], {0} }", "policy.referrers is not for a tenant of kind municipality to state")]
    [InlineData("facts:\n- { id: client.birthDate, value: 2000-01-01, {0} }", "client.birthDate is not for a tenant of kind municipality to state")]
    [InlineData("parameters:\n- { id: ggz.waitingNormDays, value: 3, {0} }", "ggz.waitingNormDays is not for a tenant of kind municipality to decide")]
    [InlineData("parameters:\n- { id: gbggz.maxTariff.kort, value: 3, {0} }", "gbggz.maxTariff.kort may not be overridden")]
    [InlineData("parameters:\n- { id: acp.lateDay, value: 3, {0} }", "acp.lateDay is no parameter")]
    [InlineData("parameters:\n- { id: acp.lateDays, value: soon, {0} }", "soon must be a number")]
    [InlineData("parameters:\n- { id: acp.lateDays, value: 3, {0} }\n- { id: acp.lateDays, value: 4, valid: 2015-01-01..2016-01-01, source: a }", "acp.lateDays stands already in line 5 for these days")]
    [InlineData("fact:\n- { id: acp.lateDays }", "fact means nothing here")]
    [InlineData("areas:\n- { id: jeugdregios, code: J1, name: Noord, {0} }", "jeugdregios is no region of a domain (did you mean jeugdregio?)")]
    [InlineData("areas:\n- { id: jeugdregio, code: J1, name: Noord, {0} }\n- { id: jeugdregio, code: J2, name: Zuid, {0} }", "jeugdregio stands already in line 5 for these days")]
    [InlineData("contacts:\n- { id: c, organisation: Wijkteam, service: gemeente, role: informal-carer, reach: bel, {0} }", "informal-carer is no role of an organisation")]
    [InlineData("contacts:\n- { id: c, organisation: Wijkteam, service: gemeente, role: wijkteam, reach: vraag naar mevr. Jansen, {0} }", "reach seems to name a person")]
    [InlineData("initiatives:\n- { id: i, name: Inloop, needs: [lonelyness], capacity: unknown, {0} }", "lonelyness is no need (did you mean loneliness?)")]
    [InlineData("initiatives:\n- { id: i, name: Inloop, {0} }", "capacity is missing")]
    [InlineData("initiatives:\n- { id: i, name: Inloop, capacity: 30, {0} }", "per is missing")]
    [InlineData("initiatives:\n- { id: i, name: Inloop, capacity: many, per: week, {0} }", "many must be a whole number, or unknown")]
    [InlineData("initiatives:\n- { id: i, name: Inloop, capacity: 30, per: week, valid: 2016-01-01.. }", "source is missing")]
    [InlineData("facts: none", "facts must be a list of entries")]
    public void Hold_only_what_is_the_tenants_to_decide(string policy, string fault) =>
        Assert.Contains(Given.FaultsInMunicipality(policy.Replace("{0}", Source, StringComparison.Ordinal)), line => line.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("gm2.yaml", "id: gm1\nkind: municipality\nname: A", "gm2.yaml(1): the file of gm1 must be called gm1.yaml")]
    [InlineData("gm1.yaml", "id: gm1\nkind: municipalty\nname: A", "gm1.yaml(2): municipalty is no kind of tenant")]
    [InlineData("gm1.yaml", "id: GM 1\nkind: municipality\nname: A", "gm1.yaml(1): GM 1 is no id")]
    [InlineData("gm1.yaml", "id: gm1\nkind: municipality", "gm1.yaml(1): name is missing")]
    [InlineData("gm1.yaml", "id: gm1\n  kind: [", "gm1.yaml(2): this is no YAML")]
    public void Say_who_the_tenant_is(string file, string text, string fault) => Assert.Contains(
        Assert.Throws<RulebookException>(() => PolicySet.Of(Repository.Vocabulary, [new RuleFile(file, text)])).Faults,
        line => line.ToString().StartsWith(fault, StringComparison.Ordinal));

    [Fact]
    public void Are_no_faults_of_the_list_of_parameters()
    {
        var folder = Directory.CreateTempSubdirectory("samenhang-parameters-");
        try
        {
            var file = Path.Combine(folder.FullName, "parameters.json");
            var text = File.ReadAllText(Path.Combine(Repository.VocabularyFolder, "parameters.json"));
            PolicySet Load(string from, string to)
            {
                Assert.Contains(from, text, StringComparison.Ordinal);
                File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
                return PolicySet.Load(Repository.Vocabulary, folder.FullName, Repository.TenantsFolder);
            }

            string FaultOf(string from, string to) => Assert.Single(Assert.Throws<RulebookException>(() => Load(from, to)).Faults).ToString();

            Assert.NotEqual(Load("472.65", "472.65").Version, Load("472.65", "480").Version);
            Assert.StartsWith("parameters.json(4): value must be", FaultOf("472.65", "{}"), StringComparison.Ordinal);
            Assert.StartsWith("parameters.json: gbggz.maxTariff.kort, which the rules may name, is gone", FaultOf("\"gbggz.maxTariff.kort\"", "\"gbggz.maxTariff.kart\""), StringComparison.Ordinal);
            Assert.StartsWith("parameters.json: gbggz.maxTariff.kort is of another kind", FaultOf("472.65", "\"a lot\""), StringComparison.Ordinal);
            Assert.StartsWith("parameters.json(", FaultOf(text, text[..(text.Length / 2)]), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
