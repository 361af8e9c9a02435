using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests;

/// <summary>What somebody types is not lost. The page gets a form of the test's own, so that the test is about drafts and nothing else.</summary>
public sealed class DraftsTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    private const string Form =
        """<form method="post" action="/help" data-draft="probe@/help"><label>Tekst <textarea name="text"></textarea></label><label data-no-draft>BSN <input name="bsn"></label><button type="submit">Verstuur</button></form>""";

    [Fact]
    public async Task What_was_typed_comes_back_after_the_page_was_lost_but_never_a_bsn()
    {
        await using var visit = await VisitAsync();
        await TypeAsync(visit.Page, "Gesproken met de wijkverpleegkundige");
        await visit.Page.Locator("[name=bsn]").FillAsync("999990019");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator(".notice.draft")).ToContainTextAsync("niet is opgeslagen");
        await Axe.HasNoViolations(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Zet het terug" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[name=text]")).ToHaveValueAsync("Gesproken met de wijkverpleegkundige");
        await Assertions.Expect(visit.Page.Locator("[name=bsn]")).ToHaveValueAsync("");
        Assert.DoesNotContain("999990019", await visit.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage })"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_thrown_away_stays_away()
    {
        await using var visit = await VisitAsync();
        await TypeAsync(visit.Page, "Weg ermee");
        await visit.Page.ReloadAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Gooi het weg" }).ClickAsync();
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator(".notice.draft")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator("[name=text]")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_sent_and_nothing_is_lost()
    {
        await using var visit = await VisitAsync();
        await TypeAsync(visit.Page, "Onderweg");
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verstuur" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".toast")).ToContainTextAsync("geen verbinding");
        await Assertions.Expect(visit.Page.Locator("[name=text]")).ToHaveValueAsync("Onderweg");
    }

    [Fact]
    public async Task Who_signs_in_next_on_the_same_machine_does_not_get_it_and_signing_out_removes_it()
    {
        await using var visit = await VisitAsync();
        await TypeAsync(visit.Page, "Van Noor");
        using (var bram = await system.Web.SignInAsync(DemoPerson.Bram))
        {
            await visit.Page.Context.AddCookiesAsync(bram.Cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = system.At("/").ToString() }));
        }

        await visit.Page.GotoAsync(system.At("/help").ToString());
        await Assertions.Expect(visit.Page.Locator(".name")).ToHaveTextAsync("Bram Jansen");
        await Assertions.Expect(visit.Page.Locator(".notice.draft")).ToHaveCountAsync(0);
        await visit.Page.Locator(".account > summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Afmelden" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/signed-out$"));
        Assert.DoesNotContain("Van Noor", await visit.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage })"), StringComparison.Ordinal);
    }

    private static async Task TypeAsync(IPage page, string text)
    {
        await page.Locator("[name=text]").FillAsync(text);
        await Assertions.Expect(page.Locator(".unsaved")).ToBeVisibleAsync();
    }

    private async Task<Visit> VisitAsync()
    {
        var visit = await system.VisitAsync(chromium);
        await visit.Page.RouteAsync("**/help", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("</main>", Form + "</main>", StringComparison.Ordinal) });
        });
        await visit.Page.GotoAsync(system.At("/help").ToString());
        return visit;
    }
}
