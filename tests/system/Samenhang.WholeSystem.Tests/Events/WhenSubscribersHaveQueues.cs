using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using Samenhang.Events;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Events;

/// <summary>The same events in the queues of a real broker: each in the queue of its subscriber, who may read it and do nothing else.</summary>
public sealed class WhenSubscribersHaveQueues(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>
{
    [RabbitMqFact]
    public async Task Each_finds_in_its_queue_what_it_would_read_on_the_feed()
    {
        await using var system = await StartAsync();
        var own = await QueueAsync(system, "9901");
        var other = await QueueAsync(system, "9902");
        await system.PlannedAsync("uzovi9901");

        var told = await system.EventsAsync(own.Id);
        var found = await TakeAsync(own.Queue, told.Count);
        Assert.Equal(told.Select(one => one.Id), found.Select(one => one.Event.Id));
        Assert.Equal(told.Select(one => one.TextData), found.Select(one => ((EventData.Json)one.Event.Data!).Value));
        Assert.All(found, one =>
        {
            Assert.Empty(NlGovProfile.Default.Check(one.Event));
            Assert.Equal($"{own.Id}.{one.Event.Type}", one.Message.RoutingKey);
            Assert.Equal(DeliveryModes.Persistent, one.Message.BasicProperties.DeliveryMode);
            Assert.Equal(one.Event.Id, one.Message.BasicProperties.MessageId);
        });
        Assert.Equal(0u, (await broker.LookAtQueueAsync(other.Queue))!.Value.Messages);
    }

    [RabbitMqFact]
    public async Task A_crash_before_the_cursor_moved_sends_the_same_ids_again()
    {
        await using var system = await StartAsync();
        var own = await QueueAsync(system, "9901");
        await system.PlannedAsync("uzovi9901");
        var told = await system.EventsAsync(own.Id);
        var first = await TakeAsync(own.Queue, told.Count);

        await system.StopAsync();
        await ForgetCursorAsync(system);
        await system.StartAsync();

        var again = await TakeAsync(own.Queue, told.Count);
        Assert.Equal(first.Select(one => one.Event), again.Select(one => one.Event));
    }

    [RabbitMqFact]
    public async Task A_subscriber_that_does_not_read_is_paused_and_holds_up_nobody_and_catches_up_over_the_feed()
    {
        await using var system = await StartAsync(("Samenhang:Events:QueueLimit", "4"));
        var slow = await QueueAsync(system, "9901");
        var quick = await QueueAsync(system, "9902");
        Subscription behind = new();
        await Patience.Until(
            async () =>
            {
                // The broker refuses when it has noticed that the limit was passed, not at the very message.
                await system.PlannedAsync("uzovi9901");
                behind = (await system.Subscriptions.GetSubscriptionAsync(new GetSubscriptionRequest { SubscriptionId = slow.Id })).Subscription;
                return behind.Status == SubscriptionStatus.Behind;
            },
            "the slow one is behind");

        await system.PlannedAsync("uzovi9902");
        var told = await system.EventsAsync(quick.Id);
        Assert.NotEmpty(await TakeAsync(quick.Queue, Math.Min(told.Count, 4)));

        // What the queue has, and what the feed has after where the queue is complete, are all of it together.
        var whole = (await system.EventsAsync(slow.Id)).Select(one => one.Id).ToList();
        var held = await broker.LookAtQueueAsync(slow.Queue);
        var kept = (await TakeAsync(slow.Queue, (int)held!.Value.Messages)).Select(one => one.Event.Id).ToList();
        var rest = (await system.EventsAsync(slow.Id, behind.CompleteUntil)).Select(one => one.Id).ToList();
        Assert.True(kept.Count < whole.Count);
        Assert.Equal(whole, kept.Concat(rest).Distinct().OrderBy(whole.IndexOf));

        var resumed = await system.Subscriptions.ResumeSubscriptionAsync(new ResumeSubscriptionRequest { RequestId = Requests.NewId(), SubscriptionId = slow.Id, By = "insurer" });
        Assert.Equal(SubscriptionStatus.Active, resumed.Subscription.Status);
        var opened = await system.Cases.OpenCaseAsync(new OpenCaseRequest { RequestId = Requests.NewId(), Title = "Nieuw", Insurer = "uzovi9901" });
        Assert.NotEmpty(opened.CaseId);
        Assert.Equal("nl.samenhang.casussen.geopend.v1", Assert.Single(await TakeAsync(slow.Queue, 1)).Event.Type);
    }

    [RabbitMqFact]
    public async Task The_queue_goes_with_its_subscription()
    {
        await using var system = await StartAsync();
        var own = await QueueAsync(system, "9901");

        await system.Subscriptions.DeleteSubscriptionAsync(new DeleteSubscriptionRequest { RequestId = Requests.NewId(), SubscriptionId = own.Id, By = "insurer" });

        await Patience.Until(async () => await broker.LookAtQueueAsync(own.Queue) is null, "the queue is gone");
    }

    private async Task<TellingSystem> StartAsync(params (string Name, string Value)[] settings)
    {
        var system = new TellingSystem(new Dictionary<string, string?>([.. broker.Settings, .. settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))]));
        await system.StartAsync();
        return system;
    }

    /// <summary>A subscription whose queue stands.</summary>
    private async Task<(string Id, string Queue)> QueueAsync(TellingSystem system, string uzovi)
    {
        var made = (await system.Subscriptions.CreateSubscriptionAsync(TellingSystem.OfInsurer(uzovi, DeliveryProtocol.Amqp))).Subscription;
        await Patience.Until(async () => await broker.LookAtQueueAsync(made.Sink) is not null, "the queue stands");
        return (made.SubscriptionId, made.Sink);
    }

    /// <summary>Takes so many messages from a queue.</summary>
    private async Task<IReadOnlyList<(BasicGetResult Message, CloudEvent Event)>> TakeAsync(string queue, int count)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var found = new List<(BasicGetResult, CloudEvent)>();
        await Patience.Until(
            async () =>
            {
                while (found.Count < count && await channel.BasicGetAsync(queue, autoAck: true) is { } message)
                {
                    var read = CloudEventAmqp.Read(message.BasicProperties.ContentType, message.BasicProperties.Headers!, message.Body);
                    Assert.Empty(read.Faults);
                    found.Add((message, read.Value!));
                }

                return found.Count >= count;
            },
            $"{count} messages come to {queue}");
        return found;
    }

    private static async Task ForgetCursorAsync(TellingSystem system)
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(system.DataFolder, "casemanager.db")};Pooling=False");
        await store.OpenAsync();
        await using var command = store.CreateCommand();
        command.CommandText = "DELETE FROM feed_cursor WHERE name = 'events'";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
