using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Memory;

namespace Samenhang.Platform.Hosting;

/// <summary>Variables <c>SAMENHANG_…</c> as settings of section <c>Samenhang</c>: <c>SAMENHANG_RabbitMq__Host</c> is <c>Samenhang:RabbitMq:Host</c>.</summary>
internal static class EnvironmentVariables
{
    private const string Prefix = "SAMENHANG_";

    /// <summary>Adds them above the files and below the command line, as .NET does with its own variables.</summary>
    public static void AddSamenhangVariables(this IConfigurationBuilder configuration, IDictionary variables)
    {
        var settings = new MemoryConfigurationSource
        {
            InitialData = [.. variables.Cast<DictionaryEntry>()
                .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value))
                .Where(variable => variable.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                .Select(variable => KeyValuePair.Create(
                    $"{SamenhangOptions.Section}:{variable.Name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)}",
                    variable.Value))],
        };
        var commandLine = configuration.Sources.OfType<CommandLineConfigurationSource>().FirstOrDefault();
        configuration.Sources.Insert(
            commandLine is null ? configuration.Sources.Count : configuration.Sources.IndexOf(commandLine), settings);
    }
}
