using Grpc.Core;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Tests.OneCase;

/// <summary>A case is erased from its page, after it was said what that means; what a law lets stay is told instead.</summary>
public sealed class WhenSomebodyErasesACase(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", 1280, "Casus wissen", "Wis deze casus voor altijd", "Het medische dossier")]
    [InlineData("en", 390, "Erase the case", "Erase this case for good", "The medical file")]
    public async Task What_must_stay_by_law_is_told_and_what_may_go_goes(string language, int width, string title, string button, string stays)
    {
        await using var visit = await system.VisitAsync(chromium, width, ColorScheme.Light);
        var page = visit.Page;

        // Simon's GP treats him.
        await FillAsync(page, await OpenedCase.SimonAsync(system), language, title, button);
        await Assertions.Expect(page.Locator(".notice.wrong")).ToContainTextAsync(stays);
        await Assertions.Expect(page.Locator(".notice.wrong")).ToContainTextAsync("BW 7:454");
        await Axe.HasNoViolations(page);
        await visit.FitsTheWindow();

        var caseId = (await system.Casemanager.OpenCaseAsync(new OpenCaseRequest
        {
            RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(), Title = "Een vraag die nergens toe leidde", Needs = { new Need { NeedId = "n1", Kind = "reintegration" } },
        })).CaseId;
        using (var watch = system.Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId }))
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None), "There is no plan.");
        }

        await FillAsync(page, caseId, language, title, button);
        await Assertions.Expect(page.Locator(".notice.done")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/cases($|\\?)"));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await system.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId }))).StatusCode);
        visit.HasNoComplaints();
    }

    private async Task FillAsync(IPage page, string caseId, string language, string title, string button)
    {
        await page.GotoAsync(system.At($"/cases/{caseId}?lang={language}").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await page.Locator("input[value=NotNeeded]").CheckAsync();
        await page.Locator("textarea").FillAsync("op verzoek");
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }
}
