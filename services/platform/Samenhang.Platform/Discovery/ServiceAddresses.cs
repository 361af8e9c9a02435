using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Discovery;

/// <summary>What <c>Samenhang:Services</c> says of one service: a list of places, or a name that DNS resolves.</summary>
internal abstract record ServiceAddresses
{
    private ServiceAddresses()
    {
    }

    /// <summary>Whether the service speaks TLS.</summary>
    public required bool UseTls { get; init; }

    /// <summary>Reads <c>http://a:5101, http://b:5101</c> or <c>dns:///zvw.example:5101</c> (<c>dns+tls:///…</c> for TLS).</summary>
    /// <returns>False when it is neither, or when some of the places speak TLS and others do not.</returns>
    public static bool TryParse(string? text, out ServiceAddresses? addresses)
    {
        addresses = null;
        var parts = (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [var single] && ReadName(single) is { } name)
        {
            addresses = name;
            return true;
        }

        var places = parts.Select(part => Uri.TryCreate(part, UriKind.Absolute, out var place) && place.Scheme is "http" or "https" ? place : null).ToList();
        if (places.Count == 0 || places.Contains(null) || places.Select(place => place!.Scheme).Distinct().Count() > 1)
        {
            return false;
        }

        addresses = new Listed([.. places.Select(place => new HostAndPort(place!.Host.Trim('[', ']'), place.Port))]) { UseTls = places[0]!.Scheme == "https" };
        return true;
    }

    private static Named? ReadName(string text)
    {
        foreach (var (scheme, useTls) in new[] { ("dns:///", false), ("dns+tls:///", true) })
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return HostAndPort.TryParse(text[scheme.Length..], useTls ? 443 : 80, out var name) ? new Named(name) { UseTls = useTls } : null;
            }
        }

        return null;
    }

    /// <summary>These places.</summary>
    public sealed record Listed(IReadOnlyList<HostAndPort> Places) : ServiceAddresses;

    /// <summary>All addresses that DNS gives for the name.</summary>
    public sealed record Named(HostAndPort Host) : ServiceAddresses;
}
