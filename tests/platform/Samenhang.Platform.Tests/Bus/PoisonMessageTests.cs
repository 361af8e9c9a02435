using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Tests.Bus;

/// <summary>Messages that nobody can handle: they end with the dead letters, with a reason, and what is behind them goes on.</summary>
public sealed class PoisonMessageTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>, IDisposable
{
    private static readonly string Queue = ServiceNames.QueueOf(ServiceNames.Zvw);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RabbitMqFact]
    public async Task A_message_that_ends_whoever_takes_it_is_given_up_by_the_broker_and_what_is_behind_it_is_handled()
    {
        await using (await StartAsync(asks: false))
        {
            // The queue is there now.
        }

        await Patience.Until(async () => await broker.LookAtQueueAsync(Queue) is { Consumers: 0 }, "nobody hears the queue");
        await using var asker = await StartAsync(asks: true);
        await asker.AskAsync("poison", 1);
        await Patience.Until(async () => await broker.LookAtQueueAsync(Queue) is { Messages: 1 }, "the poison waits");
        await asker.AskAsync("behind", 2, 3);
        await Patience.Until(async () => await broker.LookAtQueueAsync(Queue) is { Messages: 3 }, "the others wait behind it");

        // As a process that takes the first message and dies of it, again and again.
        for (var death = 0; death <= ServiceQueues.DeliveryLimit; death++)
        {
            await TakeAndDieAsync();
        }

        var dead = await FirstDeadLetterAsync(ServiceQueues.ErrorOf(Queue));
        await using var answerer = await StartAsync(asks: false);
        await asker.HearsAllAsync("behind", 2);

        Assert.Equal([2, 3], await asker.HeardAsync("behind"));
        Assert.Empty(await asker.HeardAsync("poison"));
        var death0 = Assert.IsType<Dictionary<string, object>>(Assert.IsType<List<object>>(dead.Headers!["x-death"])[0]);
        Assert.Equal("delivery_limit", Text(death0["reason"]));
        Assert.Equal(Queue, Text(death0["queue"]));
        Assert.NotNull(dead.MessageId);
    }

    [RabbitMqFact]
    public async Task What_is_no_message_goes_to_the_dead_letters_at_once_with_a_reason()
    {
        await using var answerer = await StartAsync(asks: false);
        await using var asker = await StartAsync(asks: true);
        var started = TimeProvider.System.GetTimestamp();

        await PutAsync("this is no JSON", "application/vnd.masstransit+json");
        var dead = await FirstDeadLetterAsync(ServiceQueues.ErrorOf(Queue));

        Assert.Equal("The message is no JSON.", Text(dead.Headers!["MT-Fault-Message"]));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5)); // All tries together take longer.
        await StillAnswersAsync(asker);
    }

    [RabbitMqFact]
    public async Task A_message_that_cannot_be_handled_goes_to_the_dead_letters_with_a_reason()
    {
        const string type = "\"messageType\":[\"urn:message:Samenhang.Platform.Tests.Bus:Question\"]";
        const string question = "\"message\":{\"caseId\":\"a\",\"number\":1}";
        await using var answerer = await StartAsync(asks: false);
        await using var asker = await StartAsync(asks: true);
        foreach (var (message, reason) in new[]
        {
            ($"{{{type},{question}}}", "The envelope of the message holds no id."),
            ($"{{\"messageId\":\"01990000-0000-7000-8000-000000000001\",\"headers\":{{\"samenhang-lane\":1e999}},{type},{question}}}", "The envelope of the message cannot be read."),
            ($"{{\"messageId\":\"01990000-0000-7000-8000-000000000002\",{type},{question.Replace("\"a\"", "\"\\u0000\"", StringComparison.Ordinal)}}}", "The message cannot be read at $.caseId."),
        })
        {
            await PutAsync(message, "application/vnd.masstransit+json");

            Assert.Equal(reason, Text((await FirstDeadLetterAsync(ServiceQueues.ErrorOf(Queue))).Headers!["MT-Fault-Message"]));
        }

        await StillAnswersAsync(asker);
    }

    [RabbitMqFact]
    public async Task A_message_of_another_version_goes_to_the_dead_letters_at_once_with_a_reason()
    {
        await using var answerer = await StartAsync(asks: false);
        await using var asker = await StartAsync(asks: true);
        var started = TimeProvider.System.GetTimestamp();

        await PutAsync(Envelope("urn:message:Samenhang.Platform.Tests.Bus:Question", """{"caseId":"a","number":"a word where a number stood"}"""), "application/vnd.masstransit+json");
        var dead = await FirstDeadLetterAsync(ServiceQueues.ErrorOf(Queue));

        Assert.Contains("Exception", Text(dead.Headers!["MT-Fault-ExceptionType"]), StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await StillAnswersAsync(asker);
    }

    [RabbitMqFact]
    public async Task A_message_of_an_unknown_type_is_set_apart_at_once()
    {
        await using var answerer = await StartAsync(asks: false);
        await using var asker = await StartAsync(asks: true);

        await PutAsync(Envelope("urn:message:Samenhang.Platform.Tests.Bus:Riddle", """{"caseId":"a"}"""), "application/vnd.masstransit+json");
        var dead = await FirstDeadLetterAsync(ServiceQueues.SkippedOf(Queue));

        Assert.Equal("dead-letter", Text(dead.Headers!["MT-Reason"]));
        await StillAnswersAsync(asker);
    }

    [RabbitMqFact]
    public async Task The_queues_of_dead_letters_are_quorum_queues_with_arguments_of_their_own_from_the_start()
    {
        await using var answerer = await StartAsync(asks: false);
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();

        // Declaring again with the same arguments is allowed; with others the broker closes the channel.
        foreach (var queue in new[] { ServiceQueues.ErrorOf(Queue), ServiceQueues.SkippedOf(Queue) })
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, ServiceQueues.DeadLetterArguments.ToDictionary(a => a.Key, a => (object?)a.Value));
        }

        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, ServiceQueues.ArgumentsOf(Queue).ToDictionary(a => a.Key, a => (object?)a.Value));
    }

    private async Task<ConversationHost> StartAsync(bool asks)
    {
        var host = await ConversationHost.StartAsync(_folder.Path, asks, answers: !asks, settings: broker.Settings);
        var queue = ServiceNames.QueueOf(asks ? ServiceNames.Casemanager : ServiceNames.Zvw);
        await Patience.Until(async () => await broker.LookAtQueueAsync(queue) is { Consumers: > 0 }, $"{queue} is heard");
        return host;
    }

    private static async Task StillAnswersAsync(ConversationHost asker)
    {
        await asker.AskAsync("behind", 1);
        await asker.HearsAllAsync("behind", 1);
    }

    private async Task TakeAndDieAsync()
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        BasicGetResult? taken = null;
        await Patience.Until(async () => (taken = await channel.BasicGetAsync(Queue, autoAck: false)) is not null, "a message is delivered");
        await connection.AbortAsync();
    }

    private async Task PutAsync(string body, string contentType)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties { ContentType = contentType, DeliveryMode = DeliveryModes.Persistent };
        await channel.BasicPublishAsync(string.Empty, Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    private static string Envelope(string type, string message)
        => $$"""{"messageId":"01990000-0000-7000-8000-{{Random.Shared.Next():x12}}","messageType":["{{type}}"],"message":{{message}}}""";

    private async Task<IReadOnlyBasicProperties> FirstDeadLetterAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        BasicGetResult? found = null;
        await Patience.Until(async () => (found = await channel.BasicGetAsync(queue, autoAck: true)) is not null, $"a dead letter is in {queue}");
        return found!.BasicProperties;
    }

    private static string Text(object? header) => header is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(header, CultureInfo.InvariantCulture) ?? string.Empty;
}
