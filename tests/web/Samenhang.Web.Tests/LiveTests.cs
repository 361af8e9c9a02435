using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.Web.Tests;

/// <summary>A page tells that it has become old.</summary>
public sealed class LiveTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_page_tells_that_something_changed_and_shows_it_when_asked()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At($"/cases/{system.Monique}").ToString());
        await visit.Page.EvaluateAsync("document.querySelector('main details').open = true");
        var told = visit.Page.Locator("[data-live]");
        await Assertions.Expect(told).ToBeHiddenAsync();
        var before = await system.PlanAsync(system.Monique);

        await system.Casemanager.AddNeedAsync(new AddNeedRequest { RequestId = "live-1", CaseId = system.Monique, Need = new Need { NeedId = "n77", Kind = before.Needs[0].Kind } });

        await Assertions.Expect(told).ToBeVisibleAsync();
        await Axe.HasNoViolations(visit.Page);
        await told.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(told).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.GetByText($"Plan versie {before.Version + 1},").First).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.querySelector('main details').open"));
        visit.HasNoComplaints();
    }

    [Fact]
    public async Task However_many_look_at_a_case_the_casemanager_is_asked_once_and_not_at_all_when_nobody_looks()
    {
        var watches = system.Web.Watches;
        await using (var one = await system.VisitAsync(chromium))
        {
            await one.Page.GotoAsync(system.At($"/cases/{system.Simon}").ToString());
            await using var two = await system.VisitAsync(chromium);
            await two.Page.GotoAsync(system.At($"/cases/{system.Simon}").ToString());
            await UntilAsync(() => watches.Count >= 1);
            Assert.Equal(1, watches.Count);
        }

        await UntilAsync(() => watches.Count == 0);
    }

    [Fact]
    public async Task My_work_tells_that_a_case_of_mine_changed_and_follows_none_when_nobody_looks()
    {
        var caseId = await OneCase.OpenedCase.SimonAsync(system);
        await system.AssignAsync(caseId, TestSupport.DemoPerson.Noor);
        await using (var visit = await system.VisitAsync(chromium))
        {
            await visit.Page.GotoAsync(system.At("/").ToString());
            var told = visit.Page.Locator("[data-live]");
            await Assertions.Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
            await UntilAsync(() => system.Web.Watches.Count >= 1);
            await Assertions.Expect(told).ToBeHiddenAsync();
            var version = (await system.PlanAsync(caseId)).Version;
            await system.Casemanager.AddNeedAsync(new AddNeedRequest { RequestId = $"live-work-{caseId}", CaseId = caseId, Need = new Need { NeedId = "n77", Kind = "debt-help" } });
            await Assertions.Expect(told).ToBeVisibleAsync();
            Assert.True((await system.PlanAsync(caseId)).Version > version);
            await Axe.HasNoViolations(visit.Page);
            await told.GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(told).ToBeHiddenAsync();
            visit.HasNoComplaints();
        }

        await UntilAsync(() => system.Web.Watches.Count == 0);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TestSupport.Patience.Limit);
        while (!holds())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
