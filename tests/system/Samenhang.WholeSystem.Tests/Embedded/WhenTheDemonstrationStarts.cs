using Samenhang.Host.Commands;
using Samenhang.Host.Commands.Assess;
using Samenhang.Host.Commands.Start;
using Samenhang.Host.Embedded;
using Samenhang.Language;
using Samenhang.Language.CaseFiles;
using Samenhang.Rules;
using Samenhang.Rules.Policies;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>What a newcomer sees first.</summary>
public sealed class WhenTheDemonstrationStarts(EmbeddedFixture fixture) : IClassFixture<EmbeddedFixture>
{
    private static readonly string[] Services = ["zvw", "gemeente", "uwv", "employer", "casemanager"];
    private static readonly string[] Shown = ["Simon (42)", "Monique (45)", "Marga (58)", "Huisartsenzorg", "Burn-out in ggz: werkgever betaalt niet", "gRPC"];

    [Fact]
    public async Task Three_households_are_shown_with_matrix_findings_and_addresses()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var output = new StringWriter();

        var status = await StartCommand.RunAsync(new StartRequest(null, Once: true, output, _ => null, Voice.Dutch), limit.Token);

        var text = output.ToString();
        Assert.Equal(0, status);
        foreach (var expected in Shown)
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Each_household_shows_cover_findings_and_questions_and_starting_again_opens_none_twice()
    {
        var vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);
        var demo = new DemoHouseholds(vocabulary, fixture.Casemanager);

        var first = await demo.OpenAsync(CancellationToken.None);
        var again = await demo.OpenAsync(CancellationToken.None);

        Assert.Equal(3, first.Count);
        Assert.Equal(first.Select(household => household.CaseId), again.Select(household => household.CaseId));
        Assert.All(first, household =>
        {
            Assert.Contains(household.Plan.Coverage, row => row.Outcome == Protos.Common.V1.Outcome.Covered);
            Assert.True(household.Plan.Findings.Count >= 3, $"{household.Title} has {household.Plan.Findings.Count} findings");
            Assert.NotEmpty(household.Plan.Questions);
            Assert.Empty(household.Plan.SilentDomains);
        });
    }

    [Fact]
    public async Task The_web_page_shows_the_households()
    {
        var households = await new DemoHouseholds(VocabularyLoader.Load(VocabularyLoader.DefaultFolder), fixture.Casemanager).OpenAsync(CancellationToken.None);
        using var browser = await PageSession.BeginAsync(fixture.System.AddressOf(Ports.Web), DemoPerson.Noor);

        var list = await browser.Client.GetStringAsync(new Uri("cases?lang=nl", UriKind.Relative));
        var page = await browser.Client.GetStringAsync(new Uri($"cases/{households[0].CaseId}?lang=nl", UriKind.Relative));

        Assert.All(households, household => Assert.Contains(household.CaseId, list, StringComparison.Ordinal));
        Assert.Contains("Simon (42)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_that_came_over_the_bus_is_the_one_that_the_command_line_makes()
    {
        var vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);
        var folders = Services.ToDictionary(service => service, service => Path.Combine(AppContext.BaseDirectory, "rulebooks", service));
        var policies = PolicySet.Load(vocabulary, VocabularyLoader.DefaultFolder, Path.Combine(AppContext.BaseDirectory, "tenants"));
        var assessor = new CaseFileAssessor(vocabulary, RulebookSet.Load(vocabulary, VocabularyLoader.DefaultFolder, folders, policies));
        var households = await new DemoHouseholds(vocabulary, fixture.Casemanager).OpenAsync(CancellationToken.None);

        foreach (var path in Directory.EnumerateFiles(DemoHouseholds.Folder, "*.json"))
        {
            var file = Assert.IsType<CaseFileReading.Read>(new CaseFileReader(vocabulary).ReadFile(path)).File;
            var atOnce = assessor.Assess(file, path).First().Plan;
            var overTheBus = PlanReader.Read(Assert.Single(households, household => household.Title == file.Title).Plan);

            Assert.Equal(
                atOnce.Coverage.Select(row => (row.NeedId, row.Scheme, row.Outcome, row.Payer, row.Explanation.Nl)),
                overTheBus.Coverage.Select(row => (row.NeedId, row.Scheme, row.Outcome, row.Payer, row.Explanation.Nl)));
            Assert.Equal(atOnce.Findings.Select(finding => (finding.FlagId, finding.NeedId)), overTheBus.Findings.Select(finding => (finding.FlagId, finding.NeedId)));
        }
    }
}
