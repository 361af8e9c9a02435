using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Samenhang.SystemBenchmarks.CasePath;

/// <summary>Listens in on the questions to the domains and their answers, to know how many bytes they are without what the bus puts around them.</summary>
internal static class MessageSizes
{
    private const int Enough = 80;

    private static readonly string[] Domains = ["Zvw", "Gemeente", "Uwv", "Employer"];

    /// <summary>The bytes of a question and of an answer, on average, over the messages that <paramref name="cause"/> leads to.</summary>
    public static async Task<(int Question, int Answer)> MeasureAsync(RabbitMqBroker broker, Func<Task> cause)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var questions = await ListenAsync(channel, domain => $"Ask{domain}Coverage");
        var answers = await ListenAsync(channel, domain => $"{domain}CoverageAnswered");
        await cause();
        await Patience.Until(() => questions.Count >= Enough && answers.Count >= Enough, "questions and answers are heard");
        return ((int)questions.Average(), (int)answers.Average());
    }

    private static async Task<ConcurrentQueue<int>> ListenAsync(IChannel channel, Func<string, string> name)
    {
        var sizes = new ConcurrentQueue<int>();
        var queue = (await channel.QueueDeclareAsync()).QueueName; // Gone with the connection.
        foreach (var domain in Domains)
        {
            var space = domain == "Employer" ? "Samenhang.Messages.Employer" : "Samenhang.Messages";
            await channel.QueueBindAsync(queue, $"{space}:{name(domain)}", "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            sizes.Enqueue(Encoding.UTF8.GetByteCount(envelope.RootElement.GetProperty("message").GetRawText()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return sizes;
    }
}
