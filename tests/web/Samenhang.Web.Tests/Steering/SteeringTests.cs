using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.Web.Tests.Steering;

/// <summary>The region in numbers.</summary>
public sealed class SteeringTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    private const int CasesOfEach = 12;
    private static readonly string[] Places = ["gm9901", "gm9902", ""];

    [Theory]
    [InlineData("nl", 1280, ColorScheme.Light)]
    [InlineData("en", 1280, ColorScheme.Dark)]
    [InlineData("nl", 390, ColorScheme.Dark)]
    [InlineData("en", 390, ColorScheme.Light)]
    public async Task The_numbers_of_the_region_stand_in_bars_and_in_tables_and_can_be_fetched(string language, int width, ColorScheme scheme)
    {
        await OpenManyAsync();
        await using var visit = await system.VisitAsync(chromium, width, scheme, person: DemoPerson.Fatima);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/region?lang={language}").ToString());
        await Axe.HasNoViolations(page);
        await visit.FitsTheWindow();
        var report = (await new ReportService.ReportServiceClient(system.Channel).GetSteeringReportAsync(new GetSteeringReportRequest { Period = new ReportPeriod { Year = TimeProvider.System.GetUtcNow().Year } })).Report;
        var line = report.Lines.First(one => one.Region is { Kind: GroupKind.Named, Name: "gm9901" } && one.Organisation.Kind == GroupKind.All);
        Assert.True(line.Cases >= report.SmallestCount);
        var section = page.Locator($"section[aria-labelledby='measure-{line.Measure.ToString().ToLowerInvariant()}']");
        await Assertions.Expect(section.Locator("svg rect").First).ToBeVisibleAsync();
        await Assertions.Expect(section.Locator("tbody tr").Filter(new() { HasText = "Waterwijk" }).First).ToContainTextAsync(line.Cases.ToString(System.Globalization.CultureInfo.InvariantCulture));

        // No number below the least one.
        foreach (var number in await page.Locator("td.number").AllInnerTextsAsync())
        {
            Assert.False(int.TryParse(number, out var cases) && cases > 0 && cases < report.SmallestCount, $"{number} stands alone.");
        }

        visit.HasNoComplaints(); // Before the download: a browser counts the page that it does not become as lost.
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href*='report.csv']").ClickAsync());
        Assert.StartsWith("period_from,", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_choose_among_the_lines_of_the_report_and_a_quiet_period_says_so()
    {
        await OpenManyAsync();
        await using var visit = await system.VisitAsync(chromium, person: DemoPerson.Fatima);
        var page = visit.Page;
        await page.GotoAsync(system.At("/region").ToString());
        await page.Locator("select[name=region]").SelectOptionAsync("gm9901");
        await page.Locator(".sieve button").ClickAsync();
        await page.WaitForURLAsync("**region=gm9901**");
        Assert.All(await page.Locator("tbody th").AllInnerTextsAsync(), place => Assert.Contains("Waterwijk", place, StringComparison.Ordinal));
        await Axe.HasNoViolations(page);

        await page.Locator("select[name=period]").SelectOptionAsync($"{TimeProvider.System.GetUtcNow().Year - 3}");
        await page.Locator(".sieve button").ClickAsync();
        await Assertions.Expect(page.Locator("main > .empty")).ToContainTextAsync("telt nog geen casus mee");
        await Axe.HasNoViolations(page);
    }

    [Theory]
    [InlineData("2016-q5")]
    [InlineData("onzin")]
    [InlineData("9999")]
    [InlineData("1999")]
    public async Task A_period_that_does_not_exist_shows_this_year(string period)
    {
        using var fatima = await system.Web.SignInAsync(DemoPerson.Fatima);
        Assert.Contains($"<option value=\"{TimeProvider.System.GetUtcNow().Year}\" selected", await fatima.Client.GetStringAsync("/region?period=" + period), StringComparison.Ordinal);
    }

    private async Task OpenManyAsync()
    {
        var known = (await system.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = system.Simon })).Case;
        foreach (var (tenant, place) in Places.SelectMany(tenant => Enumerable.Range(0, CasesOfEach).Select(place => (tenant, place))))
        {
            var opened = await system.Casemanager.OpenCaseAsync(new OpenCaseRequest
            {
                RequestId = $"steering-{tenant}-{place}",
                Title = $"Telt mee {place}",
                Tenant = tenant,
                AsOf = known.AsOf,
                Facts = { known.Facts },
                Needs = { known.Needs },
                Provisions = { known.Provisions },
                Parties = { known.Parties },
                Consents = { known.Consents },
                Events = { known.Events },
                Evidence = { known.Evidence },
                OpenLists = { known.OpenLists },
            });
            using var limit = new CancellationTokenSource(Patience.Limit);
            using var watch = system.Casemanager.WatchCase(new WatchCaseRequest { CaseId = opened.CaseId }, cancellationToken: limit.Token);
            Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        }
    }
}
