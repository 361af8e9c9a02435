using System.Diagnostics;
using System.Globalization;
using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.SystemBenchmarks.Relaying;

/// <summary>The message that is relayed, as large as a question to a domain.</summary>
public sealed record RelayedQuestion(string Text);

/// <summary>
/// Our relay to a quorum queue of a real broker, batches with concurrent confirms; against the same relay one message at a time, and against
/// RabbitMQ.Client alone one confirm at a time, which is the least that an outbox without batches does.
/// </summary>
internal static class RelayBenchmark
{
    private const string Queue = "relayed";
    private const int Bytes = 2500;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(string[] options)
    {
        var (many, few, rounds) = (Options.Number(options, "messages", 6000), Options.Number(options, "one-by-one", 300), Options.Number(options, "rounds", 3));
        await using var broker = new RabbitMqBroker();
        await broker.InitializeAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var exchange = $"{typeof(RelayedQuestion).Namespace}:{nameof(RelayedQuestion)}"; // As MassTransit names it.
        await channel.ExchangeDeclareAsync(exchange, "fanout", durable: true, autoDelete: false);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Queue, exchange, "");

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<SamenhangOptions>().Configure(settings => (settings.RabbitMq.Host, settings.RabbitMq.Port) = ("127.0.0.1", broker.Port));
        services.AddSamenhangBus(Transport.RabbitMq);
        await using var provider = services.BuildServiceProvider();
        var bus = provider.GetRequiredService<IBusControl>();
        await bus.StartAsync(new CancellationTokenSource(Limit).Token);
        var logger = provider.GetRequiredService<ILogger<Relay>>();
        var body = new string('x', Bytes);

        var took = new Dictionary<string, List<double>>();
        for (var round = -1; round < rounds; round++)
        {
            async Task NoteAsync(string name, int messages, Func<int, Task> run)
            {
                var start = Stopwatch.GetTimestamp();
                await run(messages).WaitAsync(Limit);
                var perSecond = messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    (took.TryGetValue(name, out var list) ? list : took[name] = []).Add(perSecond);
                }

                await channel.QueuePurgeAsync(Queue);
            }

            await NoteAsync("relay", many, messages => RelayAsync(bus, logger, messages, body, new RelayOptions().BatchSize));
            await NoteAsync("relay, one message at a time", few, messages => RelayAsync(bus, logger, messages, body, 1));
            await NoteAsync("RabbitMQ.Client, one confirm at a time", few, async messages =>
            {
                var bytes = Encoding.UTF8.GetBytes(body);
                for (var n = 0; n < messages; n++)
                {
                    await channel.BasicPublishAsync(exchange, "", mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, bytes);
                }
            });
        }

        await bus.StopAsync(new CancellationTokenSource(Limit).Token);
        var median = took.ToDictionary(one => one.Key, one => one.Value.Order().ElementAt(one.Value.Count / 2));
        foreach (var (name, perSecond) in median)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {name,-40} {perSecond,8:N0} messages/s"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ratio   relay {median["relay"] / median["relay, one message at a time"]:N1} times itself one message at a time, {median["relay"] / median["RabbitMQ.Client, one confirm at a time"]:N1} times RabbitMQ.Client one confirm at a time"));
    }

    private static async Task RelayAsync(IBusControl bus, ILogger<Relay> logger, int messages, string body, int batch)
    {
        var catalog = new EventCatalog([new(MemoryFeed.EventName, typeof(RelayedQuestion), (@event, _) => @event)]);
        var feed = new MemoryFeed(messages, $$"""{"text":"{{body}}"}""");
        using var relay = new Relay("benchmark", feed, catalog, bus, arrivals: null, new SilentRelays(), new RelayOptions { BatchSize = batch }, TimeProvider.System, logger);
        await relay.StartAsync(CancellationToken.None);
        await feed.Passed;
        await relay.StopAsync(CancellationToken.None);
    }
}
