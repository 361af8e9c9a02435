using System.Net;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Common.V1;
using Samenhang.TestSupport;
using Samenhang.Web.Tests.OneCase;

namespace Samenhang.Web.Tests.Degrading;

/// <summary>A part of the system goes away while somebody works: the page says so in words, and nothing that was typed is lost.</summary>
public sealed class WhenAPartIsAway(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", "De casussen zijn nu niet bereikbaar", "Wat u in een formulier typte", "Zet het terug", 1280)]
    [InlineData("en", "The cases cannot be reached now", "What you typed in a form", "Put it back", 360)]
    public async Task Without_the_casemanager_a_page_says_so_and_what_was_typed_comes_back(string language, string away, string typed, string back, int width)
    {
        const string text = "Bel de wijkverpleegkundige over dinsdag";
        var caseId = await OpenedCase.SimonAsync(system);
        await using var gate = Gate.Before(system.Address);
        await using var web = await RunningWeb.StartAsync(gate.Address);
        await using var visit = await chromium.VisitAsync(width);
        using var session = await web.SignInAsync(DemoPerson.Noor);
        var address = web.Client.BaseAddress!;
        await visit.Page.Context.AddCookiesAsync(session.Cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = address.ToString() }));
        await visit.Page.GotoAsync(new Uri(address, $"/cases/{caseId}/actions/new?lang={language}").ToString());
        await visit.Page.Locator("textarea[name=text]").FillAsync(text);
        await Assertions.Expect(visit.Page.Locator(".unsaved")).ToBeVisibleAsync();

        gate.Shut();
        await visit.Page.Locator("form.form button[type=submit]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync(away);
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(typed);
        await visit.FitsTheWindow();
        await Axe.HasNoViolations(visit.Page);

        gate.Open();
        await Patience.Until(
            async () =>
            {
                using var answer = await session.Client.GetAsync($"/cases/{caseId}/actions/new");
                return answer.StatusCode == HttpStatusCode.OK;
            },
            "the page is there again");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = language == "nl" ? "Terug" : "Back", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = back }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("textarea[name=text]")).ToHaveValueAsync(text);
        await visit.Page.Locator("form.form button[type=submit]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToBeVisibleAsync();
        Assert.Equal(text, Assert.Single((await system.PlanAsync(caseId)).Work.Items).Content.Action.Text);
    }

    [Theory]
    [InlineData("nl", "UWV geeft nu geen antwoord")]
    [InlineData("en", "UWV gives no answer now")]
    public async Task Without_a_domain_what_if_names_it_keeps_what_was_tried_and_goes_on_when_it_is_back(string language, string away)
    {
        var plan = await system.PlanAsync(system.Simon);
        var row = plan.Coverage.First(one => one.Outcome == Outcome.Undetermined && one.MissingFacts.Count > 0);
        await using var visit = await system.VisitAsync(chromium);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/cases/{system.Simon}/why/{row.NeedId}/{row.Scheme}?lang={language}").ToString());
        foreach (var no in await page.Locator("#what-if-form input[value=no]").AllAsync())
        {
            await no.CheckAsync();
        }

        system.ToUwv.Shut();
        try
        {
            await page.Locator("#what-if-form button[type=submit]").ClickAsync();
            await Assertions.Expect(page.Locator("#what-if-form .notice.wrong")).ToContainTextAsync(away);
            await Assertions.Expect(page.Locator("#what-if-form input[value=no]").First).ToBeCheckedAsync();
            await Axe.HasNoViolations(page);
        }
        finally
        {
            system.ToUwv.Open();
        }

        await Patience.Until(
            async () =>
            {
                await page.Locator("#what-if-form button[type=submit]").ClickAsync();
                return await page.Locator(".outcome").CountAsync() == 1;
            },
            "what if answers again");
    }
}
