using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests;

/// <summary>My work and the list of cases, as a casemanager uses them.</summary>
public sealed class MyWorkTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>, IAsyncLifetime
{
    private const int KilobytesOfAPage = 300;

    public async Task InitializeAsync()
    {
        await system.AssignAsync(system.Simon, DemoPerson.Noor);
        await system.AssignAsync(system.Monique, DemoPerson.Noor);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("nl", 390)]
    [InlineData("en", 1280)]
    [InlineData("en", 390)]
    public async Task I_find_what_needs_me_today(string language, int width)
    {
        var urgent = (await system.PlanAsync(system.Simon)).Findings.First(finding => finding.Severity == Severity.Urgent);
        await using var visit = await system.VisitAsync(chromium, width);
        await visit.Page.GotoAsync(system.At($"/?lang={language}").ToString());
        var line = visit.Page.Locator(".waiting li").Filter(new() { HasText = Said(urgent.Title, language) }).First;
        await Assertions.Expect(line).ToContainTextAsync(Said(urgent.SuggestedAction, language));
        await Assertions.Expect(line).ToContainTextAsync("Simon");
        await Assertions.Expect(line).ToContainTextAsync(language == "nl" ? "sinds" : "since");
        await visit.FitsTheWindow();
        await line.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^(Bekijk waarom|See why)") }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex($"/cases/{system.Simon}/why/finding\\?flag={Regex.Escape(urgent.FlagId)}"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(Said(urgent.Title, language));
        visit.HasNoComplaints();
    }

    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("nl", 390)]
    [InlineData("en", 1280)]
    [InlineData("en", 390)]
    public async Task I_find_a_case_among_many(string language, int width)
    {
        await using var visit = await system.VisitAsync(chromium, width);
        await visit.Page.GotoAsync(system.At($"/?lang={language}").ToString());
        await visit.Page.Locator("#seek").FillAsync("busch");
        await visit.Page.Locator("#seek").PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".cases tbody tr")).ToHaveCountAsync(1);
        await visit.FitsTheWindow();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Simon" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex($"/cases/{system.Simon}$"));

        // And nothing found says what to do.
        await visit.Page.GotoAsync(system.At("/cases?q=nietsdatbestaat&severity=Urgent").ToString());
        await Assertions.Expect(visit.Page.Locator(".empty")).ToContainTextAsync(language == "nl" ? "minder woorden" : "fewer words");
        await Axe.HasNoViolations(visit.Page);
        visit.HasNoComplaints();
    }

    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("en", 390)]
    public async Task I_see_what_changed_since_I_looked_and_put_it_away(string language, int width)
    {
        await using var visit = await system.VisitAsync(chromium, width);
        await visit.Page.GotoAsync(system.At($"/?lang={language}").ToString());
        var changed = visit.Page.Locator(".changes li").Filter(new() { HasText = "Monique" });
        await Assertions.Expect(changed).ToHaveCountAsync(1);
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^(Dit heb ik gezien|I have seen this)$") }).ClickAsync();
        await Assertions.Expect(changed).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToBeVisibleAsync();

        var before = await system.PlanAsync(system.Monique);
        await system.Casemanager.AddNeedAsync(new AddNeedRequest { RequestId = $"seen-{language}", CaseId = system.Monique, Need = new Need { NeedId = $"n-{language}", Kind = before.Needs[0].Kind } });
        await visit.Page.GotoAsync(system.At("/").ToString());
        await Assertions.Expect(changed).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToHaveCountAsync(0);
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task I_take_a_case_that_nobody_has_and_can_undo_it()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At("/cases?whose=nobody").ToString());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Neem op mij: Aanmelding zonder behoefte" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToContainTextAsync("De casus is nu van u.");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/cases\\?whose=nobody$"));
        Assert.Contains((await system.Worklist.SearchCasesAsync(new() { Assignee = DemoPerson.Noor })).Cases, line => line.Summary.CaseId == system.Empty);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Maak ongedaan" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToContainTextAsync("De casus is niet meer van u.");
        Assert.DoesNotContain((await system.Worklist.SearchCasesAsync(new() { Assignee = DemoPerson.Noor })).Cases, line => line.Summary.CaseId == system.Empty);
    }

    [Fact]
    public async Task Everything_goes_by_keyboard()
    {
        await using var visit = await system.VisitAsync(chromium);
        var page = visit.Page;
        await page.GotoAsync(system.At("/").ToString());
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await Axe.HasNoViolations(page);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#keys")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("j");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('[data-row]') !== null"));
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/cases$"));
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("simon g c");
        await Assertions.Expect(page.Locator("#seek")).ToHaveValueAsync("simon g c");
        await page.Locator("#seek").FillAsync("simon");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".cases tbody tr")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/cases/{system.Simon}$"));
        visit.HasNoComplaints();
    }

    [Theory]
    [InlineData("nl", 1280, ColorScheme.Light)]
    [InlineData("nl", 360, ColorScheme.Dark)]
    [InlineData("en", 1280, ColorScheme.Dark)]
    [InlineData("en", 360, ColorScheme.Light)]
    public async Task My_pages_are_accessible_quiet_and_no_broader_than_the_window(string language, int width, ColorScheme scheme)
    {
        await using var visit = await system.VisitAsync(chromium, width, scheme);
        foreach (var path in new[] { "/", "/cases", "/cases?whose=mine&order=Title&severity=Attention", "/help", "/signed-out" })
        {
            await visit.Page.GotoAsync(system.At($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}").ToString());
            await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            await visit.FitsTheWindow();
            await Axe.HasNoViolations(visit.Page);
        }

        visit.HasNoComplaints();
    }

    [Fact]
    public async Task Choosing_a_demo_person_leads_to_the_page_that_was_asked()
    {
        await using var visit = await chromium.VisitAsync(390);
        await visit.Page.GotoAsync(system.At("/cases?whose=nobody").ToString());
        await Axe.HasNoViolations(visit.Page);
        await visit.FitsTheWindow();
        await Assertions.Expect(visit.Page.Locator(".development")).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ga verder als Noor de Vries" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/cases\\?whose=nobody$"));
        await visit.Page.Locator(".account > summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Afmelden" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "U bent afgemeld" })).ToBeVisibleAsync();
        visit.HasNoComplaints();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/cases")]
    public async Task A_page_with_everything_it_needs_is_light_and_paints_within_a_second(string path)
    {
        await using var visit = await system.VisitAsync(chromium);
        var bytes = 0;
        visit.Page.Response += (_, response) => Interlocked.Add(ref bytes, int.TryParse(response.Headers.GetValueOrDefault("content-length"), out var length) ? length : 0);
        var document = await visit.Page.GotoAsync(system.At(path).ToString(), new() { WaitUntil = WaitUntilState.Load });
        bytes += (await document!.BodyAsync()).Length;
        Assert.InRange(bytes, 1, KilobytesOfAPage * 1024);

        // Of three visits the best: what is measured is the page, not who else uses the machine.
        var paints = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            await visit.Page.ReloadAsync();
            paints.Add(await visit.Page.EvaluateAsync<double>(
                "new Promise(done => new PerformanceObserver(list => done(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))"));
        }

        Assert.InRange(paints.Min(), 0, 1000);
    }

    [Fact]
    public async Task The_theme_is_switched_and_stays()
    {
        await using var visit = await system.VisitAsync(chromium, scheme: ColorScheme.Light);
        await visit.Page.GotoAsync(system.At("/").ToString());
        await visit.Page.Locator(".account > summary").ClickAsync();
        var remembered = visit.Page.WaitForResponseAsync(response => response.Url.Contains("/preferences", StringComparison.Ordinal));
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Donker" }).ClickAsync();
        await remembered;
        await visit.Page.GotoAsync(system.At("/cases").ToString());
        Assert.Equal("dark", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));
        await Axe.HasNoViolations(visit.Page);
        visit.HasNoComplaints();
    }

    private static string Said(Sentence sentence, string language) => language == "en" && sentence.En.Length > 0 ? sentence.En : sentence.Nl;
}
