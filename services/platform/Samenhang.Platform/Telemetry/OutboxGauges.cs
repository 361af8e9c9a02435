using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Telemetry;

/// <summary>How far the relay of each service of this process is behind.</summary>
internal static class OutboxGauges
{
    // Counting on would cost more than it tells.
    private const int CountedAtMost = 100_000;

    public static IServiceCollection AddOutboxGauges(this IServiceCollection services) => services
        .AddSingleton(new SampledGauge(
            "samenhang.outbox.events", "{event}", $"Events that the relay has not passed yet, counted up to {CountedAtMost}.", (provider, cancellation) => EachAsync(provider, CountAsync, cancellation)))
        .AddSingleton(new SampledGauge(
            "samenhang.outbox.age", "s", "How long ago the oldest of them was written; 0 when there is none.", (provider, cancellation) => EachAsync(provider, AgeAsync, cancellation)));

    private static async Task<IReadOnlyList<Measurement<double>>> EachAsync(
        IServiceProvider provider, Func<IServiceProvider, IEventStore, CancellationToken, Task<double>> lookUp, CancellationToken cancellationToken)
    {
        var measured = new List<Measurement<double>>();
        foreach (var service in provider.GetServices<ServiceRegistration>())
        {
            var number = await lookUp(provider, provider.GetRequiredKeyedService<IEventStore>(service.Name), cancellationToken);
            measured.Add(new Measurement<double>(number, new KeyValuePair<string, object?>("service", service.Name)));
        }

        return measured;
    }

    private static async Task<double> CountAsync(IServiceProvider provider, IEventStore store, CancellationToken cancellationToken)
    {
        var passed = await store.ReadCursorAsync(Relay.Cursor, cancellationToken);
        return await store.QueryAsync(
            async (connection, cancellation) => (await connection.RowsAsync(
                "SELECT count(*) FROM (SELECT 1 FROM event WHERE position > @passed LIMIT @most) AS waiting",
                row => row.GetInt64(0),
                cancellation,
                ("@passed", passed),
                ("@most", CountedAtMost))).Single(),
            cancellationToken);
    }

    private static async Task<double> AgeAsync(IServiceProvider provider, IEventStore store, CancellationToken cancellationToken)
    {
        var passed = await store.ReadCursorAsync(Relay.Cursor, cancellationToken);
        return await store.ReadFromAsync(passed, 1, Payloads.None, cancellationToken) is [var oldest]
            ? Math.Max(0, (provider.GetRequiredService<TimeProvider>().GetUtcNow() - oldest.RecordedOn).TotalSeconds)
            : 0;
    }
}
