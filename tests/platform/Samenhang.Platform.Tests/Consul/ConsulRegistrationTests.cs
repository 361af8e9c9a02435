using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Grpc;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;
using Samenhang.TestSupport.Consul;

namespace Samenhang.Platform.Tests.Consul;

public sealed class ConsulRegistrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_service_registers_when_it_has_started_is_checked_and_leaves_when_it_stops()
    {
        await using var agent = await ConsulAgent.StartAsync(token: "right");
        await using var service = await StartAsync(agent);

        await Patience.Until(() => agent.Registered("zvw").Count == 1, "it is registered");
        var id = agent.Registered("zvw").Single();
        await Patience.Until(() => agent.StatusOf(id) == "passing", "its check passes");
        var said = agent.RegistrationOf(id);
        Assert.StartsWith("zvw-127.0.0.1-", id, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", (string?)said["Address"]);
        Assert.Equal($"127.0.0.1:{(int)said["Port"]!}", (string?)said["Check"]!["GRPC"]);
        Assert.Equal("600s", (string?)said["Check"]!["DeregisterCriticalServiceAfter"]);
        Assert.NotEmpty((string)said["Meta"]!["version"]!);

        await service.StopAsync();

        Assert.Empty(agent.Registered("zvw"));
        _log.HasNoErrors();
    }

    [Fact]
    public async Task An_agent_that_was_started_anew_gets_the_registration_again()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await using var service = await StartAsync(agent);
        await Patience.Until(() => agent.Registered("zvw").Count == 1, "it is registered");

        await agent.GoAwayAsync();
        await Patience.Until(() => _log.Of("ConsulUnregistered").Count == 1 && IsDegraded(service), "it says that Consul is away");
        await agent.ComeBackAsync();

        await Patience.Until(() => agent.Registered("zvw").Count == 1, "it is registered again");
        await Patience.Until(() => !IsDegraded(service), "all is well");
        Assert.Single(_log.Of("ConsulUnregistered"));
    }

    [Fact]
    public async Task Without_Consul_the_service_starts_and_serves_and_registers_later()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await agent.GoAwayAsync();

        await using var service = await StartAsync(agent);
        await Patience.Until(() => _log.Of("ConsulUnregistered").Count == 1, "it says that it is not registered");
        Assert.True(Report(service).IsReady);
        Assert.True(IsDegraded(service));

        await agent.ComeBackAsync();
        await Patience.Until(() => agent.Registered("zvw").Count == 1, "it is registered");
    }

    [Fact]
    public async Task A_service_that_may_not_register_runs_on_degraded()
    {
        await using var agent = await ConsulAgent.StartAsync();
        var settings = agent.Settings;
        agent.Token = "right";

        await using var service = await StartAsync(agent, settings);

        await Patience.Until(() => _log.Of("ConsulUnregistered").Count == 1, "it says that it is not registered");
        Assert.True(IsDegraded(service));
    }

    [Fact]
    public async Task Two_services_in_one_process_and_an_address_of_choice()
    {
        await using var agent = await ConsulAgent.StartAsync();
        var settings = agent.Settings;
        settings["Samenhang:Consul:Advertise"] = "zvw.example:443";

        await using var service = await StartAsync(agent, settings, "uwv");

        await Patience.Until(() => agent.Registered("uwv").Count == 1, "both are registered");
        Assert.Equal(["zvw-zvw.example-443"], agent.Registered("zvw"));
        Assert.Equal("zvw.example:443", (string?)agent.RegistrationOf("uwv-zvw.example-443")["Check"]!["GRPC"]);
    }

    public void Dispose() => _folder.Dispose();

    private static HealthReport Report(WebApplication service) => service.Services.GetRequiredService<HealthState>().Report();

    private static bool IsDegraded(WebApplication service) => Report(service).IsDegraded;

    private async Task<WebApplication> StartAsync(ConsulAgent agent, Dictionary<string, string?>? settings = null, params string[] others)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings ?? agent.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = _folder.Path });
        builder.Logging.AddProvider(_log);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddSamenhangGrpc();
        foreach (var name in others.Prepend(ServiceNames.Zvw))
        {
            builder.AddSamenhangService(name, _ => { });
        }

        var application = builder.Build();
        application.UseRouting();
        application.MapSamenhangGrpc();
        await application.StartAsync();
        return application;
    }
}
