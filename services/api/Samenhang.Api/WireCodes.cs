using System.Collections.Frozen;
using System.Text;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Api;

/// <summary>Enumerations of the contracts, to and from the codes of the vocabulary.</summary>
public static class WireCodes
{
    private static readonly FrozenDictionary<Wire.ProvisionStatus, string> StatusCodes = Enum.GetValues<Wire.ProvisionStatus>()
        .Where(status => status != Wire.ProvisionStatus.Unspecified).ToFrozenDictionary(status => status, status => Kebab(status.ToString()));

    private static readonly FrozenDictionary<string, Wire.ProvisionStatus> Statuses = StatusCodes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private static readonly FrozenDictionary<string, Wire.Domain> Domains = Enum.GetValues<Wire.Domain>()
        .Where(domain => domain != Wire.Domain.Unspecified).ToFrozenDictionary(domain => domain.ToString().ToLowerInvariant());

    /// <summary>The code of a status; empty for one that is unspecified or unknown.</summary>
    public static string Status(Wire.ProvisionStatus status) => StatusCodes.GetValueOrDefault(status, "");

    /// <summary>The status of a code.</summary>
    public static Wire.ProvisionStatus Status(string code) => Statuses.GetValueOrDefault(code);

    /// <summary>The name of a service; null for one that is unspecified or unknown.</summary>
    public static string? Service(Wire.Domain domain) =>
        domain != Wire.Domain.Unspecified && Enum.IsDefined(domain) ? domain.ToString().ToLowerInvariant() : null;

    /// <summary>The domain of the name of a service.</summary>
    public static Wire.Domain Domain(string? service) => service is null ? Wire.Domain.Unspecified : Domains.GetValueOrDefault(service);

    /// <summary>OfferedDeclined → offered-declined.</summary>
    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
