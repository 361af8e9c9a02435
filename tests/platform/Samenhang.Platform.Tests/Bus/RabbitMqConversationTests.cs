using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Samenhang.Platform.Tests.Bus;

/// <summary>The same conversation with each service in a host of its own and a real broker between them.</summary>
public sealed class RabbitMqConversationTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>, IDisposable
{
    // MassTransit tries again within 30 s; a process whose bus stays stranded ends after 45 s and is started again.
    private static readonly TimeSpan BackAfterRestart = TimeSpan.FromMinutes(3);

    private static readonly string ZvwQueue = ServiceNames.QueueOf(ServiceNames.Zvw);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RabbitMqFact]
    public async Task Services_in_hosts_of_their_own_talk_over_quorum_queues()
    {
        await using var answerer = await StartAsync(asks: false);
        await using var asker = await StartAsync(asks: true);

        await asker.AskAsync("a", 1, 2, 3);
        await asker.HearsAllAsync("a", 3);

        Assert.Equal([1, 2, 3], await asker.HeardAsync("a"));
        await RequireQuorumAsync(ZvwQueue);
        await RequireQuorumAsync(ServiceNames.QueueOf(ServiceNames.Casemanager));
        asker.Log.HasNoErrors();
        answerer.Log.HasNoErrors();
    }

    [RabbitMqFact]
    public async Task A_broker_that_is_killed_and_comes_back_loses_nothing_and_repeats_no_effect()
    {
        const int Cases = 60;
        await SettleQueuesAsync();
        var answerer = await StartAsync(asks: false);
        var asker = await StartAsync(asks: true);
        await asker.AskAsync("warm", 0);
        await asker.HearsAllAsync("warm", 1);

        var first = Task.WhenAll(Enumerable.Range(0, Cases).Select(n => asker.AskAsync($"case-{n}", 1)));
        await Patience.Until(() => answerer.Deliveries.MessageIds.Count > 5, "questions are under way");
        await broker.KillAsync();
        await first; // The service takes commands while the broker is away…
        await asker.AskAsync("later", 1, 2);
        await Patience.Until(() => asker.Log.Of("RelayHalted").Count == 1, "the relay reports that it cannot publish");
        await broker.StartAsync();

        await Patience.Until(
            async () =>
            {
                answerer = await SuperviseAsync(answerer, asks: false);
                asker = await SuperviseAsync(asker, asks: true);
                return await AnswersGivenAsync(answerer) >= Cases + 4 && (await asker.HeardAsync("later")).Count == 2;
            },
            "every question is answered",
            BackAfterRestart);
        foreach (var caseId in Enumerable.Range(0, Cases).Select(n => $"case-{n}"))
        {
            await asker.HearsAllAsync(caseId, 1);
            Assert.Equal([1], await asker.HeardAsync(caseId));
        }

        Assert.Equal([1, 2], await asker.HeardAsync("later"));
        Assert.Equal(Cases + 4, await AnswersGivenAsync(answerer));
        Assert.InRange(asker.Log.Of("RelayHalted").Count, 0, 1); // …and says so once, not at every try.
        await asker.DisposeAsync();
        await answerer.DisposeAsync();
    }

    [RabbitMqFact]
    public async Task A_crash_between_publish_and_cursor_sends_the_same_ids_again_and_has_one_effect()
    {
        await using var answerer = await StartAsync(asks: false);
        await using (var asker = await StartAsync(asks: true))
        {
            await asker.AskAsync("a", 1, 2);
            await asker.HearsAllAsync("a", 2);
        }

        await ForgetCursorAsync(ServiceNames.Casemanager);
        await using var again = await StartAsync(asks: true);
        await Patience.Until(() => answerer.Deliveries.MessageIds.Count == 4, "both questions come a second time");
        await again.AskAsync("a", 3);
        await again.HearsAllAsync("a", 3);

        var ids = answerer.Deliveries.MessageIds;
        Assert.Equal(ids.Take(2).Order(), ids.Skip(2).Take(2).Order());
        Assert.Equal([1, 2, 3], await again.HeardAsync("a"));
        Assert.Equal(3, await AnswersGivenAsync(answerer));
    }

    [RabbitMqFact]
    public async Task A_question_asked_before_the_other_service_ever_started_waits_for_it()
    {
        await DeleteQueueAsync(ZvwQueue);
        await using var asker = await StartAsync(asks: true);
        await asker.AskAsync("a", 1);
        await Patience.Until(() => asker.Log.Of("RelayHalted").Count == 1, "the relay reports that no queue takes the question");

        await using var answerer = await StartAsync(asks: false);
        await asker.HearsAllAsync("a", 1);

        Assert.Equal([1], await asker.HeardAsync("a"));
    }

    [RabbitMqFact]
    public async Task A_service_starts_and_takes_commands_without_a_broker_and_its_health_says_so()
    {
        await broker.StopAsync();
        await using var asker = await StartAsync(asks: true);
        asker.Health.SetAccepting(true); // As the gRPC server does when it has started.
        await asker.AskAsync("a", 1);
        await Patience.Until(() => asker.Health.StatusOf("samenhang.bus") == ServingStatus.NotServing, "the health of the bus is bad");
        Assert.Equal(ServingStatus.Serving, asker.Health.StatusOf(HealthState.Whole));
        await using var answerer = await StartAsync(asks: false);

        await broker.StartAsync();
        await asker.HearsAllAsync("a", 1, TimeSpan.FromSeconds(60));

        Assert.Equal([1], await asker.HeardAsync("a"));
        await Patience.Until(() => asker.Health.StatusOf("samenhang.bus") == ServingStatus.Serving, "the health of the bus is good");
    }

    [RabbitMqFact]
    public async Task A_message_that_fails_at_every_try_ends_in_the_error_queue_and_holds_up_nobody()
    {
        await DeleteQueueAsync($"{ZvwQueue}_error"); // What another test left there is not ours.
        var deliveries = new Deliveries { Broken = true };
        await using var answerer = await StartAsync(asks: false, deliveries);
        await using var asker = await StartAsync(asks: true);

        await asker.AskAsync("a", 1);
        await Patience.Until(
            async () => await broker.LookAtQueueAsync($"{ZvwQueue}_error") is { Messages: > 0 }, "the question is in the error queue");
        deliveries.Broken = false;
        await asker.AskAsync("b", 2);
        await asker.HearsAllAsync("b", 1);

        Assert.Equal([2], await asker.HeardAsync("b"));
        Assert.Empty(await asker.HeardAsync("a"));
        await RequireQuorumAsync($"{ZvwQueue}_error");
    }

    private Task<ConversationHost> StartAsync(bool asks, Deliveries? deliveries = null)
        => ConversationHost.StartAsync(_folder.Path, asks, answers: !asks, deliveries, new Dictionary<string, string?>(broker.Settings)
        {
            ["Samenhang:Relay:ConfirmWithin"] = "00:00:03",
            ["Samenhang:Relay:LongestPause"] = "00:00:01",
        });

    /// <summary>What a supervisor of processes does: start again what ended.</summary>
    private async Task<ConversationHost> SuperviseAsync(ConversationHost host, bool asks)
    {
        if (!host.HasEnded)
        {
            return host;
        }

        await host.DisposeAsync();
        return await StartAsync(asks);
    }

    /// <summary>Makes the queues and lets the broker write them down: see <see cref="RabbitMqBroker.KillAsync"/>.</summary>
    private async Task SettleQueuesAsync()
    {
        await using (var answerer = await StartAsync(asks: false))
        await using (var asker = await StartAsync(asks: true))
        {
            await asker.AskAsync("settle", 0);
            await asker.HearsAllAsync("settle", 1);
        }

        await broker.StopAsync();
        await broker.StartAsync();
    }

    private static async Task<int> AnswersGivenAsync(ConversationHost answerer)
        => (await answerer.StoreOf(ServiceNames.Zvw).ReadFromAsync(0, 10_000, Payloads.All, CancellationToken.None)).Count;

    private async Task ForgetCursorAsync(string service)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File($"{service}.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM feed_cursor";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private async Task DeleteQueueAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue);
    }

    /// <summary>Declaring a queue again with the arguments it has is allowed; with others the broker closes the channel.</summary>
    private async Task RequireQuorumAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var arguments = queue.EndsWith("_error", StringComparison.Ordinal) ? ServiceQueues.DeadLetterArguments : ServiceQueues.ArgumentsOf(queue);
        await channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value));
    }
}
