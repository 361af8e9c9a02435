using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Vault;

/// <summary>
/// The secret of this casemanager, from which pseudonyms and fingerprints are made: setting <c>Samenhang:Vault:Key</c> (32 bytes in
/// base64), else the file <c>casemanager.key</c> beside the store, made at the first start and readable by its owner only.
/// </summary>
/// <remarks>Whoever loses the key cannot match the answers of domains to cases any more; keep it with the back-up of the store.</remarks>
public sealed class CaseKey
{
    private const int Length = 32;

    private readonly byte[] key;

    /// <summary>Reads the key, or makes one.</summary>
    /// <exception cref="OptionsValidationException">The setting or the file is no key.</exception>
    public CaseKey(IConfiguration configuration, IOptions<SamenhangOptions> options)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        key = configuration["Samenhang:Vault:Key"] is { Length: > 0 } setting
            ? Read(setting, "Samenhang:Vault:Key")
            : FromFile(Path.Combine(options.Value.Store.Folder, "casemanager.key"));
    }

    /// <summary>A keyed hash of a text: the same text gives the same hash, and without the key nobody can try texts.</summary>
    public byte[] Hash(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static byte[] FromFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path))
        {
            // Written whole and then named, so that a crash in between leaves no half key.
            var fresh = $"{path}.{Environment.ProcessId}";
            File.WriteAllText(fresh, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            File.Move(fresh, path, overwrite: false);
        }

        return Read(File.ReadAllText(path), path);
    }

    private static byte[] Read(string text, string place)
    {
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == Length
            ? bytes[..Length]
            : throw new OptionsValidationException(place, typeof(CaseKey), [$"{place} must hold {Length} bytes in base64."]);
    }
}
