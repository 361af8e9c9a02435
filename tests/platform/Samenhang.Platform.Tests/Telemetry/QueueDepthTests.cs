using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Platform.Tests.Telemetry;

public sealed class QueueDepthTests(RabbitMqBroker broker) : IClassFixture<RabbitMqBroker>
{
    private static readonly string Queue = ServiceNames.QueueOf(ServiceNames.Uwv);

    [RabbitMqFact]
    public async Task What_waits_and_what_is_dead_is_told_also_after_the_broker_was_away()
    {
        using var folder = new TemporaryFolder();
        using var depths = new Depths();
        using var host = await StartAsync(folder);
        await Patience.Until(() => depths.Read(Queue) == 0, "the queue is told, and is empty");

        await PutAsync($"{Queue}_error", 3);
        await Patience.Until(() => depths.Read($"{Queue}_error") == 3, "the dead letters are told");

        await broker.KillAsync();
        await Patience.Until(() => depths.Read($"{Queue}_error") is null, "while the broker is away nothing is told");
        await broker.StartAsync();
        await Patience.Until(() => depths.Read($"{Queue}_error") == 3, "the dead letters are told again");
    }

    private async Task<IHost> StartAsync(TemporaryFolder folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(broker.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = folder.Path });
        builder.AddSamenhangService(ServiceNames.Uwv, _ => { });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private async Task PutAsync(string queue, int messages)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        for (var i = 0; i < messages; i++)
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true }, new byte[] { 1 });
        }
    }

    /// <summary>Reads the gauge as an exporter does.</summary>
    private sealed class Depths : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> _last = new();
        private readonly MeterListener _listener = new();

        public Depths()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Measures.Name && instrument.Name == "samenhang.queue.depth")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, depth, tags, _) => _last[(string)tags[0].Value!] = depth);
            _listener.Start();
        }

        public double? Read(string queue)
        {
            _last.Clear();
            _listener.RecordObservableInstruments();
            return _last.TryGetValue(queue, out var depth) ? depth : null;
        }

        public void Dispose() => _listener.Dispose();
    }
}
