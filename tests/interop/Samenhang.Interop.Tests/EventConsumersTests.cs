using System.Text.Json;
using System.Text.Json.Nodes;
using Samenhang.EmbeddedSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.Interop.Tests;

/// <summary>Consumers that others wrote take events from a queue: amqplib with the CloudEvents SDK, amqp-tools, and a validator of the AsyncAPI document.</summary>
public sealed class EventConsumersTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>
{
    private static readonly string Document = Path.Combine(Repository.Docs, "asyncapi.json");

    [RabbitMqFact]
    public async Task Amqplib_and_the_CloudEvents_SDK_read_what_the_document_describes()
    {
        await using var system = new TellingSystem(broker.Settings);
        await system.StartAsync();
        var insurer = await SubscribeAsync(system, TellingSystem.OfInsurer("9901", DeliveryProtocol.Amqp));
        var employer = await SubscribeAsync(system, TellingSystem.OfEmployer(DeliveryProtocol.Amqp));
        var municipality = await SubscribeAsync(system, TellingSystem.OfMunicipality("9901", DeliveryProtocol.Amqp));
        var caseId = await system.PlannedAsync("uzovi9901");
        await system.Cases.RecordFactsAsync(new RecordFactsRequest { RequestId = Requests.NewId(), CaseId = caseId, Facts = { Requests.OfNeed("n1", "gp.canTreat", Requests.Yes) } });
        await system.Cases.PlanAsync(caseId, version: 2);

        var messages = new JsonArray();
        foreach (var subscription in new[] { insurer, employer, municipality })
        {
            var told = await system.EventsAsync(subscription.SubscriptionId);
            var ended = await ForeignClients.NodeProgram("events.mjs", Url, subscription.Sink, $"{told.Count}");
            Assert.True(ended.ExitCode == 0, ended.ToString());
            var read = JsonNode.Parse(ended.Output)!.AsArray();

            Assert.Equal(told.Select(one => one.Id), read.Select(one => (string)one!["id"]!));
            Assert.Equal(told.Select(one => one.Type), read.Select(one => (string)one!["type"]!));
            Assert.Equal(told.Select(one => one.Attributes["sequence"].CeString), read.Select(one => (string)one!["sequence"]!));
            Assert.Equal(told.Select(one => one.TextData), read.Select(one => JsonSerializer.Serialize(one!["data"])));
            Assert.All(read, one => Assert.True((bool)one!["persistent"]! && (string)one["messageId"]! == (string)one["id"]!));
            foreach (var one in read)
            {
                messages.Add(new JsonObject { ["type"] = (string)one!["type"]!, ["headers"] = one["headers"]!.DeepClone(), ["data"] = one["data"]!.DeepClone() });
            }
        }

        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("messages.json"), messages.ToJsonString());
        var judged = await ForeignClients.NodeProgram("asyncapi.mjs", Document, folder.File("messages.json"));
        Assert.True(judged.ExitCode == 0, judged.ToString());
        Assert.Empty(JsonNode.Parse(judged.Output)!["wrong"]!.AsArray().Select(one => (string)one!));
        Assert.True(messages.Count > 15, $"{messages.Count} messages");
    }

    [RabbitMqFact]
    public async Task Amqp_get_takes_a_message()
    {
        await using var system = new TellingSystem(broker.Settings);
        await system.StartAsync();
        var insurer = await SubscribeAsync(system, TellingSystem.OfInsurer("9901", DeliveryProtocol.Amqp, "nl.samenhang.plannen.opgesteld.v1"));
        await system.PlannedAsync("uzovi9901");
        await Patience.Until(async () => await broker.LookAtQueueAsync(insurer.Sink) is { Messages: 1 }, "the event is in the queue");

        var taken = await Command.Run("amqp-get", ["--url", Url, "--queue", insurer.Sink], Repository.Node);

        Assert.True(taken.ExitCode == 0, taken.ToString());
        Assert.Equal(1, (int)JsonNode.Parse(taken.Output)!["version"]!);
        Assert.NotEqual(0, (await Command.Run("amqp-get", ["--url", Url, "--queue", insurer.Sink], Repository.Node)).ExitCode);
    }

    [Fact]
    public async Task The_document_is_AsyncAPI_without_errors_and_names_every_event()
    {
        var judged = await ForeignClients.NodeProgram("asyncapi.mjs", Document);

        Assert.True(judged.ExitCode == 0, judged.ToString());
        var found = JsonNode.Parse(judged.Output)!;
        Assert.Empty(found["errors"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(
            Casemanager.Domain.Events.PublicEventTypes.All.Select(type => type.Name).Order(StringComparer.Ordinal), found["messages"]!.AsArray().Select(one => (string)one!));
    }

    private string Url => $"amqp://guest:guest@127.0.0.1:{broker.Port}";

    private async Task<Subscription> SubscribeAsync(TellingSystem system, CreateSubscriptionRequest request)
    {
        var made = await system.CreateAsync(request);
        await Patience.Until(async () => await broker.LookAtQueueAsync(made.Sink) is not null, "the queue stands");
        return made;
    }
}
