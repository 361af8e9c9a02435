using System.Globalization;
using Samenhang.Host.Commands;

namespace Samenhang.Host.Tests.Commands;

/// <summary>What a command gave.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line in this process, in an environment that names only the repository.</summary>
    public static Task<Ran> Of(params string[] args) => In([], args);

    /// <summary>Runs a command line in an environment with these variables.</summary>
    public static async Task<Ran> In((string Name, string Value)[] environment, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var variables = environment.Append((Name: "SAMENHANG_HOME", Value: Repository.Root)).DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Value);
        var exitCode = await CommandLine.Of(output, error, variables.GetValueOrDefault).RunAsync(args).WaitAsync(TimeSpan.FromSeconds(120));
        return new(exitCode, output.ToString(), error.ToString());
    }
}
