using System.Globalization;

namespace Samenhang.Platform.Discovery;

/// <summary>Where a program can be reached.</summary>
/// <param name="Host">A name or an IP address, an IPv6 address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal readonly record struct HostAndPort(string Host, int Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[::1]:port</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultPort">The port when the text names none.</param>
    /// <param name="address">What was read.</param>
    public static bool TryParse(string text, int defaultPort, out HostAndPort address)
    {
        address = default;
        if (string.IsNullOrWhiteSpace(text) || text.Contains('/', StringComparison.Ordinal)
            || !Uri.TryCreate($"dns://{text}", UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
        {
            return false;
        }

        address = new HostAndPort(uri.Host.Trim('[', ']'), uri.Port == -1 ? defaultPort : uri.Port);
        return address.Port is > 0 and <= ushort.MaxValue;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
