using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Samenhang.Browser.Tests;

/// <summary>The program as <c>./run</c> starts it: a process of its own, with the demo households, known by what it writes on the terminal.</summary>
public sealed partial class StartedProgram : IAsyncLifetime
{
    private readonly List<string> said = [];
    private readonly TaskCompletionSource<Uri> web = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    /// <summary>The address of the pages, as the program wrote it.</summary>
    public Uri Web { get; private set; } = null!;

    /// <summary>How long it took from the command to the address on the terminal.</summary>
    public TimeSpan Start { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("SAMENHANG_HOME");
        process = Process.Start(start)!;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => web.TrySetException(new InvalidOperationException($"The program ended: {WhatItSaid()}"));
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Web = await web.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Start = Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>What it wrote so far.</summary>
    public string WhatItSaid()
    {
        lock (said)
        {
            return string.Join(Environment.NewLine, said);
        }
    }

    /// <summary>Stops it as Ctrl+C does, so that it takes its own folder along.</summary>
    public async Task DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            using var asked = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(Patience.Limit);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }

        process?.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (said)
        {
            said.Add(line);
        }

        if (WebAddress().Match(line) is { Success: true } found)
        {
            web.TrySetResult(new Uri(found.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"^\s+web\s+(http://localhost:\d+/?)\s*$")]
    private static partial Regex WebAddress();
}
