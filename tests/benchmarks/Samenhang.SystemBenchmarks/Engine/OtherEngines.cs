using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>zen-engine and json-rules-engine in a process of Node, warm; they are installed from npm where they are missing.</summary>
internal sealed class OtherEngines : IDisposable
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(5);

    private readonly Process _node;
    private readonly TemporaryFolder _folder;

    private OtherEngines(Process node, TemporaryFolder folder) => (_node, _folder) = (node, folder);

    public static async Task<OtherEngines> StartAsync(string repository, IReadOnlyDictionary<string, EngineModels> tasks)
    {
        var home = Path.Combine(repository, "tests", "benchmarks", "engines");
        if (!Directory.Exists(Path.Combine(home, "node_modules", "@gorules", "zen-engine")))
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = home })!;
            using var limit = new CancellationTokenSource(InstallLimit);
            await install.WaitForExitAsync(limit.Token);
            if (install.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci in {home} ended with status {install.ExitCode}.");
            }
        }

        var folder = new TemporaryFolder();
        var file = folder.File("tasks.json");
        await File.WriteAllTextAsync(file, new JsonObject(tasks.Select(task => KeyValuePair.Create(task.Key, (JsonNode?)task.Value.ToJson()))).ToJsonString());
        return new(
            Process.Start(new ProcessStartInfo("node", ["engines.mjs", file]) { WorkingDirectory = home, RedirectStandardInput = true, RedirectStandardOutput = true })!, folder);
    }

    /// <summary>The answers, one after another over all decisions.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> AnswersAsync(string task, string engine)
        => [.. JsonSerializer.Deserialize<string[][][]>(await AskAsync(new { task, engine, check = true }))!.SelectMany(decision => decision)];

    /// <summary>How many seconds all decisions of a task took.</summary>
    public async Task<double> RoundAsync(string task, string engine) => JsonSerializer.Deserialize<double>(await AskAsync(new { task, engine }));

    public void Dispose()
    {
        _node.Kill();
        _node.Dispose();
        _folder.Dispose();
    }

    private async Task<string> AskAsync(object question)
    {
        await _node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
        await _node.StandardInput.FlushAsync();
        return await _node.StandardOutput.ReadLineAsync().WaitAsync(AnswerLimit) ?? throw new InvalidOperationException("The process of the other engines ended.");
    }
}
