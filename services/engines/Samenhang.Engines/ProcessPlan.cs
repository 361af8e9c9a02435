using System.Diagnostics;
using System.Globalization;

namespace Samenhang.Engines;

/// <summary>How a process is started.</summary>
public sealed record ProcessPlan
{
    /// <summary>The program.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments. Never a secret: every user of the machine can read them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its variables, over those of this process.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it gets <see cref="Variables"/> and PATH only.</summary>
    public bool WithOwnVariablesOnly { get; init; }

    /// <summary>The user it runs as; null = who runs this process.</summary>
    public SystemUser? RunAs { get; init; }

    /// <summary>The folder it works in.</summary>
    public required string Folder { get; init; }

    /// <summary>The file that gets what it says, at its end; null = this process reads it.</summary>
    public string? Log { get; init; }

    /// <summary>
    /// What .NET starts. The process leads a session of its own, so that Ctrl+C of the terminal does not reach it before whoever
    /// stops things in order, and so that it can be ended with all it started. It writes its log itself and outlives a reader that dies.
    /// Each of these programs puts the next in its own place: the number of the process stays the same.
    /// </summary>
    internal ProcessStartInfo ToStart()
    {
        List<string> words = ["setsid"];
        if (Log is not null)
        {
            words.AddRange(["sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Log]);
        }

        if (RunAs is { } user)
        {
            words.AddRange(["setpriv", $"--reuid={Text(user.UserId)}", $"--regid={Text(user.GroupId)}", "--init-groups", "--inh-caps=-all", "--"]);
        }

        var start = new ProcessStartInfo(words[0], [.. words[1..], Program, .. Arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = Log is null,
            RedirectStandardOutput = Log is null,
            RedirectStandardError = Log is null,
        };
        if (WithOwnVariablesOnly)
        {
            var path = start.Environment["PATH"];
            start.Environment.Clear();
            start.Environment["PATH"] = path;
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Runs it to its end and returns what it said; for tools that do one thing.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="EngineException">It failed.</exception>
    public async Task<string> RunAsync(string? input, TimeSpan within, CancellationToken cancellation)
    {
        using var process = Process.Start((this with { Log = null }).ToStart())!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await GiveAsync(process, input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new EngineException($"{Path.GetFileName(Program)} failed with status {process.ExitCode}: {(await errors + await output).Trim()}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineException($"{Path.GetFileName(Program)} took longer than {within}.");
        }
        finally
        {
            Libc.Kill(-process.Id, Signal.Kill);
        }
    }

    /// <summary>Gives a program its input. One that ends before it reads, because it failed, says why itself.</summary>
    private static async Task GiveAsync(Process process, string? input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.WaitForExit(TimeSpan.FromSeconds(10)) && process.ExitCode != 0)
        {
            // Its status and what it wrote are told by the caller.
        }
    }

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
