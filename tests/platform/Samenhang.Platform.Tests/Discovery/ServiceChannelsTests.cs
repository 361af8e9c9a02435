using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Samenhang.Interop.Echo;
using Samenhang.Interop.Echo.V1;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Hosting;
using Samenhang.TestSupport.Consul;
using Echo = Samenhang.Interop.Echo.V1.EchoService;

namespace Samenhang.Platform.Tests.Discovery;

public sealed class ServiceChannelsTests
{
    private static readonly RecordedLog Log = new();

    [Fact]
    public async Task Calls_go_to_three_replicas_in_turn()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await using var replicas = await Replicas.StartAsync(3, agent);
        using var caller = Caller(agent.Settings);

        await HeardByAsync(caller, replicas, [0, 1, 2]);
        var before = replicas.Calls;
        await SayAsync(caller, 30);

        Assert.All(replicas.Calls.Zip(before, (now, then) => now - then), calls => Assert.Equal(10, calls));
    }

    [Fact]
    public async Task A_replica_that_fails_its_check_gets_no_more_calls_until_it_passes_again()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await using var replicas = await Replicas.StartAsync(3, agent);
        using var caller = Caller(agent.Settings);
        await HeardByAsync(caller, replicas, [0, 1, 2]);

        agent.SetPassing(Replicas.Id(1), false);
        await HeardByAsync(caller, replicas, [0, 2]);

        agent.SetPassing(Replicas.Id(1), true);
        await HeardByAsync(caller, replicas, [0, 1, 2]);
    }

    [Fact]
    public async Task No_call_is_lost_when_a_replica_dies_before_Consul_has_noticed()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await using var replicas = await Replicas.StartAsync(2, agent);
        using var caller = Caller(agent.Settings);
        await HeardByAsync(caller, replicas, [0, 1]);

        await replicas.StopAsync(1);
        await SayAsync(caller, 50);

        agent.Deregister(Replicas.Id(1));
        await SayAsync(caller, 10);
    }

    [Fact]
    public async Task A_new_replica_is_found_without_a_restart()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await using var replicas = await Replicas.StartAsync(1, agent);
        using var caller = Caller(agent.Settings);
        await HeardByAsync(caller, replicas, [0]);

        await replicas.AddAsync(agent);

        await HeardByAsync(caller, replicas, [0, 1]);
    }

    [Fact]
    public async Task Calls_go_on_while_the_agent_is_away_and_changes_are_heard_when_it_is_back()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await using var replicas = await Replicas.StartAsync(2, agent);
        using var caller = Caller(agent.Settings);
        await HeardByAsync(caller, replicas, [0, 1]);

        await agent.GoAwayAsync();
        await SayAsync(caller, 10);

        await agent.ComeBackAsync();
        replicas.Register(agent, 0);
        await HeardByAsync(caller, replicas, [0]);
    }

    [Fact]
    public async Task A_caller_hears_at_once_that_nobody_knows_and_calls_when_somebody_does()
    {
        await using var agent = await ConsulAgent.StartAsync();
        await agent.GoAwayAsync();
        await using var replicas = await Replicas.StartAsync(1, agent: null);
        using var caller = Caller(agent.Settings);

        var failure = await Assert.ThrowsAsync<RpcException>(() => SayAsync(caller, 1));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);

        await agent.ComeBackAsync();
        replicas.Register(agent, 0);
        await Patience.Until(() => IsAnsweredAsync(caller), "the call is answered");
    }

    [Fact]
    public async Task Without_Consul_the_places_of_the_settings_take_turns()
    {
        await using var replicas = await Replicas.StartAsync(2, agent: null);
        using var caller = Caller(new() { ["Samenhang:Services:zvw"] = string.Join(", ", replicas.Addresses) });

        await HeardByAsync(caller, replicas, [0, 1]);
    }

    [Fact]
    public async Task Without_Consul_a_name_is_resolved_by_DNS()
    {
        await using var replicas = await Replicas.StartAsync(1, agent: null);
        using var caller = Caller(new() { ["Samenhang:Services:zvw"] = $"dns:///localhost:{replicas.Addresses[0].Port}" });

        await HeardByAsync(caller, replicas, [0]);
    }

    [Fact]
    public async Task A_place_in_the_settings_goes_before_Consul()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Register("zvw", "zvw-wrong", 1);
        await using var replicas = await Replicas.StartAsync(1, agent: null);
        var settings = agent.Settings;
        settings["Samenhang:Services:zvw"] = replicas.Addresses[0].ToString();
        using var caller = Caller(settings);

        await SayAsync(caller, 3);

        Assert.Equal([3], replicas.Calls);
    }

    [Fact]
    public void Of_a_service_that_nobody_knows_there_is_no_channel()
    {
        using var caller = Caller([]);

        Assert.Null(caller.Services.GetRequiredService<ServiceChannels>().Find(ServiceNames.Zvw));
    }

    [Theory]
    [InlineData("http://a:1, http://b:2", true)]
    [InlineData("https://a, https://b:2", true)]
    [InlineData("dns:///a:1", true)]
    [InlineData("dns+tls:///a", true)]
    [InlineData("http://[::1]:5101", true)]
    [InlineData("http://a:1, https://b:2", false)]
    [InlineData("a:1", false)]
    [InlineData("dns:///", false)]
    [InlineData("http://a:1, dns:///b", false)]
    [InlineData("", false)]
    public void What_may_stand_under_services(string text, bool isRead) => Assert.Equal(isRead, ServiceAddresses.TryParse(text, out _));

    [Theory]
    [InlineData("a", 80, "a:80")]
    [InlineData("a:5101", 80, "a:5101")]
    [InlineData("[::1]:5101", 80, "[::1]:5101")]
    [InlineData("10.0.0.7", 5101, "10.0.0.7:5101")]
    public void A_place_is_a_host_with_or_without_a_port(string text, int defaultPort, string place)
    {
        Assert.True(HostAndPort.TryParse(text, defaultPort, out var read));
        Assert.Equal(place, read.ToString());
    }

    private static IHost Caller(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddProvider(Log);
        builder.AddSamenhangChannels();
        return builder.Build();
    }

    /// <summary>Says until exactly these replicas hear: each of them at least once, and in a whole round none of the others.</summary>
    private static Task HeardByAsync(IHost caller, Replicas replicas, int[] expected) => Patience.Until(
        async () =>
        {
            var before = replicas.Calls;
            await SayAsync(caller, 4 * replicas.Addresses.Count);
            var heard = replicas.Calls.Zip(before, (now, then) => now - then).Select((calls, place) => (calls, place));
            return heard.Where(replica => replica.calls > 0).Select(replica => replica.place).SequenceEqual(expected);
        },
        $"replicas {string.Join(", ", expected)} hear, and no others");

    private static async Task SayAsync(IHost caller, int times)
    {
        var client = new Echo.EchoServiceClient(caller.Services.GetRequiredService<ServiceChannels>().Find(ServiceNames.Zvw)!);
        for (var i = 0; i < times; i++)
        {
            var reply = await client.SayAsync(new SayRequest { Text = "dag" }, new CallOptions(deadline: TimeProvider.System.GetUtcNow().Add(Patience.Limit).UtcDateTime));
            Assert.Equal("dag", reply.Text);
        }
    }

    private static async Task<bool> IsAnsweredAsync(IHost caller)
    {
        try
        {
            await SayAsync(caller, 1);
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
        {
            return false; // Not yet; Patience bounds the wait.
        }
    }

    /// <summary>Echo hosts that count the calls they get.</summary>
    private sealed class Replicas : IAsyncDisposable
    {
        private readonly List<(EchoHost Host, Uri Address, CallCounter Counter)> _all = [];

        public IReadOnlyList<Uri> Addresses => [.. _all.Select(replica => replica.Address)];

        public int[] Calls => [.. _all.Select(replica => replica.Counter.Count)];

        public static string Id(int number) => $"zvw-{number}";

        public static async Task<Replicas> StartAsync(int count, ConsulAgent? agent)
        {
            var replicas = new Replicas();
            for (var i = 0; i < count; i++)
            {
                await replicas.AddAsync(agent);
            }

            return replicas;
        }

        public async Task AddAsync(ConsulAgent? agent)
        {
            var counter = new CallCounter();
            var host = await EchoHost.Start(configure: services => services.Configure<global::Grpc.AspNetCore.Server.GrpcServiceOptions>(grpc => grpc.Interceptors.Add<CallCounter>()).AddSingleton(counter));
            _all.Add((host, host.Address, counter));
            if (agent is not null)
            {
                Register(agent, _all.Count - 1);
            }
        }

        public void Register(ConsulAgent agent, int number) => agent.Register("zvw", Id(number), _all[number].Address.Port);

        public Task StopAsync(int number) => _all[number].Host.Stop();

        public async ValueTask DisposeAsync()
        {
            foreach (var (host, _, _) in _all)
            {
                await host.DisposeAsync();
            }
        }
    }

    private sealed class CallCounter : global::Grpc.Core.Interceptors.Interceptor
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Interlocked.Increment(ref _count);
            return continuation(request, context);
        }
    }
}
