using Microsoft.Extensions.Configuration;

namespace Samenhang.Platform.Hosting;

/// <summary>
/// Settings that are secret, each in a file of its own in the folder that <c>SAMENHANG_Secrets</c> names: the name of the file is the
/// setting (<c>Samenhang__RabbitMq__Password</c>), what it holds is the value. Containers mount secrets in that way; a variable would be
/// shown to everyone who may look at the container.
/// </summary>
internal static class SecretFiles
{
    private const string Folder = SamenhangOptions.Section + ":Secrets";

    /// <summary>Adds them above all other settings, when a folder is named.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public static void AddSecretFiles(this IConfigurationManager configuration)
    {
        if (configuration[Folder] is { Length: > 0 } folder)
        {
            configuration.AddKeyPerFile(folder, optional: false);
        }
    }
}
