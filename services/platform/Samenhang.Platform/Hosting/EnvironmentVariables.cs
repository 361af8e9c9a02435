using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Samenhang.Platform.Hosting;

/// <summary>Variables <c>SAMENHANG_…</c> as settings of section <c>Samenhang</c>: <c>SAMENHANG_RabbitMq__Host</c> is <c>Samenhang:RabbitMq:Host</c>.</summary>
internal static class EnvironmentVariables
{
    private const string Prefix = "SAMENHANG_";

    /// <summary>Adds them above the files and below the command line, as .NET does with its own variables.</summary>
    public static void AddSamenhangVariables(this IConfigurationBuilder configuration, IDictionary variables)
    {
        var settings = new VariablesSource
        {
            Settings = [.. variables.Cast<DictionaryEntry>()
                .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
                .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                .Select(variable => KeyValuePair.Create(
                    $"{SamenhangOptions.Section}:{variable.Name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)}",
                    variable.Value))],
        };
        configuration.Sources.Insert(BelowCommandLine(configuration), settings);
    }

    /// <summary>Adds a source above the files and below all variables and the command line.</summary>
    public static void AddBelowVariables(this IConfigurationBuilder configuration, IConfigurationSource source)
    {
        // The first source of variables without a prefix is the host's own for everything; those with a prefix only choose the environment.
        var variables = configuration.Sources
            .Select((known, place) => (known, place))
            .Where(entry => entry.known is VariablesSource or EnvironmentVariablesConfigurationSource { Prefix: null or "" })
            .Select(entry => (int?)entry.place)
            .FirstOrDefault();
        configuration.Sources.Insert(variables ?? BelowCommandLine(configuration), source);
    }

    private static int BelowCommandLine(IConfigurationBuilder configuration)
    {
        var commandLine = configuration.Sources.OfType<CommandLineConfigurationSource>().FirstOrDefault();
        return commandLine is null ? configuration.Sources.Count : configuration.Sources.IndexOf(commandLine);
    }

    /// <summary>Our variables, to tell them from other sources in memory.</summary>
    private sealed class VariablesSource : IConfigurationSource
    {
        public required IReadOnlyList<KeyValuePair<string, string?>> Settings { get; init; }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => new MemoryConfigurationProvider(new MemoryConfigurationSource { InitialData = Settings });
    }
}
