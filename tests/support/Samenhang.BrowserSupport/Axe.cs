using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Samenhang.BrowserSupport;

/// <summary>The accessibility rules of axe-core. What is missing is installed once; what can not be installed fails the tests.</summary>
public static class Axe
{
    // WCAG 2.2 A and AA, and the good practices beyond it: landmarks, order of headings.
    private const string Run = """
        () => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
            .then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} - ${node.failureSummary}`)))
        """;

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string>> Source = new(ReadAsync);

    private static string Folder => Path.Combine(
        typeof(Axe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        "tests", "browser");

    /// <summary>Fails the test with every element of the page that breaks a rule.</summary>
    public static async Task HasNoViolations(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);

        // Evaluated, not added as a script: the page's policy allows no script, and that stays so under test.
        await page.EvaluateAsync(await Source.Value);
        var found = await page.EvaluateAsync<JsonElement>(Run);
        Assert.Empty(found.EnumerateArray().Select(violation => violation.GetString()));
    }

    private static async Task<string> ReadAsync()
    {
        var file = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(file))
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = Folder })!;
            using var limit = new CancellationTokenSource(InstallLimit);
            await npm.WaitForExitAsync(limit.Token);
            Assert.True(npm.ExitCode == 0, $"npm ci in tests/browser ended with {npm.ExitCode}.");
        }

        return await File.ReadAllTextAsync(file);
    }
}
