using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Grpc;

namespace Samenhang.Interop.Echo;

/// <summary>The echo service with health and reflection on a free port of the loopback, over HTTP/2 without TLS.</summary>
public sealed class EchoHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EchoHost(WebApplication application) => _application = application;

    /// <summary>The address, for example <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Starts a host.</summary>
    /// <param name="logs">Receives the logs; null for none.</param>
    /// <param name="configure">Adds to the services; null for nothing.</param>
    public static async Task<EchoHost> Start(ILoggerProvider? logs = null, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging =>
        {
            if (logs is not null)
            {
                logging.AddProvider(logs);
            }
        });
        builder.Services.AddSingleton<AbandonedWaits>();
        builder.Services.AddSamenhangGrpc();
        configure?.Invoke(builder.Services);

        var application = builder.Build();
        application.UseRouting();
        application.MapGrpcService<EchoService>();
        application.MapSamenhangGrpc();
        await application.StartAsync();
        return new EchoHost(application);
    }

    /// <summary>Stops the host as an operator would: gracefully.</summary>
    public Task Stop() => _application.StopAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
