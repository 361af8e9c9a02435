using Grpc.Net.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Samenhang.Casemanager;
using Samenhang.Employer;
using Samenhang.Gemeente;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Uwv;
using Samenhang.Web;
using Samenhang.Zvw;

namespace Samenhang.Host.Embedded;

/// <summary>
/// All five services and the web page in one process: SQLite files, messages inside the process, gRPC and HTTP on localhost. Nothing
/// of the services differs from separate processes but the registration of transport, store and discovery. In one process every
/// gRPC port answers for every service; a client that uses the right port runs unchanged against separate processes.
/// </summary>
internal sealed class EmbeddedSystem : IAsyncDisposable
{
    private readonly WebApplication services;
    private readonly WebApplication? web;
    private readonly string? ownFolder;
    private readonly Lazy<GrpcChannel> channel;
    private bool hasStarted;

    private EmbeddedSystem(WebApplication services, WebApplication? web, Ports ports, string? ownFolder)
    {
        this.services = services;
        this.web = web;
        this.ownFolder = ownFolder;
        Ports = ports;
        channel = new(() => ChannelTo(ServiceNames.Casemanager));
    }

    /// <summary>Where everything listens.</summary>
    public Ports Ports { get; }

    /// <summary>A connection to the casemanager.</summary>
    public GrpcChannel Casemanager => channel.Value;

    /// <summary>A connection to a service, as somebody who may make each call.</summary>
    public GrpcChannel ChannelTo(string service) => DevelopmentChannel.Open(AddressOf(service).ToString(), time: Services.GetRequiredService<TimeProvider>());

    /// <summary>The container of the services.</summary>
    public IServiceProvider Services => services.Services;

    /// <summary>Starts everything; when it returns, all of it answers.</summary>
    public static async Task<EmbeddedSystem> StartAsync(EmbeddedOptions options, CancellationToken cancellation)
    {
        // Between looking for a free port and listening on it another program can take it; then the search begins again.
        const int MostTries = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryStartAsync(options, Ports.Choose(options.UseDefaultPorts), cancellation);
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException && attempt < MostTries)
            {
                // Nothing of this attempt is left: the next one makes everything anew.
            }
        }
    }

    private static async Task<EmbeddedSystem> TryStartAsync(EmbeddedOptions options, Ports ports, CancellationToken cancellation)
    {
        var ownFolder = options.DataFolder is null ? Directory.CreateTempSubdirectory("samenhang-").FullName : null;
        var services = BuildServices(options, ports, options.DataFolder ?? ownFolder!);
        var web = options.WithWeb ? BuildWeb(ports) : null;
        var system = new EmbeddedSystem(services, web, ports, ownFolder);
        try
        {
            await services.StartAsync(cancellation);
            system.hasStarted = true;
            if (web is not null)
            {
                await web.StartAsync(cancellation);
            }

            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of a service, or of the web page.</summary>
    public Uri AddressOf(string part) => Address(Ports, part);

    /// <summary>Returns when the process is asked to end.</summary>
    public Task WaitAsync(CancellationToken cancellation) => services.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (channel.IsValueCreated)
        {
            channel.Value.Dispose();
        }

        if (web is not null)
        {
            await web.DisposeAsync();
        }

        // What failed at its start has nothing to stop, and trying would hide why it failed.
        if (hasStarted)
        {
            await services.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
        if (ownFolder is not null)
        {
            Directory.Delete(ownFolder, recursive: true);
        }
    }

    private static WebApplication BuildServices(EmbeddedOptions options, Ports ports, string folder)
    {
        var builder = Builder();
        var settings = new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = folder, ["Samenhang:Home"] = options.Home };
        LetDevelopersIn(builder);
        foreach (var service in ServiceNames.All)
        {
            settings[$"Samenhang:Services:{service}"] = Address(ports, service).ToString();
        }

        builder.AddCasemanager().AddZvw().AddGemeente().AddUwv().AddEmployer();

        // Last, so that they go before variables of the environment: those are for separate processes.
        builder.Configuration.AddInMemoryCollection(settings.Concat(options.Settings));
        options.Services?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var service in ServiceNames.All)
            {
                kestrel.ListenLocalhost(ports.Of[service], endpoint => endpoint.Protocols = HttpProtocols.Http2);
            }
        });
        var app = builder.Build();
        app.MapCasemanager();
        app.MapZvw();
        app.MapGemeente();
        app.MapUwv();
        app.MapEmployer();
        return app;
    }

    private static WebApplication BuildWeb(Ports ports)
    {
        var builder = Builder();
        builder.AddSamenhangWeb();

        // Last, so that it goes before variables of the environment: those are for separate processes. Who named an issuer signs in there.
        builder.Configuration["Samenhang:Services:casemanager"] = Address(ports, ServiceNames.Casemanager).ToString();
        if (string.IsNullOrEmpty(builder.Configuration["Samenhang:Web:SignIn:Authority"]))
        {
            builder.Configuration["Samenhang:Web:SignIn:Development"] = "true";
        }

        LetDevelopersIn(builder);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(ports.Of[Ports.Web]));
        var app = builder.Build();
        app.MapSamenhangWeb();
        return app;
    }

    // Who named issuers has no use for the key of developers. In an environment named Production the services refuse to start with it.
    private static void LetDevelopersIn(WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetSection($"{AccessOptions.Section}:{nameof(AccessOptions.Issuers)}").GetChildren().Any())
        {
            builder.Configuration.AddInMemoryCollection(
                [new($"{AccessOptions.Section}:{nameof(AccessOptions.DevelopmentKeyFile)}", DevelopmentChannel.KeyFile)]);
        }
    }

    // An argument goes before variables, and a variable that names Consul is for separate processes.
    private const string WithoutConsul = $"--{SamenhangOptions.Section}:{nameof(SamenhangOptions.Consul)}:Address=";

    private static WebApplicationBuilder Builder()
    {
        // One process on localhost with demo persons is for development, unless somebody says otherwise: then the pages ask for a real issuer.
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = environment, Args = [WithoutConsul] });

        // Standard output is for the report; what goes wrong is told beside it.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }

    private static Uri Address(Ports ports, string part) => new($"http://localhost:{ports.Of[part]}");
}
