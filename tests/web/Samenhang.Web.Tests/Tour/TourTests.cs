using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Web.Tour;

namespace Samenhang.Web.Tests.Tour;

/// <summary>The guided tour: over the real pages, also without scripts.</summary>
public sealed class TourTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("en", 390)]
    public async Task Each_step_stands_on_the_page_that_it_is_about(string language, int width)
    {
        await using var visit = await system.VisitAsync(chromium, width);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/tour?lang={language}").ToString());
        await Axe.HasNoViolations(page);
        await visit.FitsTheWindow();
        await page.Locator("main a[href='/tour/1']").First.ClickAsync();
        for (var step = 1; step <= GuidedTour.Steps.Count; step++)
        {
            if (GuidedTour.Steps[step - 1].Household == "Marga")
            {
                // The third household is not open here: the page says so, and the tour goes on.
                await page.GotoAsync(system.At($"/tour/{step}").ToString());
                await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Marga");
                continue;
            }

            await page.GotoAsync(system.At($"/tour/{step}").ToString());
            await Assertions.Expect(page.Locator(".tour .place")).ToContainTextAsync($"{step}");
            if (GuidedTour.Steps[step - 1].Part is { Length: > 0 } part)
            {
                Assert.Equal(1, await page.Locator("#" + part).CountAsync());
            }

            await visit.FitsTheWindow();
            await Axe.HasNoViolations(page);
        }

        // Left on any page, and taken up again.
        await page.GotoAsync(system.At("/tour/3").ToString());
        await page.Locator(".tour .buttons a").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".tour")).ToHaveCountAsync(0);
        await page.GotoAsync(system.At("/tour").ToString());
        await page.Locator("main .buttons a.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".tour .place")).ToContainTextAsync("3");
        visit.HasNoComplaints();
    }
}
