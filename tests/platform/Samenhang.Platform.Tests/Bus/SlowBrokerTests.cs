using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Tests.Bus;

/// <summary>A broker that takes nothing for want of memory: publishers are held, and the service goes on.</summary>
public sealed class SlowBrokerTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>, IDisposable
{
    private const int BatchSize = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RabbitMqFact]
    public async Task A_broker_in_memory_alarm_holds_one_batch_at_most_while_the_service_takes_commands_and_all_arrives_after()
    {
        const int Cases = 200;
        var deliveries = new Deliveries();
        await using var answerer = await StartAsync(asks: false, deliveries);
        await using var asker = await StartAsync(asks: true);
        await asker.AskAsync("warm", 0);
        await asker.HearsAllAsync("warm", 1);

        await broker.ControlAsync("set_vm_memory_high_watermark", "0.000001");
        try
        {
            foreach (var n in Enumerable.Range(0, Cases))
            {
                await asker.AskAsync($"case-{n}", 1);
            }

            // Longer than several tries of the relay: each could send a batch anew.
            await Patience.Until(() => asker.Log.Of("RelayHalted").Count == 1, "the relay reports that it cannot publish");
            var since = TimeProvider.System.GetTimestamp();
            await Patience.Until(() => TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(8), "the relay has tried several times");
            await asker.AskAsync("during", 1, 2);
            Assert.Empty(await asker.HeardAsync("during"));
        }
        finally
        {
            await broker.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }

        await asker.HearsAllAsync("during", 2);
        foreach (var n in Enumerable.Range(0, Cases))
        {
            await asker.HearsAllAsync($"case-{n}", 1);
            Assert.Equal([1], await asker.HeardAsync($"case-{n}"));
        }

        // Every delivery beyond one a message was sent anew by the relay.
        Assert.InRange(deliveries.MessageIds.Count, Cases + 3, Cases + 3 + BatchSize);
        Assert.Equal(Cases + 3, deliveries.MessageIds.Distinct().Count());
        Assert.Single(asker.Log.Of("RelayHalted"));
    }

    [Fact]
    public void What_is_under_way_is_awaited_again_and_sent_anew_once_only_however_long_the_silence()
    {
        var time = new Stopwatch();
        var underWay = new PublishesUnderWay(TimeSpan.FromSeconds(10), time);
        var begun = 0;
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            Publish(connection: 1);
            time.Seconds += 15;
        }

        Assert.Equal(2, begun);
        Publish(connection: 2); // Nothing of an old connection is answered any more.
        Assert.Equal(3, begun);

        void Publish(int connection)
        {
            underWay.ForgetWhenVain(connection);
            underWay.Await("case/a", () =>
            {
                begun++;
                return new TaskCompletionSource().Task;
            });
        }
    }

    private Task<ConversationHost> StartAsync(bool asks, Deliveries? deliveries = null)
        => ConversationHost.StartAsync(_folder.Path, asks, answers: !asks, deliveries, new Dictionary<string, string?>(broker.Settings)
        {
            ["Samenhang:Relay:BatchSize"] = BatchSize.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Samenhang:Relay:ConfirmWithin"] = "00:00:01",
            ["Samenhang:Relay:LongestPause"] = "00:00:00.500",
        });

    private sealed class Stopwatch : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
