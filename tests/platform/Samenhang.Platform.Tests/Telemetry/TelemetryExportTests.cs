using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Platform.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_reach_the_collector_under_the_name_of_the_service()
    {
        await using var collector = await Collector.StartAsync();
        using var folder = new TemporaryFolder();
        using (var host = HostOf(folder, new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" }))
        {
            await host.StartAsync();
            Measures.EvaluateRules("zvw", () => 1);
            Measures.Duplicate("zvw");
            await host.StopAsync();
        }

        await Patience.Until(() => collector.Paths.Order().SequenceEqual(["/v1/logs", "/v1/metrics", "/v1/traces"]), "all three arrive");
        Assert.All(collector.Paths, path => Assert.Contains("samenhang-zvw", collector.TextOf(path), StringComparison.Ordinal));
        Assert.Contains("evaluate rules", collector.TextOf("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("samenhang.inbox.duplicates", collector.TextOf("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("Traces, metrics and logs go to", collector.TextOf("/v1/logs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_collector_nothing_is_made_to_send()
    {
        using var folder = new TemporaryFolder();
        using var host = HostOf(folder, []);

        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service is TelemetryExport);
    }

    private static IHost HostOf(TemporaryFolder folder, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = folder.Path });
        builder.AddSamenhangService(ServiceNames.Zvw, _ => { });
        return builder.Build();
    }

    /// <summary>Keeps what comes in by OTLP over HTTP. Protobuf writes text as it is, so a text that was sent stands in the bytes.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly WebApplication _server;

        private Collector()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            _server = builder.Build();
            _server.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                var text = Encoding.UTF8.GetString(body.ToArray());
                _texts.AddOrUpdate(http.Request.Path, text, (_, before) => before + text);
            });
        }

        public string Address => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public IReadOnlyCollection<string> Paths => [.. _texts.Keys];

        public static async Task<Collector> StartAsync()
        {
            var collector = new Collector();
            await collector._server.StartAsync();
            return collector;
        }

        public string TextOf(string path) => _texts[path];

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
