using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Platform.Access;

/// <summary>An RSA key of this process, from a file.</summary>
public static class SigningKey
{
    /// <summary>The issuer of a development system. It ends in .invalid: no such host can ever be.</summary>
    public const string DevelopmentIssuer = "https://development.samenhang.invalid";

    private const int Bits = 2048;

    /// <summary>Reads a key.</summary>
    /// <exception cref="InvalidDataException">The file holds no RSA key of 2048 bits or more.</exception>
    public static RsaSecurityKey Read(string file)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(File.ReadAllText(file));
            return rsa.KeySize >= Bits ? Named(rsa) : throw new InvalidDataException($"The key in {file} has {rsa.KeySize} bits; it must have {Bits} or more.");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"The file {file} holds no RSA key (PEM).", fault);
        }
    }

    /// <summary>Reads a key that processes share, and makes it when none of them did yet.</summary>
    public static RsaSecurityKey ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            using var made = RSA.Create(Bits);
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            Directory.CreateDirectory(folder);
            var draft = Path.Combine(folder, Path.GetRandomFileName());
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(draft, options))
            {
                writer.Write(made.ExportRSAPrivateKeyPem());
            }

            try
            {
                File.Move(draft, file, overwrite: false);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(draft); // Another process was first: its key counts.
            }
        }

        return Read(file);
    }

    /// <summary>The public half, with the name by which tokens refer to it.</summary>
    internal static RsaSecurityKey PublicOf(RsaSecurityKey key) => Named(RSA.Create(key.Rsa.ExportParameters(includePrivateParameters: false)));

    internal static RsaSecurityKey Named(RSA rsa) => new(rsa) { KeyId = Convert.ToHexStringLower(SHA256.HashData(rsa.ExportRSAPublicKey()))[..16] };
}
