using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.ClientPlan;

/// <summary>The plan as the client gets it, and who looked at it.</summary>
public sealed partial class ClientPlanTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    private const float A4Width = 595;
    private const float A4Height = 842;

    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("en", 1280)]
    [InlineData("nl", 390)]
    [InlineData("en", 390)]
    public async Task The_plan_for_the_client_says_what_happens_and_prints_on_two_pages(string language, int width)
    {
        foreach (var caseId in new[] { system.Simon, system.Monique })
        {
            await using var visit = await system.VisitAsync(chromium, width, person: DemoPerson.Client, caseId: caseId);
            await visit.Page.GotoAsync(system.At($"/cases/{caseId}/for-client?lang={language}").ToString());
            await visit.FitsTheWindow();
            await Axe.HasNoViolations(visit.Page);
            var plan = await system.PlanAsync(caseId);
            var text = await visit.Page.Locator("main").InnerTextAsync();
            Assert.All(plan.Needs.Take(8), need => Assert.Contains(language == "nl" ? need.Label.Nl : need.Label.En, text, StringComparison.OrdinalIgnoreCase));

            // Nothing of rules, findings or the control of bills.
            Assert.All(plan.Coverage.SelectMany(row => row.Rules), rule => Assert.DoesNotContain(rule.RuleId, text, StringComparison.Ordinal));
            Assert.All(plan.Findings, finding => Assert.DoesNotContain(finding.FlagId, text, StringComparison.Ordinal));
            var sheets = SheetsOf(await visit.Page.PdfAsync(new() { PreferCSSPageSize = true }));
            Assert.InRange(sheets.Count, 1, 2);
            Assert.All(sheets, sheet => Assert.True(Math.Abs(sheet.Width - A4Width) < 2 && Math.Abs(sheet.Height - A4Height) < 2, $"{sheet} is no A4."));
            await visit.Page.Locator("a[href*='type=large']").ClickAsync();
            await visit.FitsTheWindow();
            Assert.True(await visit.Page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.querySelector('.client-plan')).fontSize)") >= 22);
            await Axe.HasNoViolations(visit.Page);
            visit.HasNoComplaints();
        }
    }

    [Fact]
    public async Task A_client_who_signs_in_comes_to_the_own_plan()
    {
        using var client = await system.Web.SignInAsync(DemoPerson.Client, system.Monique);
        using var answer = await client.Client.GetAsync("/plan");
        Assert.Equal($"/cases/{system.Monique}/for-client", answer.Headers.Location?.OriginalString ?? answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task On_paper_there_is_no_menu_and_nothing_to_click()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At($"/cases/{system.Simon}/for-client").ToString());
        await Assertions.Expect(visit.Page.Locator("[data-print]")).ToBeVisibleAsync();
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var part in new[] { ".menu", ".top", ".tools", ".bottom", ".crumbs" })
        {
            await Assertions.Expect(visit.Page.Locator(part).First).ToBeHiddenAsync();
        }

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_client_sees_who_looked_and_others_see_nothing_of_it()
    {
        using var noor = await system.Web.SignInAsync(DemoPerson.Noor);
        _ = await noor.Client.GetStringAsync($"/cases/{system.Monique}");
        _ = await noor.Client.GetStringAsync($"/cases/{system.Monique}");
        await using var visit = await system.VisitAsync(chromium, person: DemoPerson.Client, caseId: system.Monique);
        await visit.Page.GotoAsync(system.At($"/cases/{system.Monique}/who-looked").ToString());
        await Axe.HasNoViolations(visit.Page);
        await visit.FitsTheWindow();
        var rows = visit.Page.Locator("tbody tr").Filter(new() { HasText = DemoPerson.Noor });
        await Assertions.Expect(rows.Filter(new() { HasText = "uw plan" })).ToHaveCountAsync(1);
        await Assertions.Expect(rows.First).ToContainTextAsync("Waterwijk");
        await Assertions.Expect(rows.First).ToContainTextAsync("Casemanagement");

        // Another client, and every other role.
        foreach (var (person, caseId) in new[] { (DemoPerson.Client, system.Simon), (DemoPerson.Employer, system.Monique), (DemoPerson.Insurer, system.Monique), (DemoPerson.Fatima, system.Monique) })
        {
            using var other = await system.Web.SignInAsync(person, caseId);
            foreach (var part in new[] { "who-looked", "for-client" })
            {
                using var answer = await other.Client.GetAsync($"/cases/{system.Monique}/{part}");
                Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{person} gets {part}: {answer.StatusCode}");
            }
        }
    }

    /// <summary>The pages of a PDF by their size in points.</summary>
    private static List<(float Width, float Height)> SheetsOf(byte[] pdf) =>
        [.. Sheet().Matches(Encoding.Latin1.GetString(pdf)).Select(box => (Number(box.Groups[1].Value), Number(box.Groups[2].Value)))];

    private static float Number(string text) => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"/Type\s*/Page\b[^s](?:(?!endobj).)*?/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", RegexOptions.Singleline)]
    private static partial Regex Sheet();
}
