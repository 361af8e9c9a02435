using System.Security.Cryptography;
using System.Text;

namespace Samenhang.Gemeente.Clients;

/// <summary>The name of a client at a municipality. Never a BSN.</summary>
/// <param name="MunicipalityCode">The code of the municipality, four digits.</param>
/// <param name="Reference">The municipality's own reference.</param>
public sealed record ClientName(string MunicipalityCode, string Reference)
{
    /// <summary>
    /// The id of the first file under this name. It follows from the name, so that two messages that come at once make one file; and outside the municipality
    /// nobody reads the reference in it.
    /// </summary>
    public string FileId => Digest($"client\n{MunicipalityCode}\n{Reference}", 32);

    /// <inheritdoc/>
    public override string ToString() => $"{MunicipalityCode}:{Reference}";

    /// <summary>The first hexadecimal digits of a hash.</summary>
    internal static string Digest(string text, int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..digits];
}
