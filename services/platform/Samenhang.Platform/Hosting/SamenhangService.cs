using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Consul;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Probes;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.PostgreSql;
using Samenhang.Platform.Store.Sqlite;
using Samenhang.Platform.Telemetry;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Hosting;

/// <summary>Puts a service in a host. One host may hold one service, or all: each has its own store and relay, the bus is shared.</summary>
public static class SamenhangService
{
    private const string WebServer = "Microsoft.AspNetCore";

    /// <summary>
    /// Adds one service: its streams, projections and consumers, its store (the file <c>{Samenhang:Store:Folder}/{name}.db</c> or the schema <c>{name}</c>) and its relay.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">One of <see cref="ServiceNames"/>.</param>
    /// <param name="configure">What the service is made of.</param>
    public static IHostApplicationBuilder AddSamenhangService(
        this IHostApplicationBuilder builder, string name, Action<ServiceBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        if (!ServiceNames.All.Contains(name))
        {
            throw new ArgumentException($"'{name}' is no service; they are {string.Join(", ", ServiceNames.All)}.", nameof(name));
        }

        builder.AddSamenhangPlatform();
        builder.AddConsulSettings(name);
        var services = builder.Services;
        var service = new ServiceBuilder(name, services);
        configure(service);
        var (registration, catalog, migrations) = service.Build();
        services.AddSingleton(registration);
        services.AddKeyedSingleton(name, catalog);
        services.AddKeyedSingleton(name, (provider, _) => new StoreKeys(name, provider.GetRequiredService<KeyRing>()));
        services.AddKeyedSingleton<ISealedRows>(name, (provider, _) => new StreamKeyRows(
            name, provider.GetRequiredKeyedService<IEventStore>(name), provider.GetRequiredKeyedService<StoreKeys>(name)));
        services.AddKeyedSingleton<IEventStore>(name, (provider, _) => new ObservedEventStore(name, OpenStore(name, migrations, provider)));
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<StoreUpkeep>(
            provider, provider.GetRequiredKeyedService<IEventStore>(name)));
        services.AddKeyedSingleton(name, (provider, _) => provider.GetRequiredKeyedService<IEventStore>(name).Trail);
        services.AddSingleton(provider => new ServiceTrail(
            name, service.Packages, new TrailWriter(provider.GetRequiredKeyedService<ITrailStore>(name)), provider.GetRequiredKeyedService<StoreKeys>(name)));
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<TrailUpkeep>(
            provider, name, provider.GetRequiredKeyedService<ITrailStore>(name)));
        services.AddSingleton<IHostedService>(provider => RelayOf(name, provider));
        return builder;
    }

    /// <summary>
    /// Adds what all services of a host share: validated options, the clock, the ways to other services and the bus. Called by
    /// <see cref="AddSamenhangService"/>. Calling it again does nothing.
    /// </summary>
    public static IHostApplicationBuilder AddSamenhangPlatform(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(Arrivals)))
        {
            return builder;
        }

        builder.AddSamenhangChannels();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<SilentRelays>();
        services.AddSingleton(RingOf);
        services.AddHostedService<BusHealth>();
        services.AddHostedService<StoreHealth>();
        services.AddOutboxGauges();
        if (builder.Configuration.GetSection(SamenhangOptions.Section).GetValue<Transport>(nameof(SamenhangOptions.Transport)) == Transport.RabbitMq)
        {
            services.AddSingleton<QueueDepths>();
            services.AddSingleton(QueueDepths.Gauge(provider => provider.GetRequiredService<QueueDepths>()));
        }

        builder.AddConsulRegistration();
        services.AddSamenhangBus(builder.Configuration.GetSection(SamenhangOptions.Section).GetValue(nameof(SamenhangOptions.Transport), Transport.InMemory));
        return builder;
    }

    /// <summary>
    /// Adds the validated options, the clock, the ways to services and the probes, without a bus: enough for a host that only calls
    /// services (web). Calling it again does nothing.
    /// </summary>
    public static IHostApplicationBuilder AddSamenhangChannels(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(ServiceChannels)))
        {
            return builder;
        }

        builder.Configuration.AddSamenhangVariables(Environment.GetEnvironmentVariables());
        builder.Configuration.AddSecretFiles();
        if (builder.Configuration[$"Logging:LogLevel:{WebServer}"] is null)
        {
            builder.Logging.AddFilter(WebServer, LogLevel.Warning); // Else four lines for each request, which say nothing that the metrics do not.
        }

        services.AddOptions<SamenhangOptions>().Bind(builder.Configuration.GetSection(SamenhangOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SamenhangOptions>, SamenhangOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HealthState>();
        services.AddSingleton<ServiceChannels>();
        builder.AddConsul();
        services.AddHostedService<ProbeServer>();
        services.AddHostedService<GaugeSampler>();
        TelemetryExport.AddTo(builder);
        return builder;
    }

    private static IEventStore OpenStore(string name, IReadOnlyList<Migrations> migrations, IServiceProvider provider)
    {
        var store = provider.GetRequiredService<IOptions<SamenhangOptions>>().Value.Store;
        var keys = provider.GetRequiredKeyedService<StoreKeys>(name);
        var time = provider.GetRequiredService<TimeProvider>();
        return store.Kind switch
        {
            StoreKind.Sqlite => SqliteEventStore.Open(Path.Combine(store.Folder, $"{name}.db"), migrations, keys, time),
            StoreKind.PostgreSql => PostgreSqlEventStore.Open(
                store.ConnectionString, name, migrations, keys, time, provider.GetRequiredService<ILogger<PostgreSqlEventStore>>()),
        };
    }

    // The embedded system makes its own beside its stores; elsewhere an operator gives it.
    private static KeyRing RingOf(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        return configuration[KeyRing.Setting] is { Length: > 0 } keys ? KeyRing.Of(keys, KeyRing.Setting)
            : configuration[KeyRing.FileSetting] is { Length: > 0 } file ? KeyRing.In(file, make: false)
            : KeyRing.In(Path.Combine(provider.GetRequiredService<IOptions<SamenhangOptions>>().Value.Store.Folder, "keys"), make: true);
    }

    private static Relay RelayOf(string name, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SamenhangOptions>>().Value;
        return new Relay(
            name,
            provider.GetRequiredKeyedService<IEventStore>(name),
            provider.GetRequiredKeyedService<EventCatalog>(name),
            provider.GetRequiredService<IBusControl>(),
            options.Transport == Transport.InMemory ? provider.GetRequiredService<Arrivals>() : null,
            provider.GetRequiredService<SilentRelays>(),
            options.Relay,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Relay>>());
    }
}
