using System.Diagnostics;
using Microsoft.Playwright;

namespace Samenhang.Browser.Tests.Newcomer;

/// <summary>
/// The script of a newcomer: from <c>./run</c> to a finding that is explained and an action that is accepted, in under two minutes and fifteen clicks.
/// Only clicks: no address is typed but the one that the program itself shows.
/// </summary>
public sealed class WhenSomebodySeesTheProgramForTheFirstTime(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const int MostClicks = 15;

    // A person must find each button and read the explanation: somebody who reads aloud does 150 words a minute.
    private const int WordsAMinute = 150;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ToFindAButton = TimeSpan.FromSeconds(3);

    // Each newcomer starts it anew.
    private readonly StartedProgram program = new();

    public Task InitializeAsync() => program.InitializeAsync();

    public Task DisposeAsync() => program.DisposeAsync();

    [Theory]
    [InlineData("nl-NL", "Mijn werk", "Ga verder als Noor de Vries", "Bekijk waarom", "Waarom?", "Voer uit", 1280)]
    [InlineData("en-GB", "My work", "Continue as Noor de Vries", "See why", "Why?", "Do this", 1280)]
    [InlineData("nl-NL", "Mijn werk", "Ga verder als Noor de Vries", "Bekijk waarom", "Waarom?", "Voer uit", 360)]
    public async Task A_finding_is_explained_and_an_action_accepted_within_two_minutes_and_fifteen_clicks(
        string locale, string work, string asNoor, string seeWhy, string why, string doThis, int width)
    {
        await using var visit = await chromium.VisitAsync(width, locale: locale);
        var page = visit.Page;
        var begun = Stopwatch.GetTimestamp();
        var clicks = 1;
        var words = 0;
        async Task ClickAsync(ILocator button)
        {
            await button.ClickAsync();
            clicks++;
        }

        async Task<string> ReadAsync(ILocator text)
        {
            var read = await text.InnerTextAsync();
            Assert.NotEmpty(read.Trim());
            words += read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            return read.Trim();
        }

        // The first click: the address on the terminal.
        await page.GotoAsync(program.Web.ToString());
        await ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = asNoor }));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(work);
        await ReadAsync(page.Locator(".waiting .what").First);
        await ClickAsync(page.GetByRole(AriaRole.Link, new() { Name = seeWhy }).First);

        // That is the finding itself, one of a case: there is more in it.
        await ReadAsync(page.GetByRole(AriaRole.Heading, new() { Level = 1 }));
        await ClickAsync(page.Locator(".crumbs a").Last);

        // The first finding with a step that can be taken.
        var finding = page.Locator("#findings ~ .cards > .card").Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = doThis }) }).First;
        var title = await ReadAsync(finding.GetByRole(AriaRole.Heading));
        await ClickAsync(finding.GetByRole(AriaRole.Link, new() { Name = why }));

        // Explained: what is wrong, the next step, the facts that count, and the rule with the lines of its source.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await ReadAsync(page.Locator("main .card > p").First);
        var step = await ReadAsync(page.Locator("main .card > .step"));
        await ReadAsync(page.Locator("main .card .sources li").First);
        await ReadAsync(page.Locator("section[aria-labelledby=facts] :is(tbody tr, li, .empty)").First);

        // Accepted: the step of the finding stands among what is agreed, with who does it.
        await ClickAsync(page.Locator("main .card").GetByRole(AriaRole.Button, new() { Name = doThis }));
        await Assertions.Expect(page.Locator(".notice.done")).ToBeVisibleAsync();
        var agreed = page.Locator(".tasks > .card");
        await Assertions.Expect(agreed).ToHaveCountAsync(1);
        Assert.Contains(await ReadAsync(agreed.Locator(".what")), step, StringComparison.Ordinal);
        await ReadAsync(agreed.Locator(".facts"));

        var took = program.Start + Stopwatch.GetElapsedTime(begun) + (clicks * ToFindAButton) + TimeSpan.FromMinutes((double)words / WordsAMinute);
        Assert.InRange(clicks, 1, MostClicks);
        Assert.True(took < Longest, $"It took {took}, of which the program {program.Start}, {clicks} clicks and {words} words to read.");
        visit.HasNoComplaints();
    }
}
