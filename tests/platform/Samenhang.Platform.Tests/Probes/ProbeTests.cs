using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Samenhang.Platform.Grpc;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Tests.Grpc;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Samenhang.Platform.Tests.Probes;

public sealed class ProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = Patience.Limit };

    [Fact]
    public async Task When_all_is_well_it_is_alive_and_ready_and_tells_its_parts()
    {
        await using var service = await StartAsync();

        await Patience.Until(async () => (await service.ReadyAsync()).Said == "ready", "it is ready");

        Assert.Equal((HttpStatusCode.OK, "alive"), await service.AliveAsync());
        Assert.Equal("store.zvw up", await service.PartAsync("store.zvw"));
        Assert.Equal("samenhang.bus up", await service.PartAsync("samenhang.bus"));
        Assert.Equal(ServingStatus.Serving, await service.HealthAsync());
    }

    [Fact]
    public async Task Before_it_has_started_it_is_alive_and_not_ready()
    {
        var slow = new SlowStart();
        var starting = StartAsync(configure: services => services.AddSingleton<IHostedService>(slow));
        await slow.Reached.WaitAsync(Patience.Limit);

        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri($"http://127.0.0.1:{slow.Port}/alive"))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _http.GetAsync(new Uri($"http://127.0.0.1:{slow.Port}/ready"))).StatusCode);

        slow.GoOn();
        await using var service = await starting;
        Assert.Equal(HttpStatusCode.OK, (await service.ReadyAsync()).Code);
    }

    [Fact]
    public async Task When_the_database_is_down_it_is_not_ready_until_it_is_back()
    {
        var store = new StoreSwitch();
        await using var service = await StartAsync(configure: store.PutBetween);
        await Patience.Until(async () => (await service.ReadyAsync()).Code == HttpStatusCode.OK, "it is ready");

        store.IsDown = true;
        await Patience.Until(async () => (await service.ReadyAsync()) == (HttpStatusCode.ServiceUnavailable, "notReady"), "it is not ready");
        Assert.Equal("store.zvw down", await service.PartAsync("store.zvw"));
        Assert.Equal(ServingStatus.NotServing, await service.HealthAsync());
        Assert.Equal((HttpStatusCode.OK, "alive"), await service.AliveAsync());

        store.IsDown = false;
        await Patience.Until(async () => (await service.ReadyAsync()).Code == HttpStatusCode.OK, "it is ready again");
        Assert.Equal(ServingStatus.Serving, await service.HealthAsync());
    }

    [Fact]
    public async Task When_the_broker_is_down_it_is_ready_and_degraded()
    {
        await using var service = await StartAsync(new() { ["Samenhang:Transport"] = "RabbitMq", ["Samenhang:RabbitMq:Host"] = "127.0.0.1", ["Samenhang:RabbitMq:Port"] = "1" });

        await Patience.Until(async () => await service.ReadyAsync() == (HttpStatusCode.OK, "degraded"), "it is degraded");
        Assert.Equal("samenhang.bus down", await service.PartAsync("samenhang.bus"));
        Assert.Equal(ServingStatus.Serving, await service.HealthAsync());
    }

    [Fact]
    public async Task When_Consul_is_away_it_is_ready_and_degraded()
    {
        await using var service = await StartAsync(new() { ["Samenhang:Consul:Address"] = "http://127.0.0.1:1", ["Samenhang:Consul:Settings"] = "false" });

        await Patience.Until(async () => await service.ReadyAsync() == (HttpStatusCode.OK, "degraded"), "it is degraded");
        await Patience.Until(async () => await service.PartAsync("samenhang.bus") == "samenhang.bus up", "only Consul is away");
        Assert.Equal("samenhang.consul down", await service.PartAsync("samenhang.consul"));
        Assert.Equal(ServingStatus.Serving, await service.HealthAsync());
    }

    [Fact]
    public async Task Without_a_port_there_are_no_probes()
    {
        await using var service = await StartAsync(new() { ["Samenhang:Probes:Port"] = null });

        await Assert.ThrowsAsync<HttpRequestException>(() => service.ReadyAsync());
        Assert.Equal(ServingStatus.Serving, await service.HealthAsync());
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<Probed> StartAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var port = FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Samenhang:Store:Folder"] = _folder.Path,
            ["Samenhang:Probes:Port"] = $"{port}",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddSamenhangGrpc();
        builder.AddSamenhangService(ServiceNames.Zvw, _ => { });
        configure?.Invoke(builder.Services);
        foreach (var slow in builder.Services.Select(service => service.ImplementationInstance).OfType<SlowStart>())
        {
            slow.Port = port;
        }

        var application = builder.Build();
        application.UseRouting();
        application.MapSamenhangGrpc();
        await application.StartAsync();
        return new Probed(application, _http, port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Probed(WebApplication application, HttpClient http, int port) : IAsyncDisposable
    {
        private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
            application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public Task<(HttpStatusCode Code, string Said)> AliveAsync() => AskAsync("alive");

        public Task<(HttpStatusCode Code, string Said)> ReadyAsync() => AskAsync("ready");

        public async Task<string> PartAsync(string name)
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/ready"));
            var part = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["parts"]!.AsArray().SingleOrDefault(part => (string)part!["name"]! == name);
            return $"{name} {(string?)part?["status"]}";
        }

        public async Task<ServingStatus> HealthAsync() =>
            (await new global::Grpc.Health.V1.Health.HealthClient(_channel).CheckAsync(new HealthCheckRequest(), EchoCalls.Bounded)).Status;

        public async ValueTask DisposeAsync()
        {
            _channel.Dispose();
            await application.DisposeAsync();
        }

        private async Task<(HttpStatusCode Code, string Said)> AskAsync(string probe)
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/{probe}"));
            return (answer.StatusCode, (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]!);
        }
    }

    /// <summary>Holds the start until a test lets it go on.</summary>
    private sealed class SlowStart : IHostedService
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Port { get; set; }

        public Task Reached => _reached.Task;

        public void GoOn() => _goOn.SetResult();

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _reached.SetResult();
            return _goOn.Task.WaitAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>The real store, with a line in between that a test can cut.</summary>
    internal sealed class StoreSwitch
    {
        public bool IsDown { get; set; }

        public void PutBetween(IServiceCollection services)
        {
            var real = services.Single(service => service.ServiceType == typeof(IEventStore));
            services.Remove(real);
            services.AddKeyedSingleton(ServiceNames.Zvw, (provider, key) =>
            {
                var line = DispatchProxy.Create<IEventStore, Line>();
                ((Line)(object)line).Use(this, (IEventStore)real.KeyedImplementationFactory!(provider, key));
                return line;
            });
        }

#pragma warning disable CA1852 // The proxy that is made of it is its subtype.
        internal class Line : DispatchProxy, IDisposable
#pragma warning restore CA1852
        {
            private StoreSwitch? _cut;
            private IEventStore? _store;

            public void Dispose()
            {
                (_store as IDisposable)?.Dispose();
                GC.SuppressFinalize(this);
            }

            internal void Use(object cut, IEventStore store) => (_cut, _store) = ((StoreSwitch)cut, store);

            protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
                _cut!.IsDown ? throw new StoreUnavailableException(new IOException("The line is cut.")) : targetMethod!.Invoke(_store, args);
        }
    }
}
