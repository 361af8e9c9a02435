using System.Diagnostics;
using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Samenhang.Deploy.Tests;

/// <summary>The files with which the system is deployed, and the program that holds them against schemas of others.</summary>
internal static class DeployFiles
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    public static string Root { get; } = typeof(DeployFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "RepositoryRoot").Value!;

    public static string In(string path) => Path.GetFullPath(Path.Combine(Root, path));

    public static Node Yaml(string path) => Documents(path).Single();

    public static IReadOnlyList<Node> Documents(string path)
    {
        using var reader = new StreamReader(In(path));
        var parser = new MergingParser(new Parser(reader));
        var deserializer = new DeserializerBuilder().Build();
        parser.Consume<StreamStart>();
        var documents = new List<Node>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(new Node(deserializer.Deserialize(parser)));
        }

        return documents;
    }

    /// <summary>Runs tests/deploy/node/validate.mjs; what it says.</summary>
    public static async Task<string> ValidateAsync(string? input, params string[] arguments)
    {
        var script = In("tests/deploy/node/validate.mjs");
        Assert.True(Directory.Exists(In("tests/deploy/node/node_modules")), "The packages of tests/deploy/node are not installed: ./test does it, or npm ci there.");
        return await RunAsync(input, "node", [script, .. arguments]);
    }

    public static async Task<string> RunAsync(string? input, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Within);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        var said = await output + await errors;
        return process.ExitCode == 0 || said.Length > 0 ? said : $"{program} ended with status {process.ExitCode}.";
    }
}
