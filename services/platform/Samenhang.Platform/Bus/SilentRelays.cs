using System.Collections.Concurrent;

namespace Samenhang.Platform.Bus;

/// <summary>The relays of this process that have published something and hear neither yes nor no.</summary>
internal sealed class SilentRelays
{
    private readonly ConcurrentDictionary<string, bool> _services = new();

    public bool Any => !_services.IsEmpty;

    /// <summary>The relay of this service waited for an answer in vain.</summary>
    public void WaitsInVain(string service) => _services[service] = true;

    /// <summary>It has an answer, or waits for nothing.</summary>
    public void IsAnswered(string service) => _services.TryRemove(service, out _);
}
