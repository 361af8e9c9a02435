using System.Text;
using Microsoft.Playwright;
using Samenhang.BrowserSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;
using Samenhang.Web.Import;

namespace Samenhang.Web.Tests.Import;

/// <summary>Cases that come as a list.</summary>
public sealed class ImportTests(RunningSystem system, Chromium chromium) : IClassFixture<RunningSystem>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("nl", 1280)]
    [InlineData("en", 390)]
    public async Task A_list_gives_a_report_of_each_row_and_opens_nothing_twice(string language, int width)
    {
        var list = $"""
            reference;title;needs;municipality;sick_listed;birth_date;bsn
            {language}-1;Eerste;psych-treatment|Schuldhulp;gm9901;ja;12-05-1981;999990019
            {language}-2;Tweede;bestaat-niet;Nergenshuizen;misschien;31-02-1980;
            {language}-3;Derde;"psych-treatment";;nee;1981-05-12;123456789
            {language}-1;Nog eens;income;;;;
            =1+{language};Formule;income;;;;
            """;
        await using var visit = await system.VisitAsync(chromium, width);
        var page = visit.Page;
        await page.GotoAsync(system.At($"/import?lang={language}").ToString());
        await visit.FitsTheWindow();
        await Axe.HasNoViolations(page);
        await SendAsync(page, list);
        await Axe.HasNoViolations(page);
        await visit.FitsTheWindow();
        var rows = page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(5);
        Assert.True(await page.Locator("tbody .good").CountAsync() == 2, await page.Locator("tbody").InnerTextAsync());
        await Assertions.Expect(page.Locator("tbody .bad")).ToHaveCountAsync(3);

        // Every fault of a row at once.
        await Assertions.Expect(rows.Filter(new() { HasText = $"{language}-2" }).Locator("p")).ToHaveCountAsync(4);
        await Assertions.Expect(rows.Filter(new() { HasText = $"{language}-3" })).ToContainTextAsync("11-");

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='report.csv']").ClickAsync());
        var report = await File.ReadAllTextAsync(await download.PathAsync(), Encoding.UTF8);
        Assert.Contains($"\"'=1+{language}\"", report, StringComparison.Ordinal);
        Assert.DoesNotContain("999990019", report, StringComparison.Ordinal);

        await page.GotoAsync(system.At("/import").ToString());
        await SendAsync(page, list);
        await Assertions.Expect(page.Locator("tbody .none")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("tbody .good")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_with_wrong_columns_is_refused_as_a_whole_with_all_of_them()
    {
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At("/import").ToString());
        await visit.Page.Locator("textarea[name=content]").FillAsync("reference;titel;title\nA;B;C");
        await visit.Page.Locator("#import button.primary").ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".notice.wrong li")).ToHaveCountAsync(2);
        await Axe.HasNoViolations(visit.Page);
    }

    [Fact]
    public async Task A_thousand_rows_go_in_while_the_page_tells_how_far_it_is()
    {
        const int Rows = 1000;
        var list = new StringBuilder("reference,title,needs\n");
        for (var row = 1; row <= Rows; row++)
        {
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"T-{row},Rij {row},{(row % 100 == 0 ? "onzin" : "income")}\n");
        }

        using var noor = await system.Web.SignInAsync(DemoPerson.Noor);
        using var sent = await noor.PostAsync("/import", await noor.Client.GetStringAsync("/import"), new Dictionary<string, string> { ["source"] = "duizend", ["content"] = list.ToString() });
        var address = sent.Headers.Location!.ToString();
        await Patience.Until(async () => !(await noor.Client.GetStringAsync(address)).Contains("<progress", StringComparison.Ordinal), "the rows are done", TimeSpan.FromMinutes(4));
        var report = (await noor.Client.GetStringAsync(address + "/report.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Rows + 1, report.Length);
        Assert.Equal(10, report.Count(line => line.Contains("geweigerd", StringComparison.Ordinal)));
        Assert.Equal(990, report.Count(line => line.Contains("geopend", StringComparison.Ordinal)));

        // Nobody else sees the report.
        using var bram = await system.Web.SignInAsync(DemoPerson.Bram);
        using var refused = await bram.Client.GetAsync(address);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task The_sample_is_the_one_that_is_documented_and_goes_in_whole()
    {
        var documented = await File.ReadAllTextAsync(Path.Combine(OpenCases.Root, "docs", "clients", "csv.md"));
        Assert.Contains(ImportPages.Sample.ReplaceLineEndings("\n").Trim(), documented.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(ImportReader.Columns, column => Assert.Contains($"`{column}`", documented, StringComparison.Ordinal));
        await using var visit = await system.VisitAsync(chromium);
        await visit.Page.GotoAsync(system.At("/import").ToString());
        await SendAsync(visit.Page, ImportPages.Sample);
        await Assertions.Expect(visit.Page.Locator("tbody .good")).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData("a,b\n1,\"x, \"\"y\"\"\nz\"\n", "1", "x, \"y\"\nz")]
    [InlineData("a;b\r\n\r\n1;2,5\r\n", "1", "2,5")]
    [InlineData("a\tb\n1\t2", "1", "2")]
    public void A_list_is_read_as_spreadsheets_write_it(string text, params string[] cells) =>
        Assert.Equal(cells, CsvText.Read(text).Skip(1).Single().Cells);

    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("\tx")]
    public void A_cell_of_the_report_is_never_a_formula(string text) => Assert.StartsWith("\"'", CsvText.Cell(text), StringComparison.Ordinal);

    private static async Task SendAsync(IPage page, string list)
    {
        await page.Locator("textarea[name=content]").FillAsync(list);
        await page.Locator("#import button.primary").ClickAsync();
        await page.WaitForURLAsync("**/import/*");
        await Assertions.Expect(page.Locator("progress")).ToHaveCountAsync(0, new() { Timeout = (float)Patience.Limit.TotalMilliseconds });
    }
}
