using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Tests.Bus;

/// <summary>One process with the asking service, the answering service, or both.</summary>
internal sealed class ConversationHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ConversationHost(IHost host, RecordedLog log) => (_host, Log) = (host, log);

    public RecordedLog Log { get; }

    /// <summary>True when the host ended by itself.</summary>
    public bool HasEnded => _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public Streams<AskerState, AskerEvent> Cases => _host.Services.GetRequiredService<Streams<AskerState, AskerEvent>>();

    public Streams<AnswererState, AnswererEvent> Answers => _host.Services.GetRequiredService<Streams<AnswererState, AnswererEvent>>();

    public HealthState Health => _host.Services.GetRequiredService<HealthState>();

    public Deliveries Deliveries => _host.Services.GetRequiredService<Deliveries>();

    public IEventStore StoreOf(string service) => _host.Services.GetRequiredKeyedService<IEventStore>(service);

    public static async Task<ConversationHost> StartAsync(
        string folder, bool asks = true, bool answers = true, Deliveries? deliveries = null, Dictionary<string, string?>? settings = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Samenhang:Store:Folder"] = folder });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var log = new RecordedLog();
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(deliveries ?? new Deliveries());
        if (asks)
        {
            builder.AddSamenhangService(ServiceNames.Casemanager, Conversation.Asks);
        }

        if (answers)
        {
            builder.AddSamenhangService(ServiceNames.Zvw, Conversation.Answers);
        }

        var host = builder.Build();
        await host.StartAsync();
        return new ConversationHost(host, log);
    }

    public Task AskAsync(string caseId, params int[] numbers)
        => Cases.HandleClockAsync(caseId, _ => [.. numbers.Select(number => new AskerEvent.Asked(number))], CancellationToken.None);

    public Task HearsAllAsync(string caseId, int count, TimeSpan? limit = null)
        => Patience.Until(
            async () => (await Cases.LoadAsync(caseId, CancellationToken.None)).State is { Open.Count: 0 } state && state.Heard.Count >= count,
            $"{caseId} hears {count} answers",
            limit);

    /// <summary>What was heard, sorted: an order of handling is not promised.</summary>
    public async Task<IReadOnlyList<int>> HeardAsync(string caseId)
        => [.. (await Cases.LoadAsync(caseId, CancellationToken.None)).State.Heard.Order()];

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        await _host.StopAsync(limit.Token);
        _host.Dispose();
    }
}
