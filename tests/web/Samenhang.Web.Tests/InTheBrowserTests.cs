using Microsoft.Playwright;
using Samenhang.BrowserSupport;

namespace Samenhang.Web.Tests;

public sealed class InTheBrowserTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", 1280, ColorScheme.Light)]
    [InlineData("nl", 360, ColorScheme.Dark)]
    [InlineData("en", 1280, ColorScheme.Dark)]
    [InlineData("en", 360, ColorScheme.Light)]
    public async Task Every_page_is_accessible_quiet_and_no_broader_than_the_window(string language, int width, ColorScheme scheme)
    {
        foreach (var path in new[] { "/cases", "/help", $"/cases/{system.Monique}", $"/cases/{system.Simon}", $"/cases/{system.Empty}" })
        {
            await using var visit = await system.VisitAsync(chromium, width, scheme);
            await visit.Page.GotoAsync(system.At($"{path}?lang={language}").ToString());
            await visit.FitsTheWindow();
            await Axe.HasNoViolations(visit.Page);

            // And with every reason open.
            await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            await visit.FitsTheWindow();
            await Axe.HasNoViolations(visit.Page);
            visit.HasNoComplaints();
        }
    }

    [Fact]
    public async Task A_cell_opens_with_the_keyboard_and_tells_why()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At($"/cases/{system.Monique}").ToString());
        var cell = visit.Page.Locator(".matrix details").First;
        await Assertions.Expect(cell.Locator(".reason").First).ToBeHiddenAsync();
        await cell.Locator("summary").First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(cell.Locator(".reason").First).ToBeVisibleAsync();
        await Assertions.Expect(cell.Locator(".sources").First).ToContainTextAsync("regels");
    }

    [Fact]
    public async Task The_chosen_language_stays_on_the_next_page()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At("/cases").ToString());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Monique" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Who covers what" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_tab_stop_skips_to_the_content()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At("/cases").ToString());
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }
}
