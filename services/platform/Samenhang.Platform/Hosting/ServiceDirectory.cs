using Microsoft.Extensions.Options;

namespace Samenhang.Platform.Hosting;

/// <summary>Tells where a service lives. Configuration fills it now; Consul can fill it without a change for who asks.</summary>
public interface IServiceDirectory
{
    /// <summary>The addresses of the service that answer now, in no order; empty when none is known.</summary>
    /// <param name="service">One of <see cref="ServiceNames"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    ValueTask<IReadOnlyList<Uri>> FindAsync(string service, CancellationToken cancellationToken);
}

/// <summary>The addresses that stand in the configuration, <c>Samenhang:Services</c>.</summary>
public sealed class StaticDiscovery : IServiceDirectory
{
    private readonly Dictionary<string, IReadOnlyList<Uri>> _addresses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the configuration once.</summary>
    public StaticDiscovery(IOptions<SamenhangOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (service, text) in options.Value.Services)
        {
            _addresses[service] = TryParse(text, out var addresses)
                ? addresses
                : throw new InvalidOperationException($"Samenhang:Services:{service} holds no address.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Uri>> FindAsync(string service, CancellationToken cancellationToken)
        => ValueTask.FromResult(_addresses.GetValueOrDefault(service, []));

    internal static bool TryParse(string? text, out IReadOnlyList<Uri> addresses)
    {
        var parsed = (text ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => Uri.TryCreate(part, UriKind.Absolute, out var address) ? address : null)
            .ToList();
        addresses = [.. parsed.OfType<Uri>()];
        return parsed.Count > 0 && parsed.All(address => address?.Scheme is "http" or "https");
    }
}
