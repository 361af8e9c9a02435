using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Consul;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Discovery;

/// <summary>
/// The one way from a service to another over gRPC: one channel a service, kept open, over which calls go to all its replicas in
/// turn. Where they are says <c>Samenhang:Services</c> (places, or a name for DNS); what does not stand there Consul knows.
/// </summary>
/// <remarks>
/// A call that met no answer (UNAVAILABLE) is made again, twice at most, on another replica when there is one. That is safe for every
/// method: one that reads changes nothing, one that changes carries a request id, and the same id has one effect.
/// </remarks>
public sealed class ServiceChannels : IDisposable
{
    private const int MostMessageBytes = 8 * 1024 * 1024; // A plan of a large case with all its sources passes the default of 4 MB only in theory.

    private static readonly TimeSpan LookUpNamesEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, GrpcChannel> _channels = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServiceAddresses> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly ServiceProvider _resolvers;
    private readonly ILoggerFactory _loggers;
    private readonly ConsulOptions? _consul;

    /// <summary>Reads the settings once.</summary>
    public ServiceChannels(IOptions<SamenhangOptions> options, IServiceProvider provider, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _loggers = loggers;
        foreach (var (service, text) in options.Value.Services)
        {
            _addresses[service] = ServiceAddresses.TryParse(text, out var addresses)
                ? addresses!
                : throw new InvalidOperationException($"Samenhang:Services:{service} holds no address.");
        }

        var resolvers = new ServiceCollection()
            .AddSingleton<ResolverFactory>(new StaticResolverFactory(PlacesOf))
            .AddSingleton<ResolverFactory>(new DnsResolverFactory(LookUpNamesEvery));
        if (options.Value.Consul.IsUsed)
        {
            _consul = options.Value.Consul;
            resolvers.AddSingleton<ResolverFactory>(new ConsulResolverFactory(
                provider.GetRequiredService<ConsulClient>(), provider.GetRequiredService<BlockingQuery>(), loggers.CreateLogger<ConsulResolver>()));
        }

        _resolvers = resolvers.BuildServiceProvider();
    }

    /// <summary>The way to a service; null when nobody knows where it lives.</summary>
    /// <param name="service">One of <see cref="ServiceNames"/>.</param>
    public CallInvoker? Find(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        lock (_lock)
        {
            if (!_channels.TryGetValue(service, out var channel))
            {
                if (TargetOf(service) is not { } target)
                {
                    return null;
                }

                _channels[service] = channel = Open(target.Address, target.UseTls);
            }

            return channel.CreateCallInvoker();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var channel in _channels.Values)
            {
                channel.Dispose();
            }

            _channels.Clear();
        }

        _resolvers.Dispose();
    }

    private (string Address, bool UseTls)? TargetOf(string service) => _addresses.GetValueOrDefault(service) switch
    {
        ServiceAddresses.Listed listed => ($"static:///{service}", listed.UseTls),
        ServiceAddresses.Named named => ($"dns:///{named.Host}", named.UseTls),
        _ => _consul is null ? null : ($"{ConsulResolverFactory.Scheme}:///{service}", _consul.UseTls),
    };

    private IEnumerable<BalancerAddress> PlacesOf(Uri target) =>
        _addresses.GetValueOrDefault(target.AbsolutePath.Trim('/')) is ServiceAddresses.Listed listed
            ? listed.Places.Select(place => new BalancerAddress(place.Host, place.Port))
            : [];

    private GrpcChannel Open(string address, bool useTls) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        Credentials = useTls ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure,
        ServiceProvider = _resolvers,
        LoggerFactory = _loggers,
        MaxReceiveMessageSize = MostMessageBytes,
        DisposeHttpClient = true,
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(250),
        MaxReconnectBackoff = TimeSpan.FromSeconds(5),
        HttpHandler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(3),
            EnableMultipleHttp2Connections = true,

            // A replica that vanished without a word is noticed, also while a call waits for it.
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        },
        ServiceConfig = new ServiceConfig
        {
            LoadBalancingConfigs = { new RoundRobinConfig() },
            MethodConfigs =
            {
                new MethodConfig
                {
                    Names = { MethodName.Default },
                    RetryPolicy = new RetryPolicy
                    {
                        MaxAttempts = 3,
                        InitialBackoff = TimeSpan.FromMilliseconds(50),
                        MaxBackoff = TimeSpan.FromMilliseconds(500),
                        BackoffMultiplier = 3,
                        RetryableStatusCodes = { StatusCode.Unavailable },
                    },
                },
            },
        },
    });
}
