using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Consul;
using Samenhang.Platform.Hosting;
using Samenhang.TestSupport.Consul;

namespace Samenhang.Platform.Tests.Consul;

public sealed class ConsulSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_service_starts_with_the_settings_under_its_own_name()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("samenhang/zvw/", "");
        agent.Put("samenhang/zvw/Relay/BatchSize", "7");
        agent.Put("samenhang/zvw/Relay:PollEvery", "00:00:03");
        agent.Put("samenhang/zvw/Logging/LogLevel/Default", "Debug");
        agent.Put("samenhang/uwv/Relay/BatchSize", "8");

        using var host = await StartAsync(agent);

        var relay = host.Services.GetRequiredService<IOptions<SamenhangOptions>>().Value.Relay;
        Assert.Equal((7, TimeSpan.FromSeconds(3)), (relay.BatchSize, relay.PollEvery));
        Assert.Equal("Debug", host.Services.GetRequiredService<IConfiguration>()["Logging:LogLevel:Default"]);
        _log.HasNoErrors();
    }

    [Fact]
    public async Task A_change_and_a_removal_arrive_while_it_runs()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("samenhang/zvw/Relay/BatchSize", "7");
        using var host = await StartAsync(agent);
        var now = host.Services.GetRequiredService<IOptionsMonitor<SamenhangOptions>>();

        agent.Put("samenhang/zvw/Relay/BatchSize", "9");
        await Patience.Until(() => now.CurrentValue.Relay.BatchSize == 9, "the change arrives");

        agent.Delete("samenhang/zvw/Relay/BatchSize");
        await Patience.Until(() => now.CurrentValue.Relay.BatchSize == new RelayOptions().BatchSize, "the removal arrives");
    }

    [Fact]
    public async Task A_key_that_is_named_like_a_secret_is_refused_and_told_without_its_value()
    {
        await using var agent = await ConsulAgent.StartAsync();
        foreach (var key in new[] { "RabbitMq/Password", "Store/ConnectionString", "Consul:Token", "Vault/Key", "Some/Api_Key" })
        {
            agent.Put($"samenhang/zvw/{key}", "hunter2");
        }

        using var host = await StartAsync(agent);

        Assert.Equal("guest", host.Services.GetRequiredService<IOptions<SamenhangOptions>>().Value.RabbitMq.Password);
        await Patience.Until(() => _log.Of("ConsulSecretRefused").Count == 5, "each is told");
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_Consul_the_service_starts_without_them_and_gets_them_later()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("samenhang/zvw/Relay/BatchSize", "7");
        await agent.GoAwayAsync();

        using var host = await StartAsync(agent);
        var now = host.Services.GetRequiredService<IOptionsMonitor<SamenhangOptions>>();
        Assert.Equal(new RelayOptions().BatchSize, now.CurrentValue.Relay.BatchSize);
        await Patience.Until(() => _log.Of("ConsulSettingsUnread").Count == 1, "it says that they cannot be read");

        await agent.ComeBackAsync();

        await Patience.Until(() => now.CurrentValue.Relay.BatchSize == 7, "the settings arrive");
    }

    [Fact]
    public async Task A_wrong_value_at_the_start_stops_the_start()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("samenhang/zvw/Relay/BatchSize", "0");

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(agent));

        Assert.Contains("Samenhang:Relay:BatchSize", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_while_it_runs_is_told_and_what_was_in_force_stays()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("samenhang/zvw/Relay/BatchSize", "7");
        using var host = await StartAsync(agent);
        var followed = new LastGood<SamenhangOptions>(host.Services.GetRequiredService<IOptionsMonitor<SamenhangOptions>>());

        agent.Put("samenhang/zvw/Relay/BatchSize", "0");
        await Patience.Until(() => _log.Of("ConsulSettingsFaulty").Count == 1, "the wrong value is told");
        Assert.Equal(7, followed.Now.Relay.BatchSize);

        agent.Put("samenhang/zvw/Relay/BatchSize", "9");
        await Patience.Until(() => followed.Now.Relay.BatchSize == 9, "the right value arrives");
    }

    [Fact]
    public void They_stand_above_files_and_below_variables_and_the_command_line()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:A"] = "file", ["Samenhang:B"] = "file", ["Samenhang:C"] = "file" });
        configuration.AddCommandLine(["--Samenhang:C=line"]);
        configuration.AddSamenhangVariables(new System.Collections.Hashtable { ["SAMENHANG_B"] = "variable" });

        configuration.AddBelowVariables(new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?> { ["Samenhang:A"] = "key", ["Samenhang:B"] = "key", ["Samenhang:C"] = "key" },
        });

        Assert.Equal(("key", "variable", "line"), (configuration["Samenhang:A"], configuration["Samenhang:B"], configuration["Samenhang:C"]));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<IHost> StartAsync(ConsulAgent agent)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(agent.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = _folder.Path });
        builder.Logging.AddProvider(_log);
        builder.AddSamenhangService(ServiceNames.Zvw, _ => { });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
