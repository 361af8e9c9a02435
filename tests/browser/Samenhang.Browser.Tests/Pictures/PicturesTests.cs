using System.Buffers.Binary;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Samenhang.Browser.Tests.Pictures;

/// <summary>
/// The pictures of the main pages in the README. With <c>SAMENHANG_PICTURES=1</c> they are made anew, of the demo households as <c>./run</c> shows them;
/// without it each page is opened all the same, and each picture must be there, be a picture of a sensible size, and stand in the README.
/// </summary>
public sealed partial class PicturesTests(StartedProgram program, Chromium chromium) : IClassFixture<StartedProgram>, IClassFixture<Chromium>
{
    private const int MostBytes = 150 * 1024;
    private const int MostBytesOfAll = 1024 * 1024;

    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];

    private static readonly string Root = typeof(PicturesTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string Folder = Path.Combine(Root, "docs", "pictures");

    [Theory]
    [InlineData("my-work", DemoPerson.Noor, "/", 1200, 760, ColorScheme.Light)]
    [InlineData("case", DemoPerson.Noor, "/cases/{0}", 1200, 900, ColorScheme.Light)]
    [InlineData("why", DemoPerson.Noor, "/cases/{0} why", 1200, 860, ColorScheme.Light)]
    [InlineData("timeline", DemoPerson.Noor, "/cases/{0}#timeline", 1200, 700, ColorScheme.Light)]
    [InlineData("case-dark", DemoPerson.Noor, "/cases/{0}#findings", 1200, 800, ColorScheme.Dark)]
    [InlineData("intake", DemoPerson.Noor, "/cases/new", 1200, 800, ColorScheme.Light)]
    [InlineData("client-plan", DemoPerson.Client, "/plan", 900, 860, ColorScheme.Light)]
    [InlineData("case-phone", DemoPerson.Noor, "/cases/{0}#findings", 360, 720, ColorScheme.Light)]
    public async Task A_main_page_is_pictured(string name, string person, string address, int width, int height, ColorScheme scheme)
    {
        await using var visit = await chromium.VisitAsync(width, scheme, "en-GB");
        var page = visit.Page;
        await page.SetViewportSizeAsync(width, height);
        using var looking = await PageSession.BeginAsync(program.Web, DemoPerson.Noor);
        var simon = CaseAddress().Match(await looking.Client.GetStringAsync("/cases?q=Simon")).Groups[1].Value;
        Assert.NotEmpty(simon);
        using var session = await PageSession.BeginAsync(program.Web, person, simon);
        await page.Context.AddCookiesAsync(session.Cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = program.Web.ToString() }));
        var asked = address.Replace("{0}", simon, StringComparison.Ordinal).Split(' ');
        await page.GotoAsync(new Uri(program.Web, asked[0]).ToString());
        if (asked.Length > 1)
        {
            await page.Locator("#findings ~ .cards > .card").First.GetByRole(AriaRole.Link, new() { Name = "Why?" }).ClickAsync();
        }

        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("SAMENHANG_PICTURES") == "1")
        {
            Directory.CreateDirectory(Folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }

        visit.HasNoComplaints();

        var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, name + ".png"));
        Assert.Equal(Signature, bytes[..8]);
        Assert.InRange(bytes.Length, 5 * 1024, MostBytes);
        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))));
        Assert.Contains($"docs/pictures/{name}.png", await File.ReadAllTextAsync(Path.Combine(Root, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_picture_that_the_readme_names_is_there_and_none_is_kept_that_nobody_sees()
    {
        var named = Picture().Matches(await File.ReadAllTextAsync(Path.Combine(Root, "README.md"))).Select(found => found.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        var kept = Directory.EnumerateFiles(Folder).Select(file => "docs/pictures/" + Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(named);
        Assert.Equal(kept, named);
        Assert.InRange(kept.Sum(file => new FileInfo(Path.Combine(Root, file)).Length), 1, MostBytesOfAll);
    }

    [GeneratedRegex(@"href=""/cases/([0-9a-f-]{36})""")]
    private static partial Regex CaseAddress();

    [GeneratedRegex(@"(docs/pictures/[a-z-]+\.png)")]
    private static partial Regex Picture();
}
