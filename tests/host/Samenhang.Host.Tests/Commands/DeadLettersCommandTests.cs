using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using Samenhang.Host.Commands.DeadLetters;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.TestSupport;

namespace Samenhang.Host.Tests.Commands;

/// <summary>dead-letters, on a real broker with a service that cannot handle what it gets.</summary>
public sealed class DeadLettersCommandTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>, IDisposable
{
    private const string Bsn = "999990019";

    private static readonly string Queue = ServiceNames.QueueOf(ServiceNames.Zvw);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RabbitMqFact]
    public async Task A_message_that_failed_is_listed_shown_and_replayed_when_the_cause_is_gone_and_has_its_effect_once()
    {
        var cause = new Cause { Holds = true };
        await using var service = await StartAsync(cause);
        await PutAsync("01990000-0000-7000-8000-000000000001", 7);
        await WaitForDeadLettersAsync(1);

        var listed = JsonNode.Parse((await RunAsync("list", "--format", "json")).Output)!;
        Assert.Equal("01990000-0000-7000-8000-000000000001", (string?)listed["id"]);
        Assert.Equal("zvw", (string?)listed["service"]);
        Assert.Equal("Count", (string?)listed["type"]);
        Assert.Equal(5, (int?)listed["tries"]);
        Assert.Equal("InvalidOperationException: The client with number ********* cannot be counted.", (string?)listed["reason"]);
        Assert.NotNull(listed["failedOn"]);

        var text = await RunAsync("list", "--service", "zvw");
        Assert.DoesNotContain("payload of the test", text.Output, StringComparison.Ordinal);
        Assert.Equal("1 messages", text.OutputLines[^1]);

        var shown = await RunAsync("show", "01990000-0000-7000-8000-000000000001");
        Assert.Contains("payload of the test", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Bsn, shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, shown.ExitCode);
        await WaitForDeadLettersAsync(1); // Looking takes nothing away.

        // As if an earlier replay had crashed between the confirmation and the acknowledgement: it is on the queue too.
        cause.Holds = false;
        await PutAsync("01990000-0000-7000-8000-000000000001", 7);
        var replayed = await RunAsync("replay", "01990000-0000-7000-8000-000000000001");
        Assert.Equal(0, replayed.ExitCode);
        await PutAsync("01990000-0000-7000-8000-000000000002", 8); // Comes after both.
        await Patience.Until(async () => (await CountedAsync(service)).Contains(8), "what came after is handled");

        Assert.Equal([7, 8], await CountedAsync(service));
        await WaitForDeadLettersAsync(0);
        Assert.Equal(1, (await RunAsync("replay", "01990000-0000-7000-8000-000000000001")).ExitCode);
    }

    [RabbitMqFact]
    public async Task Discard_throws_exactly_one_away_and_keeps_who_and_why()
    {
        var cause = new Cause { Holds = true };
        await using var service = await StartAsync(cause);
        foreach (var n in Enumerable.Range(1, 3))
        {
            await PutAsync($"01990000-0000-7000-8000-00000000001{n.ToString(CultureInfo.InvariantCulture)}", n);
        }

        await WaitForDeadLettersAsync(3);

        Assert.Equal(2, (await RunAsync("discard", "01990000-0000-7000-8000-000000000012")).ExitCode); // Without a reason.
        Assert.Equal(2, (await RunAsync("discard", "01990000-0000-7000-8000-000000000012", "--reason", " ")).ExitCode);
        await WaitForDeadLettersAsync(3);
        var discarded = await RunAsync("discard", "01990000-0000-7000-8000-000000000012", "--reason", "a test of the supplier");

        Assert.Equal(0, discarded.ExitCode);
        await WaitForDeadLettersAsync(2);
        var kept = JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(folder.File("discarded.log"))))!;
        Assert.Equal("a test of the supplier", (string?)kept["why"]);
        Assert.Equal("01990000-0000-7000-8000-000000000012", (string?)kept["id"]);
        Assert.False(string.IsNullOrEmpty((string?)kept["who"]));

        cause.Holds = false;
        Assert.Equal("2 messages put back", (await RunAsync("replay", "--all")).OutputLines[^1]);
        await Patience.Until(async () => (await CountedAsync(service)).Count == 2, "the other two are handled");
        Assert.Equal([1, 3], (await CountedAsync(service)).Order());
    }

    [RabbitMqFact]
    public async Task What_cannot_be_read_is_listed_under_a_name_made_of_its_payload()
    {
        await using var service = await StartAsync(new Cause());
        await PutAsync(new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true }, $"no JSON of {Bsn}");
        await WaitForDeadLettersAsync(1);

        var listed = JsonNode.Parse((await RunAsync("list", "--format", "json")).Output)!;
        var id = (string)listed["id"]!;
        Assert.StartsWith("body-", id, StringComparison.Ordinal);
        Assert.Null(listed["type"]);
        Assert.Contains("no JSON of *********", (await RunAsync("show", id)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("discard", id, "--reason", "no message")).ExitCode);
        await WaitForDeadLettersAsync(0);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_said_with_the_settings_to_look_at()
    {
        var ran = await Ran.In([("SAMENHANG_RabbitMq__Port", "1")], "dead-letters", "list", "--lang", "en");
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("SAMENHANG_RabbitMq__Host", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("999990019 and 999.990.342", "********* and *********")]
    [InlineData("123456789 does not pass the test", "123456789 does not pass the test")]
    [InlineData("a longer number 1999990019 is none", "a longer number 1999990019 is none")]
    public void A_bsn_is_hidden_and_other_numbers_are_not(string text, string expected) => Assert.Equal(expected, BsnMask.Over(text));

    private Task<Ran> RunAsync(params string[] args) => Ran.In(
        [
            ("SAMENHANG_RabbitMq__Host", "127.0.0.1"),
            ("SAMENHANG_RabbitMq__Port", broker.Port.ToString(CultureInfo.InvariantCulture)),
            ("SAMENHANG_DeadLetters__Log", folder.File("discarded.log")),
        ],
        ["dead-letters", .. args, "--lang", "en"]);

    private async Task<RunningService> StartAsync(Cause cause)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(Queue); // What another test left there belongs to another store.
        await channel.QueueDeleteAsync(ServiceQueues.ErrorOf(Queue));
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(broker.Settings) { ["Samenhang:Store:Folder"] = folder.Path });
        builder.Services.AddSingleton(cause);
        builder.AddSamenhangService(ServiceNames.Zvw, service => service
            .Stream<TallyState, TallyEvent>("tally", new TallyState([]), TallyState.Evolve, events => events.Add<TallyEvent.Counted>("counted"))
            .Consumer<CountConsumer>());
        var host = builder.Build();
        await host.StartAsync();
        await Patience.Until(async () => await broker.LookAtQueueAsync(Queue) is { Consumers: > 0 }, "the queue is heard");
        return new(host);
    }

    private Task WaitForDeadLettersAsync(uint count) => Patience.Until(
        async () => await broker.LookAtQueueAsync(ServiceQueues.ErrorOf(Queue)) is { } queue && queue.Messages == count, $"{count} dead letters");

    private static async Task<IReadOnlyList<int>> CountedAsync(RunningService service)
        => (await service.Host.Services.GetRequiredService<Streams<TallyState, TallyEvent>>().LoadAsync("all", CancellationToken.None)).State.Numbers;

    private Task PutAsync(string id, int number) => PutAsync(
        new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = id, Persistent = true },
        $$$"""{"messageId":"{{{id}}}","messageType":["urn:message:Samenhang.Host.Tests.Commands:Count"],"message":{"bsn":"{{{Bsn}}}","number":{{{number.ToString(CultureInfo.InvariantCulture)}}},"note":"payload of the test"}}""");

    private async Task PutAsync(BasicProperties properties, string body)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(string.Empty, Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }
}

/// <summary>A service that stops hearing its queue before the next test begins.</summary>
internal sealed record RunningService(IHost Host) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
    }
}

public sealed record Count(string Bsn, int Number, string Note);

public abstract record TallyEvent
{
    private TallyEvent()
    {
    }

    public sealed record Counted(int Number) : TallyEvent;
}

public sealed record TallyState(IReadOnlyList<int> Numbers)
{
    public static TallyState Evolve(TallyState state, TallyEvent happened) => happened switch
    {
        TallyEvent.Counted counted => new([.. state.Numbers, counted.Number]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Why the service cannot handle anything, while it holds.</summary>
public sealed class Cause
{
    public bool Holds { get; set; }
}

public sealed class CountConsumer(Streams<TallyState, TallyEvent> tallies, Cause cause) : IConsumer<Count>
{
    public async Task Consume(ConsumeContext<Count> context)
    {
        if (cause.Holds)
        {
            throw new InvalidOperationException($"The client with number {context.Message.Bsn} cannot be counted.");
        }

        await tallies.HandleMessageAsync("all", context.MessageId!.Value, _ => [new TallyEvent.Counted(context.Message.Number)], context.CancellationToken);
    }
}
