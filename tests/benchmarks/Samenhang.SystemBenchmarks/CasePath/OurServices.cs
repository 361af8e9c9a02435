using Npgsql;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Hosting;

namespace Samenhang.SystemBenchmarks.CasePath;

/// <summary>The five services as they are deployed; plans are seen in the casemanager's store.</summary>
internal sealed class OurServices : ICasePath, IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly ServiceProcesses _services;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;
    private int _next;

    private OurServices(ServiceProcesses services)
    {
        _services = services;
        _watching = WatchAsync();
    }

    public event Action<string, DateTimeOffset>? Planned;

    public static async Task<OurServices> StartAsync(RabbitMqBroker broker, PostgreSqlServer server)
        => new(await ServiceProcesses.StartAsync(broker, server));

    public async Task<string> OpenAsync()
    {
        var request = Requests.BurnOut();
        request.RequestId = $"load-{Interlocked.Increment(ref _next)}";
        return (await _services.Casemanager.OpenCaseAsync(request)).CaseId;
    }

    /// <summary>The processor time that each process has used.</summary>
    public Dictionary<string, TimeSpan> ProcessorTimes() => _services.Names.ToDictionary(name => name, _services.ProcessorTimeOf);

    /// <summary>How many events a case led to, and how many bytes they have, for each service and type.</summary>
    public async Task<IReadOnlyList<(string Service, string Type, long Events, double Bytes, long Published)>> WhatWasWrittenAsync()
    {
        var written = new List<(string, string, long, double, long)>();
        await using var connection = new NpgsqlConnection(_services.Database);
        await connection.OpenAsync();
        foreach (var service in ServiceNames.All)
        {
            await using var command = new NpgsqlCommand(
                $"SELECT type, count(*), avg(octet_length(payload))::float8, count(*) FILTER (WHERE publish) FROM {service}.event GROUP BY type ORDER BY type", connection);
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                written.Add((service, rows.GetString(0), rows.GetInt64(1), rows.GetDouble(2), rows.GetInt64(3)));
            }
        }

        return written;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        await _services.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        await using var connection = new NpgsqlConnection($"{_services.Database};Search Path=casemanager");
        await connection.OpenAsync();
        var position = 0L;
        while (!_stopping.IsCancellationRequested)
        {
            // Positions can become visible out of order: what lies shortly before the last is looked at again.
            await using (var command = new NpgsqlCommand(
                "SELECT position, stream_id, recorded_on FROM event WHERE position > @after AND type = 'plan-made'", connection))
            {
                command.Parameters.AddWithValue("after", Math.Max(0, position - 500));
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                {
                    position = Math.Max(position, rows.GetInt64(0));
                    Planned?.Invoke(rows.GetString(1)["case/".Length..], rows.GetFieldValue<DateTimeOffset>(2));
                }
            }

            await Task.Delay(Look, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
