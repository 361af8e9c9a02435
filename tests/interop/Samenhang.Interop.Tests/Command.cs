using System.Diagnostics;

namespace Samenhang.Interop.Tests;

/// <summary>What a program that ended left behind.</summary>
internal sealed record Ended(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>Runs a program of someone else, bounded in time.</summary>
internal static class Command
{
    public static async Task<Ended> Run(string program, IEnumerable<string> arguments, string folder, TimeSpan? limit = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            process.StartInfo.Environment[name] = value;
        }

        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end in time.\n{await output}\n{await errors}");
        }

        return new Ended(process.ExitCode, await output, await errors);
    }
}
