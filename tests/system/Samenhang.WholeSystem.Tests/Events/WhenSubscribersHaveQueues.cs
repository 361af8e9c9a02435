using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Casemanager.Events;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Events;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Domain = Samenhang.Casemanager.Domain.Subscriptions;
using SubscriptionStatus = Samenhang.Protos.Casemanager.V1.SubscriptionStatus;

namespace Samenhang.WholeSystem.Tests.Events;

/// <summary>The same events in the queues of a real broker: each in the queue of its subscriber, who may read it and do nothing else.</summary>
public sealed class WhenSubscribersHaveQueues(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>
{
    private const Access.LegalGround LegalDuty = Access.LegalGround.LegalDuty;

    private static readonly string Repository = typeof(WhenSubscribersHaveQueues).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

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

    [RabbitMqFact]
    public async Task A_user_reads_its_own_queue_and_is_refused_everything_else()
    {
        await using var system = await StartAsync();
        var own = await QueueAsync(system, "9901");
        var other = await QueueAsync(system, "9902");
        await system.PlannedAsync("uzovi9901");
        await broker.ControlAsync("add_user", "insurer-9901", "geheim");
        await broker.ControlAsync([.. BrokerRights.SetPermissions("insurer-9901", [own.Id])]);
        await using var connection = await broker.ConnectAsync("insurer-9901", "geheim");

        var count = (await system.EventsAsync(own.Id)).Count;
        await using (var reading = await connection.CreateChannelAsync())
        {
            var came = 0;
            var consumer = new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(reading);
            consumer.ReceivedAsync += (_, message) =>
            {
                Interlocked.Increment(ref came);
                return reading.BasicAckAsync(message.DeliveryTag, multiple: false).AsTask();
            };
            await reading.BasicConsumeAsync(own.Queue, autoAck: false, consumer);
            await Patience.Until(() => Volatile.Read(ref came) == count, "all events come to the user");
        }

        await RefusedAsync(connection, channel => channel.BasicGetAsync(other.Queue, autoAck: true));
        await RefusedAsync(connection, channel => channel.BasicGetAsync("samenhang.casemanager", autoAck: true));
        await RefusedAsync(connection, channel => channel.QueuePurgeAsync(other.Queue));
        await RefusedAsync(connection, channel => channel.QueueDeleteAsync(own.Queue));
        await RefusedAsync(connection, channel => channel.QueueDeclareAsync("een-eigen-rij"));
        await RefusedAsync(connection, channel => channel.QueueBindAsync(own.Queue, "samenhang.events", "#"));
        await RefusedAsync(connection, channel => channel.ExchangeDeclareAsync("een-eigen-wissel", ExchangeType.Fanout));
        foreach (var exchange in new[] { "samenhang.events", "", "amq.topic" })
        {
            await RefusedAsync(connection, async channel =>
            {
                // A publish has no answer; the next question is told that the channel is closed.
                await channel.BasicPublishAsync(exchange, own.Queue, "vals"u8.ToArray());
                for (var tries = 0; tries < 1000; tries++)
                {
                    await channel.QueueDeclarePassiveAsync(own.Queue);
                }
            });
        }

        Assert.Equal(0u, (await broker.LookAtQueueAsync(own.Queue))!.Value.Messages);
    }

    [RabbitMqFact]
    public async Task The_rights_that_the_definitions_give_the_casemanager_are_enough_for_it_and_do_not_let_it_read()
    {
        var definitions = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository, "deploy", "rabbitmq", "definitions.json")))!;
        var rights = definitions["permissions"]!.AsArray().Single(one => (string)one!["user"]! == "samenhang-casemanager")!;
        await broker.ControlAsync("add_user", "casemanager", "geheim");
        await broker.ControlAsync("set_permissions", "casemanager", (string)rights["configure"]!, (string)rights["write"]!, (string)rights["read"]!);
        var options = new RabbitMqOptions { Host = "127.0.0.1", Port = broker.Port, User = "casemanager", Password = "geheim" };
        var made = new SubscriptionCreated("0199", new Wish(new Subscriber(Audience.Insurer, "9901"), "zvw-uitvoering", LegalDuty, null, [], "[]", Delivery.Queue), "insurer", DateTimeOffset.UnixEpoch);
        var listener = new Listener("0199", SubscriptionState.Evolve(SubscriptionState.None, made), 1, 0, new WishFilter(made.Wish));
        var told = new ToldEvent(FeedPosition.Of(1, 1), new CloudEvent { Id = "een", Source = "urn:nld:oin:00000099000000001000:systeem:casemanager", Type = "nl.samenhang.plannen.opgesteld.v1" });

        await using var events = await EventBroker.ConnectAsync(options, 10, CancellationToken.None);
        await events.DeclareAsync(listener, CancellationToken.None);
        Assert.Equal([told.Position], (await events.PublishAsync("0199", [told], CancellationToken.None)).Confirmed);
        await using (var connection = await broker.ConnectAsync("casemanager", "geheim"))
        {
            await RefusedAsync(connection, channel => channel.BasicGetAsync(listener.Queue, autoAck: true));
        }

        await events.RemoveAsync(listener, CancellationToken.None);
        Assert.Null(await broker.LookAtQueueAsync(listener.Queue));
    }

    private static async Task RefusedAsync(IConnection connection, Func<IChannel, Task> attempt)
    {
        await using var channel = await connection.CreateChannelAsync();
        var refused = await Assert.ThrowsAnyAsync<OperationInterruptedException>(() => attempt(channel));
        Assert.Equal(Constants.AccessRefused, refused.ShutdownReason!.ReplyCode);
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
