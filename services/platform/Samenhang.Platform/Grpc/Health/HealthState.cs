using System.Threading.Channels;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Samenhang.Platform.Grpc.Health;

/// <summary>
/// What the health service tells. The server as a whole (the empty name) serves when the host has started and every dependency that
/// reported (store, broker, …) is up; a service serves when the whole does and it did not report otherwise itself.
/// </summary>
/// <remarks>Safe for use from several threads. Watchers see every lasting change; of changes in quick succession only the last.</remarks>
public sealed class HealthState
{
    /// <summary>The name of the server as a whole.</summary>
    public const string Whole = "";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, bool> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _dependencies = new(StringComparer.Ordinal);
    private readonly HashSet<string> _optional = new(StringComparer.Ordinal);
    private readonly List<Watcher> _watchers = [];
    private bool _accepting;

    /// <summary>The status of a service, or null when this server does not have it.</summary>
    /// <param name="service">The full name of the service; empty for the whole.</param>
    public ServingStatus? StatusOf(string service)
    {
        lock (_lock)
        {
            return Current(service);
        }
    }

    /// <summary>Says that the host has started (true) or is stopping (false).</summary>
    /// <param name="accepting">Whether calls are welcome.</param>
    public void SetAccepting(bool accepting) => Change(() => _accepting = accepting);

    /// <summary>Adds a service, or changes whether it serves.</summary>
    /// <param name="service">The full name of the service.</param>
    /// <param name="serving">Whether it serves.</param>
    public void SetService(string service, bool serving)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        Change(() => _services[service] = serving);
    }

    /// <summary>Says whether something that the server needs is up. While one is down, nothing here serves.</summary>
    /// <param name="dependency">Its name, for example <c>store</c> or <c>broker</c>.</param>
    /// <param name="up">Whether it is up.</param>
    public void SetDependency(string dependency, bool up)
    {
        ArgumentException.ThrowIfNullOrEmpty(dependency);
        Change(() => _dependencies[dependency] = up);
    }

    /// <summary>
    /// Says whether something is up without which the server goes on, degraded. Its name is also a service of the protocol, so that
    /// who wants to can watch it.
    /// </summary>
    /// <param name="part">Its name, for example <c>samenhang.bus</c>.</param>
    /// <param name="up">Whether it is up.</param>
    public void SetOptional(string part, bool up)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        Change(() =>
        {
            _optional.Add(part);
            _services[part] = up;
        });
    }

    /// <summary>The state of the server with its parts, at one moment.</summary>
    public HealthReport Report()
    {
        lock (_lock)
        {
            return new HealthReport(
                _accepting,
                [.. _dependencies.Select(part => new HealthPart(part.Key, part.Value, IsNeeded: true))
                    .Concat(_optional.Select(part => new HealthPart(part, _services[part], IsNeeded: false)))
                    .OrderBy(part => part.Name, StringComparer.Ordinal)]);
        }
    }

    /// <summary>The status of a service now and at every change, until cancelled. Null while this server does not have the service.</summary>
    /// <param name="service">The full name of the service; empty for the whole.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async IAsyncEnumerable<ServingStatus?> Watch(
        string service, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new Watcher(service);
        lock (_lock)
        {
            watcher.Tell(Current(service));
            _watchers.Add(watcher);
        }

        try
        {
            var told = false;
            ServingStatus? last = null;
            await foreach (var status in watcher.Statuses.ReadAllAsync(cancellationToken))
            {
                if (!told || status != last)
                {
                    (told, last) = (true, status);
                    yield return status;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    private ServingStatus? Current(string service)
    {
        var whole = _accepting && !_dependencies.ContainsValue(false);
        if (service == Whole)
        {
            return Serving(whole);
        }

        return _services.TryGetValue(service, out var serving) ? Serving(whole && serving) : null;
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            foreach (var watcher in _watchers)
            {
                watcher.Tell(Current(watcher.Service));
            }
        }
    }

    private static ServingStatus Serving(bool serving) => serving ? ServingStatus.Serving : ServingStatus.NotServing;

    private sealed class Watcher(string service)
    {
        private readonly Channel<ServingStatus?> _latest =
            Channel.CreateBounded<ServingStatus?>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public string Service { get; } = service;

        public ChannelReader<ServingStatus?> Statuses => _latest.Reader;

        public void Tell(ServingStatus? status) => _latest.Writer.TryWrite(status);
    }
}
