using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Npgsql;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Processes;

/// <summary>The five services as processes of the operating system, on a broker and a database, each with a schema of its own. They can be paused and killed.</summary>
public sealed class ServiceProcesses : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RabbitMqBroker broker;
    private readonly string database;
    private readonly Dictionary<string, int> ports;
    private readonly Dictionary<string, Process> running = [];
    private readonly Dictionary<string, List<string>> said = [];
    private readonly GrpcChannel channel;

    private ServiceProcesses(RabbitMqBroker broker, string database)
    {
        (this.broker, this.database) = (broker, database);
        ports = ServiceNames.All.ToDictionary(service => service, _ => FreePort());
        channel = GrpcChannel.ForAddress($"http://localhost:{ports[ServiceNames.Casemanager]}");
    }

    /// <summary>The casemanager's gRPC API.</summary>
    public CasemanagerService.CasemanagerServiceClient Casemanager => new(channel);

    /// <summary>Starts all five and returns when each hears its queue.</summary>
    public static async Task<ServiceProcesses> StartAsync(RabbitMqBroker broker, PostgreSqlServer server)
    {
        var processes = new ServiceProcesses(broker, await server.NewDatabaseAsync());
        foreach (var service in ServiceNames.All)
        {
            processes.Start(service);
        }

        await processes.HearAllAsync();
        return processes;
    }

    /// <summary>Starts one service, as <c>run serve</c> does.</summary>
    public void Start(string service)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll"), "serve", service, "--url", $"http://localhost:{ports[service]}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in broker.Settings)
        {
            start.Environment[name.Replace("Samenhang:", "SAMENHANG_", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["SAMENHANG_Store__Folder"] = folder.Path;
        start.Environment["SAMENHANG_Store__Kind"] = "PostgreSql";
        start.Environment["SAMENHANG_Store__ConnectionString"] = database;
        start.Environment["SAMENHANG_Rounds__AnswerWithin"] = "00:02:00"; // No round of these tests may end for want of time.
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1"; // They trace; that nobody collects must not disturb them.
        start.Environment.Remove("SAMENHANG_HOME");
        var process = Process.Start(start)!;
        var lines = said[service] = [];
        process.OutputDataReceived += (_, line) => Keep(lines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(lines, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        running[service] = process;
    }

    /// <summary>Waits until each service that runs listens to its queue.</summary>
    public async Task HearAllAsync()
    {
        foreach (var service in ServiceNames.All)
        {
            await Patience.Until(
                async () => running[service].HasExited
                    ? throw new InvalidOperationException($"{service} ended with status {running[service].ExitCode}: {string.Join(Environment.NewLine, said[service])}")
                    : await broker.LookAtQueueAsync(ServiceNames.QueueOf(service)) is { Consumers: > 0 },
                $"{service} hears its queue",
                TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>Holds a process still: it keeps what it has taken from its queue and does nothing.</summary>
    public Task PauseAsync(string service) => SignalAsync(service, "-STOP");

    /// <summary>Lets it go on.</summary>
    public Task GoOnAsync(string service) => SignalAsync(service, "-CONT");

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync(string service)
    {
        var process = running[service];
        await SignalAsync(service, "-KILL");
        using var limit = new CancellationTokenSource(Patience.Limit);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
        running.Remove(service);
    }

    /// <summary>How often each type of event stands in the store of a service.</summary>
    public async Task<Dictionary<string, long>> EventsOfAsync(string service)
    {
        await using var connection = new NpgsqlConnection($"{database};Search Path={service}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT type, count(*) FROM event GROUP BY type", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var counts = new Dictionary<string, long>();
        while (await rows.ReadAsync())
        {
            counts[rows.GetString(0)] = rows.GetInt64(1);
        }

        return counts;
    }

    /// <summary>The traces under which the casemanager wrote the events of a case.</summary>
    public async Task<IReadOnlyList<string>> TracesOfAsync(string caseId)
    {
        await using var connection = new NpgsqlConnection($"{database};Search Path={ServiceNames.Casemanager}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT DISTINCT coalesce(split_part(trace_parent, '-', 2), 'none') FROM event WHERE stream_id = @stream", connection);
        command.Parameters.AddWithValue("stream", $"case/{caseId}");
        await using var rows = await command.ExecuteReaderAsync();
        var traces = new List<string>();
        while (await rows.ReadAsync())
        {
            traces.Add(rows.GetString(0));
        }

        return traces;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        foreach (var service in running.Keys.ToList())
        {
            await KillAsync(service);
        }

        folder.Dispose();
    }

    private static void Keep(List<string> lines, string? line)
    {
        if (line is not null)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }

    private async Task SignalAsync(string service, string signal)
    {
        using var kill = Process.Start("kill", [signal, running[service].Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(Patience.Limit);
        await kill.WaitForExitAsync(limit.Token);
        Assert.Equal(0, kill.ExitCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
