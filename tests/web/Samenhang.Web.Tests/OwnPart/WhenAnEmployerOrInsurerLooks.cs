using System.Net;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.OwnPart;

/// <summary>What an employer and an insurer get of a case.</summary>
public sealed class WhenAnEmployerOrInsurerLooks(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    [Theory]
    [InlineData("nl", 1280, ColorScheme.Light)]
    [InlineData("nl", 360, ColorScheme.Dark)]
    [InlineData("en", 360, ColorScheme.Light)]
    public async Task They_read_their_own_part_and_what_the_casemanager_gives_stands_on_it(string language, int width, ColorScheme scheme)
    {
        foreach (var (person, viewer) in new[] { (DemoPerson.Employer, Viewer.Employer), (DemoPerson.Insurer, Viewer.Insurer) })
        {
            var seen = await SeenAsync(system.Simon, viewer);
            await using var visit = await system.VisitAsync(chromium, width, scheme, person: person, caseId: system.Simon);
            await visit.Page.GotoAsync(system.At($"/?lang={language}").ToString());
            await Assertions.Expect(visit.Page).ToHaveURLAsync(system.At($"/cases/{system.Simon}/part").ToString());
            await visit.FitsTheWindow();
            await Axe.HasNoViolations(visit.Page);
            var text = await visit.Page.Locator("main").InnerTextAsync();
            var parts = seen.Questions.Select(question => question.Text)
                .Concat(seen.Deadlines.Select(term => term.Title))
                .Concat(seen.Findings.Select(finding => finding.Title))
                .Concat(seen.Coverage.Select(row => row.Explanation))
                .Concat(seen.Facts.Select(fact => fact.Name))
                .ToList();
            Assert.NotEmpty(parts);
            Assert.All(parts, part => Assert.Contains(Said(part, language), text, StringComparison.Ordinal));
            await Assertions.Expect(visit.Page.Locator(".menu a[aria-current]")).ToHaveAttributeAsync("href", "/part");
            visit.HasNoComplaints();
        }
    }

    [Fact]
    public async Task The_employer_reads_terms_and_work_and_nothing_medical()
    {
        var page = await PartAsync(DemoPerson.Employer);
        var known = await system.Sight.ListKnownFactsAsync(new ListKnownFactsRequest { CaseId = system.Simon });
        var (medical, others) = (Facts(known, isMedical: true), Facts(known, isMedical: false));
        Assert.NotEmpty(medical);
        Assert.All(medical, fact => Assert.DoesNotContain(fact.Name.Nl, page, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(others, fact => page.Contains(fact.Name.Nl, StringComparison.Ordinal)); // So the search would find a name.
        Assert.NotEmpty((await SeenAsync(system.Simon, Viewer.Employer)).Deadlines);
    }

    [Fact]
    public async Task The_insurer_reads_what_insured_care_answers_and_no_fact()
    {
        var page = await PartAsync(DemoPerson.Insurer);
        var rows = (await system.PlanAsync(system.Simon)).Coverage;
        Assert.Contains(rows.Where(row => row.Domain == Domain.Zvw), row => page.Contains(row.Explanation.Nl, StringComparison.Ordinal));
        Assert.All(rows.Where(row => row.Domain is Domain.Gemeente or Domain.Uwv), row => Assert.DoesNotContain(row.Explanation.Nl, page, StringComparison.Ordinal));
        Assert.DoesNotContain("id=\"part-known\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_has_nothing_for_them_says_so()
    {
        using var employer = await system.Web.SignInAsync(DemoPerson.Employer, system.Empty);
        Assert.Contains("Er staat nu niets voor u in dit plan", await employer.Client.GetStringAsync($"/cases/{system.Empty}/part"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_is_not_theirs_does_not_exist()
    {
        using var employer = await system.Web.SignInAsync(DemoPerson.Employer, system.Simon);
        foreach (var address in new[] { $"/cases/{system.Monique}/part", $"/live/cases/{system.Monique}" })
        {
            using var answer = await employer.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_page_tells_that_something_changed()
    {
        var caseId = await OneCase.OpenedCase.SimonAsync(system);
        await using var visit = await system.VisitAsync(chromium, person: DemoPerson.Insurer, caseId: caseId);
        await visit.Page.GotoAsync(system.At($"/cases/{caseId}/part").ToString());
        var told = visit.Page.Locator("[data-live]");
        await Assertions.Expect(told).ToBeHiddenAsync();
        await system.Casemanager.AddNeedAsync(new AddNeedRequest { RequestId = "part-live", CaseId = caseId, Need = new Protos.Common.V1.Need { NeedId = "n77", Kind = "psych-treatment" } });
        await Assertions.Expect(told).ToBeVisibleAsync();
    }

    private static List<KnownFact> Facts(ListKnownFactsResponse known, bool isMedical) =>
        [.. known.Facts.Where(fact => (Vocabulary.FactById[fact.FactId].Sensitivity == "medical") == isMedical)];

    private static string Said(Protos.Common.V1.Sentence sentence, string language) => language == "en" && sentence.En.Length > 0 ? sentence.En : sentence.Nl;

    private async Task<ShowCaseAsResponse> SeenAsync(string caseId, Viewer viewer) => await system.Sight.ShowCaseAsAsync(new ShowCaseAsRequest { CaseId = caseId, Viewer = viewer });

    private async Task<string> PartAsync(string person)
    {
        using var reader = await system.Web.SignInAsync(person, system.Simon);
        return WebUtility.HtmlDecode(await reader.Client.GetStringAsync($"/cases/{system.Simon}/part"));
    }
}
