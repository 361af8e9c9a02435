using Microsoft.Playwright;
using Xunit;

namespace Samenhang.BrowserSupport;

/// <summary>
/// The Chromium of the operating system, headless, shared by the tests of a class. A browser that is not there fails the tests, it
/// never skips them.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"These tests need {Program}: sudo apt-get install chromium");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens an empty page in a context of its own.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="locale">What the browser says it prefers.</param>
    public async Task<Visit> VisitAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, string locale = "nl-NL")
    {
        var context = await browser!.NewContextAsync(new()
        {
            ColorScheme = scheme,
            Locale = locale,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(20_000);
        return new Visit(context, await context.NewPageAsync());
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
