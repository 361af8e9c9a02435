using System.Text;
using Samenhang.Platform.Consul;
using Samenhang.TestSupport.Consul;

namespace Samenhang.Platform.Tests.Consul;

public sealed class ConsulClientTests
{
    [Fact]
    public async Task Only_instances_that_pass_are_told_with_the_address_of_their_node_when_they_have_none()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Register("zvw", "zvw-1", 5001);
        agent.Register("zvw", "zvw-2", 5002, passing: false);
        agent.Register("uwv", "uwv-1", 5003);
        using var client = ClientOf(agent);

        var answer = await client.PassingAsync("zvw", 0, CancellationToken.None);

        var instance = Assert.Single(answer.Value);
        Assert.Equal(("zvw-1", "127.0.0.1", 5001), (instance.Id, instance.Address, instance.Port));
        Assert.True(answer.Index > 0);
    }

    [Fact]
    public async Task A_question_with_an_index_hangs_until_something_changes()
    {
        await using var agent = await ConsulAgent.StartAsync();
        using var client = ClientOf(agent);
        var first = await client.PassingAsync("zvw", 0, CancellationToken.None);

        var second = client.PassingAsync("zvw", first.Index, CancellationToken.None);
        Assert.False(second.IsCompleted);
        agent.Register("zvw", "zvw-1", 5001);

        var answer = await second.WaitAsync(Patience.Limit);
        Assert.Single(answer.Value);
        Assert.True(answer.Index > first.Index);
    }

    [Fact]
    public async Task A_question_that_nothing_answers_comes_back_after_its_wait_with_the_same_index()
    {
        await using var agent = await ConsulAgent.StartAsync();
        using var client = ClientOf(agent, options => options.WaitAtMost = TimeSpan.FromMilliseconds(200));
        var first = await client.PassingAsync("zvw", 0, CancellationToken.None);

        var second = await client.PassingAsync("zvw", first.Index, CancellationToken.None).WaitAsync(Patience.Limit);

        Assert.Equal(first.Index, second.Index);
        Assert.Contains(agent.Asked, asked => asked.EndsWith($"&index={first.Index}&wait=200ms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_come_with_their_values_and_flags_and_no_key_is_no_fault()
    {
        await using var agent = await ConsulAgent.StartAsync();
        using var client = ClientOf(agent);
        var none = await client.KeysAsync("samenhang/zvw/", 0, CancellationToken.None);
        Assert.Empty(none.Value);
        Assert.True(none.Index > 0);

        agent.Put("samenhang/zvw/Relay/BatchSize", "één", flags: ulong.MaxValue);
        agent.Put("samenhang/zvw/empty", "");
        agent.Put("samenhang/uwv/Relay/BatchSize", "2");

        var answer = await client.KeysAsync("samenhang/zvw/", none.Index, CancellationToken.None);

        Assert.Equal(
            [("samenhang/zvw/Relay/BatchSize", "één", ulong.MaxValue), ("samenhang/zvw/empty", "", 0)],
            answer.Value.Select(key => (key.Key, Encoding.UTF8.GetString(key.Value.Span), key.Flags)));
    }

    [Fact]
    public async Task A_token_is_sent_and_a_wrong_one_is_told_as_that()
    {
        await using var agent = await ConsulAgent.StartAsync(token: "right");
        using var wrong = ClientOf(agent, options => options.Token = "wrong");
        using var right = ClientOf(agent);

        var refusal = await Assert.ThrowsAsync<ConsulException>(() => wrong.PassingAsync("zvw", 0, CancellationToken.None));

        Assert.Equal(ConsulFailureKind.Forbidden, refusal.Kind);
        Assert.DoesNotContain("wrong", refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await right.PassingAsync("zvw", 0, CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_new_token_in_the_file_counts_at_the_next_request()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("token");
        await File.WriteAllTextAsync(file, "first\n");
        await using var agent = await ConsulAgent.StartAsync(token: "first");
        using var client = ClientOf(agent, options => (options.Token, options.TokenFile) = ("not this one", file));
        await client.PassingAsync("zvw", 0, CancellationToken.None);

        agent.Token = "second";
        await Assert.ThrowsAsync<ConsulException>(() => client.PassingAsync("zvw", 0, CancellationToken.None));
        await File.WriteAllTextAsync(file, "second\n");

        await client.PassingAsync("zvw", 0, CancellationToken.None);
    }

    [Theory]
    [InlineData(500, ConsulFailureKind.Unavailable)]
    [InlineData(429, ConsulFailureKind.Unavailable)]
    [InlineData(400, ConsulFailureKind.Refused)]
    public async Task An_answer_that_is_no_good_says_what_kind_it_is(int status, ConsulFailureKind kind)
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Fault = status;
        using var client = ClientOf(agent);

        var failure = await Assert.ThrowsAsync<ConsulException>(() => client.KeysAsync("samenhang/zvw/", 0, CancellationToken.None));

        Assert.Equal(kind, failure.Kind);
        Assert.Contains("No cluster leader", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_away_is_told_as_that()
    {
        await using var agent = await ConsulAgent.StartAsync();
        using var client = ClientOf(agent);
        await agent.GoAwayAsync();

        var failure = await Assert.ThrowsAsync<ConsulException>(() => client.IsRegisteredAsync("zvw-1", CancellationToken.None));

        Assert.Equal(ConsulFailureKind.Away, failure.Kind);
    }

    [Fact]
    public async Task The_data_centre_goes_with_what_is_asked_of_the_whole_and_not_with_what_is_asked_of_the_agent()
    {
        await using var agent = await ConsulAgent.StartAsync();
        using var client = ClientOf(agent, options => options.Datacenter = "noord");

        await client.PassingAsync("zvw", 0, CancellationToken.None);
        await client.KeysAsync("samenhang/zvw/", 0, CancellationToken.None);
        await client.IsRegisteredAsync("zvw-1", CancellationToken.None);

        Assert.Equal(
            ["GET /v1/health/service/zvw?passing=true&dc=noord", "GET /v1/kv/samenhang/zvw/?recurse=true&dc=noord", "GET /v1/agent/service/zvw-1"], agent.Asked);
    }

    [Theory]
    [InlineData(5000, "5s")]
    [InlineData(600_000, "600s")]
    [InlineData(250, "250ms")]
    public void Durations_are_written_as_Consul_reads_them(int milliseconds, string text) =>
        Assert.Equal(text, ConsulDuration.Of(TimeSpan.FromMilliseconds(milliseconds)));

    private static ConsulClient ClientOf(ConsulAgent agent, Action<ConsulOptions>? configure = null)
    {
        var options = new ConsulOptions { Address = agent.Address, Token = agent.Token };
        configure?.Invoke(options);
        return new ConsulClient(options);
    }
}
