using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Probes;

/// <summary>
/// Answers <c>/alive</c> and <c>/ready</c> over HTTP/1 on a port of its own, for those who supervise and do not speak gRPC. It is up
/// before the service has started and after it has begun to stop, and says so.
/// </summary>
internal sealed class ProbeServer(IOptions<SamenhangOptions> options, HealthState health) : IHostedLifecycleService
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private WebApplication? _server;

    private enum Readiness
    {
        Ready,
        Degraded,
        NotReady,
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Probes.Port is not { } port)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        server.UseRouting();
        server.MapGet("/alive", http => WriteAsync(http, StatusCodes.Status200OK, new { Status = "alive", Parts = Parts(health.Report()) }));
        server.MapGet("/ready", http =>
        {
            var report = health.Report();
            var status = report switch { { IsReady: false } => Readiness.NotReady, { IsDegraded: true } => Readiness.Degraded, _ => Readiness.Ready };
            return WriteAsync(
                http,
                report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
                new { Status = status, Accepting = report.IsAccepting, Parts = Parts(report) });
        });
        _server = server;
        await server.StartAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Also a host without gRPC, the web page, accepts from now on.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        health.SetAccepting(true);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        health.SetAccepting(false);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            await server.StopAsync(cancellationToken);
            await server.DisposeAsync();
        }
    }

    private static object[] Parts(HealthReport report) =>
        [.. report.Parts.Select(part => new { part.Name, Status = part.IsUp ? "up" : "down", Needed = part.IsNeeded })];

    private static Task WriteAsync<T>(HttpContext http, int status, T body)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, body, Json, http.RequestAborted);
    }
}
