using System.Threading.Channels;
using Samenhang.Platform.Consul;
using Samenhang.TestSupport.Consul;

namespace Samenhang.Platform.Tests.Consul;

public sealed class BlockingQueryTests
{
    private static readonly BlockingQuery Query = new(TimeSpan.FromMilliseconds(200), TimeProvider.System);

    [Theory]
    [InlineData(0UL, 7UL, 7UL)]
    [InlineData(7UL, 7UL, 7UL)]
    [InlineData(7UL, 9UL, 9UL)]
    [InlineData(7UL, 3UL, 0UL)]
    [InlineData(0UL, 0UL, 1UL)]
    public void An_index_that_went_back_begins_anew_and_one_of_nothing_still_blocks(ulong asked, ulong answered, ulong next) =>
        Assert.Equal(next, BlockingQuery.Next(asked, answered));

    [Fact]
    public async Task A_change_after_an_older_snapshot_was_put_back_is_heard()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("a/1", "before");
        using var client = new ConsulClient(new ConsulOptions { Address = agent.Address, WaitAtMost = TimeSpan.FromMilliseconds(200) });
        await using var watch = new Watch(client);
        Assert.Equal("before", await watch.NextAsync());

        agent.GoBack();
        agent.Put("a/1", "after");

        Assert.Equal("after", await watch.NextAsync());
    }

    [Fact]
    public async Task What_changed_while_the_agent_was_away_is_heard_when_it_is_back()
    {
        await using var agent = await ConsulAgent.StartAsync();
        agent.Put("a/1", "before");
        using var client = new ConsulClient(new ConsulOptions { Address = agent.Address });
        await using var watch = new Watch(client);
        Assert.Equal("before", await watch.NextAsync());

        await agent.GoAwayAsync();
        await Patience.Until(() => watch.Failures > 0, "the watch notices that the agent is away");
        agent.Put("a/1", "after");
        await agent.ComeBackAsync();

        Assert.Equal("after", await watch.NextAsync());
    }

    [Fact]
    public async Task Answers_without_end_are_taken_at_a_modest_pace()
    {
        var answers = 0;
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Query.RunAsync(
            (_, _) => Task.FromResult(new ConsulAnswer<int>(0, (ulong)++answers)), _ => { }, (_, _) => { }, end.Token));

        // Five at once and then five a second; a loop without a limit would have taken some hundreds of thousands.
        Assert.InRange(answers, 5, 15);
    }

    [Fact]
    public async Task An_agent_that_does_not_answer_is_asked_with_growing_pauses()
    {
        var failures = 0;
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Query.RunAsync<int>(
            (_, _) => throw new ConsulException(ConsulFailureKind.Away, "away"), _ => { }, (_, inARow) => failures = inARow, end.Token));

        Assert.InRange(failures, 2, 4);
    }

    /// <summary>Hears the value of key <c>a/1</c>, each value once.</summary>
    private sealed class Watch : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Channel<string> _values = Channel.CreateUnbounded<string>();
        private readonly Task _running;
        private string? _last;

        public Watch(ConsulClient client) => _running = Query.RunAsync(
            (index, cancellation) => client.KeysAsync("a/", index, cancellation),
            keys =>
            {
                if (keys is [var key] && System.Text.Encoding.UTF8.GetString(key.Value.Span) is var value && value != _last)
                {
                    _values.Writer.TryWrite(_last = value);
                }
            },
            (_, inARow) => Failures = inARow,
            _end.Token);

        public int Failures { get; private set; }

        public async Task<string> NextAsync() => await _values.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
            _end.Dispose();
        }
    }
}
