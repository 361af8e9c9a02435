using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Npgsql;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.ProcessSupport;

/// <summary>
/// The five services as processes of the operating system, on a broker and a database, each with a schema of its own. They can be paused,
/// killed and started again; with more than one replica a process is named <c>zvw-1</c>, <c>zvw-2</c> …
/// </summary>
public sealed class ServiceProcesses : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RabbitMqBroker broker;
    private readonly Func<string, Dictionary<string, string?>> settings;
    private readonly int replicas;
    private readonly Dictionary<string, int> ports;
    private readonly Dictionary<string, Process> running = [];
    private readonly Dictionary<string, List<string>> said = [];
    private readonly Dictionary<string, GrpcChannel> channels = [];

    private ServiceProcesses(RabbitMqBroker broker, string database, int replicas, Func<string, Dictionary<string, string?>>? settings)
    {
        (this.broker, Database, this.replicas, this.settings) = (broker, database, replicas, settings ?? (_ => broker.Settings));
        Names = [.. ServiceNames.All.SelectMany(service => Enumerable.Range(1, replicas).Select(number => NameOf(service, number)))];
        ports = Names.ToDictionary(name => name, _ => FreePort());
    }

    /// <summary>How to reach the database.</summary>
    public string Database { get; }

    /// <summary>How many processes a service has.</summary>
    public int Replicas => replicas;

    /// <summary>The key with which these processes believe whoever has it.</summary>
    public string KeyFile => folder.File("development-key.pem");

    /// <summary>The names of the processes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Settings beside those of broker and database, as variables.</summary>
    public Dictionary<string, string> Variables { get; } = new()
    {
        ["SAMENHANG_Rounds__AnswerWithin"] = "00:10:00", // No round may end for want of time.
    };

    /// <summary>The casemanager's gRPC API, of the first replica.</summary>
    public CasemanagerService.CasemanagerServiceClient Casemanager => CasemanagerOf(1);

    /// <summary>The casemanager's gRPC API of subscriptions, of the first replica.</summary>
    public SubscriptionService.SubscriptionServiceClient Subscriptions => new(ChannelOf(ServiceNames.Casemanager));

    /// <summary>Starts all and returns when each service hears its queue and answers calls.</summary>
    /// <param name="broker">What carries their messages.</param>
    /// <param name="server">What keeps their events.</param>
    /// <param name="replicas">How many processes a service has.</param>
    /// <param name="variables">Settings beside those of broker and database.</param>
    /// <param name="settings">How a service reaches the broker, when it is not as the broker tells.</param>
    public static async Task<ServiceProcesses> StartAsync(
        RabbitMqBroker broker,
        PostgreSqlServer server,
        int replicas = 1,
        IReadOnlyDictionary<string, string>? variables = null,
        Func<string, Dictionary<string, string?>>? settings = null)
    {
        var processes = new ServiceProcesses(broker, await server.NewDatabaseAsync(), replicas, settings);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            processes.Variables[name] = value;
        }

        foreach (var name in processes.Names)
        {
            processes.Start(name);
        }

        try
        {
            await processes.HearAllAsync();
        }
        catch (Exception)
        {
            await processes.DisposeAsync();
            throw;
        }

        return processes;
    }

    /// <summary>The name of a process.</summary>
    public string NameOf(string service, int number) => replicas == 1 ? service : $"{service}-{Text(number)}";

    /// <summary>The gRPC API of a casemanager.</summary>
    public CasemanagerService.CasemanagerServiceClient CasemanagerOf(int number) => new(ChannelOf(ServiceNames.Casemanager, number));

    /// <summary>A channel to a service, for each call as somebody who may make it.</summary>
    public GrpcChannel ChannelOf(string service, int number = 1)
    {
        var name = NameOf(service, number);
        lock (channels)
        {
            if (!channels.TryGetValue(name, out var channel))
            {
                channels[name] = channel = DevelopmentChannel.Open($"http://localhost:{Text(ports[name])}", KeyFile);
            }

            return channel;
        }
    }

    /// <summary>Starts a process, as <c>run serve</c> does.</summary>
    public void Start(string name)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll"), "serve", name.Split('-')[0], "--url", $"http://localhost:{Text(ports[name])}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (setting, value) in settings(name.Split('-')[0]))
        {
            start.Environment[setting.Replace("Samenhang:", "SAMENHANG_", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        foreach (var service in ServiceNames.All)
        {
            start.Environment[$"SAMENHANG_Services__{service}"] =
                string.Join(',', Enumerable.Range(1, replicas).Select(number => $"http://localhost:{Text(ports[NameOf(service, number)])}"));
        }

        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["SAMENHANG_Access__DevelopmentKeyFile"] = KeyFile;
        start.Environment["SAMENHANG_Store__Folder"] = folder.Path;
        start.Environment["SAMENHANG_Store__Kind"] = "PostgreSql";
        start.Environment["SAMENHANG_Store__ConnectionString"] = Database;
        start.Environment.Remove("SAMENHANG_HOME");
        foreach (var (setting, value) in Variables)
        {
            start.Environment[setting] = value;
        }

        var process = Process.Start(start)!;
        List<string> lines;
        lock (running)
        {
            if (!said.TryGetValue(name, out lines!))
            {
                said[name] = lines = [];
            }

            running[name] = process;
        }

        process.OutputDataReceived += (_, line) => Keep(lines, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(lines, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until each process that runs listens to its queue and, which begins a little later, to its port.</summary>
    public async Task HearAllAsync()
    {
        foreach (var name in Names)
        {
            await Patience.Until(
                async () => running[name].HasExited
                    ? throw new InvalidOperationException($"{name} ended with status {running[name].ExitCode}: {WhatItSaid(name)}")
                    : await broker.LookAtQueueAsync(ServiceNames.QueueOf(name.Split('-')[0])) is { Consumers: var consumers } && consumers >= replicas && await ListensAsync(ports[name]),
                $"{name} hears its queue and answers calls",
                TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>True when it ended by itself or was killed.</summary>
    public bool HasEnded(string name)
    {
        lock (running)
        {
            return !running.TryGetValue(name, out var process) || process.HasExited;
        }
    }

    /// <summary>What a process wrote, over all its starts.</summary>
    public string WhatItSaid(string name)
    {
        lock (said[name])
        {
            return string.Join(Environment.NewLine, said[name]);
        }
    }

    /// <summary>How much memory a process has now, in bytes.</summary>
    public long MemoryOf(string name)
    {
        using var process = Process.GetProcessById(running[name].Id);
        return process.WorkingSet64;
    }

    /// <summary>How much processor time a process has used.</summary>
    public TimeSpan ProcessorTimeOf(string name)
    {
        using var process = Process.GetProcessById(running[name].Id);
        return process.TotalProcessorTime;
    }

    /// <summary>Holds a process still: it keeps what it has taken from its queue and does nothing.</summary>
    public Task PauseAsync(string name) => SignalAsync(name, "-STOP");

    /// <summary>Lets it go on.</summary>
    public Task GoOnAsync(string name) => SignalAsync(name, "-CONT");

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync(string name)
    {
        Process process;
        lock (running)
        {
            process = running[name];
        }

        if (!process.HasExited)
        {
            await SignalAsync(name, "-KILL");
        }

        using var limit = new CancellationTokenSource(Patience.Limit);
        await process.WaitForExitAsync(limit.Token);
        lock (running)
        {
            process.Dispose();
            running.Remove(name);
        }
    }

    /// <summary>How often each type of event stands in the store of a service.</summary>
    public async Task<Dictionary<string, long>> EventsOfAsync(string service)
    {
        await using var connection = new NpgsqlConnection($"{Database};Search Path={service}");
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
        await using var connection = new NpgsqlConnection($"{Database};Search Path={ServiceNames.Casemanager}");
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
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }

        foreach (var name in running.Keys.ToList())
        {
            await KillAsync(name);
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

    private async Task SignalAsync(string name, string signal)
    {
        using var kill = Process.Start("kill", [signal, Text(running[name].Id)]);
        using var limit = new CancellationTokenSource(Patience.Limit);
        await kill.WaitForExitAsync(limit.Token);
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"{name} could not be sent {signal}.");
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", port);
            return true;
        }
        catch (SocketException)
        {
            return false; // Not yet: Patience asks again.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
