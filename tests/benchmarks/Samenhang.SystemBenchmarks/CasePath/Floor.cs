using System.Text;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Samenhang.SystemBenchmarks.CasePath;

/// <summary>
/// The least that must happen for a case with the promises kept: nine commits (each with the id of its message, so that twice is once) and
/// eight messages that the broker confirms, with the bytes that ours have. No rules, no plan, no outbox, no retries; one process.
/// </summary>
internal sealed class Floor : ICasePath, IAsyncDisposable
{
    private const int Side = 16; // Messages handled side by side in a service, as ours do.
    private const ushort Prefetch = 64;
    private static readonly string[] Domains = ["zvw", "gemeente", "uwv", "employer"];

    private readonly Dictionary<string, NpgsqlDataSource> _stores = [];
    private readonly Dictionary<string, IChannel> _channels = [];
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _answers = new();
    private readonly byte[] _question;
    private readonly byte[] _answer;
    private readonly byte[] _asked;
    private readonly byte[] _given;
    private readonly byte[] _planned;
    private IConnection? _broker;
    private int _next;

    private Floor(FloorBytes bytes)
    {
        (_question, _answer) = (Bytes(bytes.Question), Bytes(bytes.Answer));
        (_asked, _given, _planned) = (Noise(bytes.Asked), Noise(bytes.Given), Noise(bytes.Planned));
    }

    public event Action<string, DateTimeOffset>? Planned;

    public static async Task<Floor> StartAsync(RabbitMqBroker broker, PostgreSqlServer server, FloorBytes bytes)
    {
        var floor = new Floor(bytes);
        var database = await server.NewDatabaseAsync();
        floor._broker = await broker.ConnectAsync();
        foreach (var service in Domains.Append("casemanager"))
        {
            var settings = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = Side, SearchPath = service, MaxAutoPrepare = 16, AutoPrepareMinUsages = 2, NoResetOnClose = true };
            var store = floor._stores[service] = NpgsqlDataSource.Create(settings);
            await using (var make = store.CreateCommand($"""
                CREATE SCHEMA {service};
                CREATE TABLE {service}.inbox (message_id uuid PRIMARY KEY);
                CREATE TABLE {service}.event (position bigserial PRIMARY KEY, stream_id text NOT NULL, payload bytea NOT NULL);
                ALTER TABLE {service}.event ALTER COLUMN payload SET STORAGE EXTERNAL;
                CREATE INDEX ON {service}.event (stream_id);
                """))
            {
                await make.ExecuteNonQueryAsync();
            }

            var channel = floor._channels[service] = await floor._broker.CreateChannelAsync(new CreateChannelOptions(
                publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, consumerDispatchConcurrency: Side));
            await channel.QueueDeclareAsync($"floor.{service}", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await channel.BasicQosAsync(0, Prefetch, global: false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) => floor.HearAsync(service, message);
            await channel.BasicConsumeAsync($"floor.{service}", autoAck: false, consumer);
        }

        return floor;
    }

    public async Task<string> OpenAsync()
    {
        var name = $"case-{Interlocked.Increment(ref _next)}";
        await CommitAsync("casemanager", NewId(), name, _asked, 2);
        await SendAsync("casemanager", "zvw", name, _question);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels.Values)
        {
            await channel.DisposeAsync();
        }

        await _broker!.DisposeAsync();
        foreach (var store in _stores.Values)
        {
            await store.DisposeAsync();
        }
    }

    private async Task HearAsync(string service, BasicDeliverEventArgs message)
    {
        var name = message.BasicProperties.CorrelationId!;
        var id = Guid.Parse(message.BasicProperties.MessageId!);
        if (service != "casemanager")
        {
            await CommitAsync(service, id, name, _given, 1);
            await SendAsync(service, "casemanager", name, _answer);
        }
        else
        {
            var answers = _answers.AddOrUpdate(name, 1, (_, before) => before + 1);
            await CommitAsync(service, id, name, answers == Domains.Length ? _planned : _given, answers is 1 ? 4 : 1);
            if (answers == 1)
            {
                await Task.WhenAll(Domains.Skip(1).Select(domain => SendAsync(service, domain, name, _question)));
            }
            else if (answers == Domains.Length)
            {
                _answers.TryRemove(name, out int _);
                Planned?.Invoke(name, TimeProvider.System.GetUtcNow());
            }
        }

        await _channels[service].BasicAckAsync(message.DeliveryTag, multiple: false);
    }

    private async Task CommitAsync(string service, Guid message, string stream, byte[] payload, int events)
    {
        await using var batch = _stores[service].CreateBatch();
        var inbox = new NpgsqlBatchCommand("INSERT INTO inbox (message_id) VALUES (@id)");
        inbox.Parameters.Add(new("id", message));
        batch.BatchCommands.Add(inbox);
        for (var n = 0; n < events; n++)
        {
            var write = new NpgsqlBatchCommand("INSERT INTO event (stream_id, payload) VALUES (@stream, @payload)");
            write.Parameters.Add(new("stream", stream));
            write.Parameters.Add(new("payload", payload));
            batch.BatchCommands.Add(write);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private async Task SendAsync(string from, string to, string name, byte[] body)
        => await _channels[from].BasicPublishAsync(
            "", $"floor.{to}", mandatory: true, new BasicProperties { MessageId = NewId().ToString(), CorrelationId = name, DeliveryMode = DeliveryModes.Persistent }, body);

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    // As hard to compress as JSON of ours: a third of it is words that repeat.
    private static string Json(int bytes)
    {
        var text = new StringBuilder("{\"value\":\"");
        var random = new Random(9999);
        while (text.Length < bytes - 2)
        {
            text.Append(random.Next(3) == 0 ? "coverage" : ((char)('a' + random.Next(26))).ToString());
        }

        return text.Append("\"}").ToString();
    }

    // What lies in our stores is compressed and sealed: nothing more can be taken off.
    private static byte[] Noise(int bytes) => System.Security.Cryptography.RandomNumberGenerator.GetBytes(bytes);

    private static byte[] Bytes(int bytes) => Encoding.UTF8.GetBytes(Json(bytes));
}

/// <summary>How many bytes ours have: two kinds of messages, and three kinds of events as they lie in the store.</summary>
internal sealed record FloorBytes(int Question, int Answer, int Asked, int Given, int Planned);
