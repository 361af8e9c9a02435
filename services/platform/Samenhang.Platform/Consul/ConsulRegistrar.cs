using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Consul;

/// <summary>
/// Keeps the services of this process registered with the local agent, from when the host has started until it begins to stop. An
/// agent that has lost them (it was started anew) gets them again; while no agent answers the services run on, and register later.
/// </summary>
internal sealed class ConsulRegistrar(
    ConsulClient client,
    IOptions<SamenhangOptions> options,
    IEnumerable<ServiceRegistration> services,
    IServiceProvider provider,
    HealthState health,
    TimeProvider time,
    ILogger<ConsulRegistrar> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>The name under which health tells of Consul.</summary>
    public const string Name = "samenhang.consul";

    private static readonly TimeSpan DeregisterWithin = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private IReadOnlyList<ConsulRegistration> _registrations = [];
    private Task _keeping = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Now the ports are open and every part has started: callers are welcome.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        health.SetOptional(Name, up: false);
        if (Address() is { } address)
        {
            _registrations = [.. services.Select(service => RegistrationOf(service.Name, address.Where, address.UseTls))];
            _keeping = Task.Run(() => KeepAsync(_stopping.Token), CancellationToken.None);
        }
        else
        {
            ConsulLog.NoAddress(logger);
        }

        return Task.CompletedTask;
    }

    /// <summary>Before the port closes, so that callers leave while their calls are still taken.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _keeping;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(DeregisterWithin);
        try
        {
            foreach (var registration in _registrations)
            {
                await client.DeregisterAsync(registration.Id, bound.Token);
                ConsulLog.Deregistered(logger, registration.Name, registration.Id);
            }
        }
        catch (Exception cause) when (cause is ConsulException or OperationCanceledException)
        {
            ConsulLog.NotDeregistered(logger, cause); // Its check fails from now on, and the agent forgets it in time.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var isKnown = true; // Whether the state of the agent has been told.
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var registration in _registrations)
                {
                    if (!await client.IsRegisteredAsync(registration.Id, cancellationToken))
                    {
                        await client.RegisterAsync(registration, cancellationToken);
                        ConsulLog.Registered(logger, registration.Name, registration.Id, registration.Address, registration.Port);
                    }
                }

                health.SetOptional(Name, up: true);
                isKnown = true;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ConsulException cause)
            {
                health.SetOptional(Name, up: false);
                if (isKnown)
                {
                    ConsulLog.Unregistered(logger, cause);
                    isKnown = false;
                }
            }

            await Task.Delay(options.Value.Consul.LookEvery, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ConsulRegistration RegistrationOf(string service, HostAndPort where, bool useTls)
    {
        // The same place gives the same id: a process that is killed and started again takes over what it left behind.
        var id = string.Create(CultureInfo.InvariantCulture, $"{service}-{where.Host.Replace(':', '-')}-{where.Port}");
        var consul = options.Value.Consul;
        return new ConsulRegistration
        {
            Id = id,
            Name = service,
            Tags = ["grpc", "samenhang"],
            Address = where.Host,
            Port = where.Port,
            Meta = new Dictionary<string, string> { ["version"] = Version },
            Check = new ConsulGrpcCheck
            {
                Id = $"service:{id}",
                Name = $"Health of {service}",
                Target = where.ToString(),
                UseTls = useTls,
                Interval = ConsulDuration.Of(consul.CheckEvery),
                Timeout = ConsulDuration.Of(consul.CheckWithin),
                DeregisterCriticalServiceAfter = ConsulDuration.Of(consul.ForgetAfter),
            },
        };
    }

    private static string Version { get; } =
        (Assembly.GetEntryAssembly() ?? typeof(ConsulRegistrar).Assembly).GetName().Version?.ToString() ?? "0.0.0.0";

    /// <summary>Where others reach this process: what the settings say, else where it listens.</summary>
    private (HostAndPort Where, bool UseTls)? Address()
    {
        var listens = provider.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(address => Uri.TryCreate(
                address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .FirstOrDefault();
        var useTls = listens?.Scheme == Uri.UriSchemeHttps;
        if (options.Value.Consul.Advertise is { Length: > 0 } advertise)
        {
            return HostAndPort.TryParse(advertise, listens?.Port ?? 0, out var said) ? (said, useTls) : null;
        }

        if (listens is null)
        {
            return null;
        }

        var host = listens.Host.Trim('[', ']');
        var isEverywhere = IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        return (new HostAndPort(isEverywhere ? OwnAddress() : host, listens.Port), useTls);
    }

    /// <summary>The machine's own address in its network; its name when it has none.</summary>
    private static string OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .OrderByDescending(network => network.GetIPProperties().GatewayAddresses.Count)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork)?.ToString() ?? Dns.GetHostName();
}

internal static partial class ConsulLog
{
    [LoggerMessage(2101, LogLevel.Information, "{Service} is registered with Consul as {Id} at {Address}:{Port}.", EventName = "ConsulRegistered")]
    public static partial void Registered(ILogger logger, string service, string id, string address, int port);

    [LoggerMessage(2102, LogLevel.Warning, "Consul does not take the registration; the service runs on and tries again.", EventName = "ConsulUnregistered")]
    public static partial void Unregistered(ILogger logger, Exception cause);

    [LoggerMessage(2103, LogLevel.Information, "{Service} is no longer registered with Consul as {Id}.", EventName = "ConsulDeregistered")]
    public static partial void Deregistered(ILogger logger, string service, string id);

    [LoggerMessage(2104, LogLevel.Warning, "Consul could not be told that this process stops.", EventName = "ConsulNotDeregistered")]
    public static partial void NotDeregistered(ILogger logger, Exception cause);

    [LoggerMessage(2105, LogLevel.Warning, "This process listens nowhere and Samenhang:Consul:Advertise is not set: it is not registered with Consul.", EventName = "ConsulNoAddress")]
    public static partial void NoAddress(ILogger logger);

    [LoggerMessage(2106, LogLevel.Warning, "Consul cannot tell where {Service} lives; what was known before stays.", EventName = "ConsulResolveFailed")]
    public static partial void ResolveFailed(ILogger logger, string service, Exception cause);

    [LoggerMessage(2107, LogLevel.Information, "{Service} lives at {Count} addresses.", EventName = "ConsulResolved")]
    public static partial void Resolved(ILogger logger, string service, int count);
}
