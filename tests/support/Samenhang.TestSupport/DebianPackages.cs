using System.Diagnostics;

namespace Samenhang.TestSupport;

/// <summary>Installs what a test drives, where it runs as root on Debian.</summary>
internal static class DebianPackages
{
    /// <summary>Installs one package; what the package would start by itself is not started.</summary>
    public static async Task InstallAsync(string package)
    {
        // Test projects run side by side; the package manager takes one at a time and waits for its own lock.
        await AptGetAsync("update", "-q");
        await AptGetAsync("-o", "DPkg::Lock::Timeout=300", "install", "-y", "-q", "--no-install-recommends", package);
    }

    private static async Task AptGetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("apt-get", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DEBIAN_FRONTEND"] = "noninteractive",
                ["RUNLEVEL"] = "1", // The system's own server need not run.
            },
        };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"apt-get {string.Join(' ', arguments)} failed: {await output}{await errors}");
        }
    }
}
