using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Api.Hosting;
using Samenhang.Platform.Access;

namespace Samenhang.Domains.Tests;

/// <summary>One domain service, alone in a host on a free port.</summary>
internal sealed class DomainProcess : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TemporaryFolder folder;

    private DomainProcess(WebApplication app, TemporaryFolder folder, RecordedLog log)
    {
        this.app = app;
        this.folder = folder;
        Log = log;
        Channel = DevelopmentChannel.Open(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public GrpcChannel Channel { get; }

    public RecordedLog Log { get; }

    public static async Task<DomainProcess> StartAsync(
        string service, Action<WebApplicationBuilder> add, Action<WebApplication> map, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = new TemporaryFolder();
        var log = new RecordedLog();
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", "Development"]).ListenForGrpc(service);
        builder.Logging.ClearProviders().AddProvider(log);
        add(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = folder.Path, ["Samenhang:Access:DevelopmentKeyFile"] = DevelopmentChannel.KeyFile });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        var app = builder.Build();
        try
        {
            map(app);
            await app.StartAsync();
            return new DomainProcess(app, folder, log);
        }
        catch
        {
            await app.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
