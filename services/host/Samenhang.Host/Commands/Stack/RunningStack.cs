using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Hosting;
using Samenhang.Engines;
using Samenhang.Host.Embedded;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;

namespace Samenhang.Host.Commands.Stack;

/// <summary>
/// The whole system as processes: PostgreSQL and RabbitMQ of its own, replicas of each service, and the pages. Each process is
/// watched and started again when it ends.
/// </summary>
internal sealed class RunningStack : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(3);

    private readonly StackFolder folder;
    private readonly StackSecrets secrets;
    private readonly string? home;
    private readonly TimeProvider time;
    private readonly Action<SupervisedProcess> changed;
    private readonly List<(SupervisedProcess Process, string Address)> running = [];
    private readonly Lock turn = new();
    private readonly RabbitMqServer broker;
    private bool ready;

    private RunningStack(StackFolder folder, StackParts parts, string? home, TimeProvider time, Action<SupervisedProcess> changed)
    {
        this.folder = folder;
        this.home = home;
        this.time = time;
        this.changed = changed;
        Parts = parts;
        secrets = StackSecrets.ReadOrMake(folder.SecretsFile);
        broker = new RabbitMqServer(folder.DataOf(StackParts.RabbitMq), parts.Broker, SystemUser.ForEngine("rabbitmq"));
    }

    /// <summary>What it is made of.</summary>
    public StackParts Parts { get; }

    /// <summary>A channel to the casemanager's first replica.</summary>
    public GrpcChannel Casemanager() => DevelopmentChannel.Open(Parts.Services.First(one => one.Service == ServiceNames.Casemanager).Address);

    /// <summary>Starts everything; when it returns, all of it answers.</summary>
    /// <param name="folder">Where it keeps its data.</param>
    /// <param name="replicas">How many of each service.</param>
    /// <param name="home">The repository whose vocabulary and rulebooks are read; null = those beside the program.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Hears when a process ends or answers.</param>
    /// <param name="cancellation">Ends the start; what has started is stopped.</param>
    public static async Task<RunningStack> StartAsync(
        StackFolder folder, int replicas, string? home, TimeProvider time, Action<SupervisedProcess> changed, CancellationToken cancellation)
    {
        var stack = new RunningStack(folder, new StackParts(replicas), home, time, changed);
        try
        {
            await stack.StartEnginesAsync(replicas, cancellation);
            await Task.WhenAll(stack.Parts.Services.Select(one => stack.StartAsync(stack.PlanOf(one), one.Address, cancellation)));
            await Task.WhenAll(
                stack.StartAsync(stack.PlanOf(stack.Parts.Web), stack.Parts.Web.Address, cancellation),
                stack.broker.WriteDownAsync(cancellation)); // The services have made their queues.
            stack.ready = true;
            stack.WriteState();
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>What runs now.</summary>
    public StackState State()
    {
        lock (turn)
        {
            return new(
                ProcessMark.Of(Environment.ProcessId)!, ready, Parts.Services.Max(one => one.Replica),
                [.. running.Select(one => new PartState(one.Process.Name, one.Address, one.Process.State, one.Process.Mark, one.Process.Restarts, one.Process.Log))]);
        }
    }

    /// <summary>Stops everything in order: who asks before who answers, and last what all stand on.</summary>
    public async ValueTask DisposeAsync()
    {
        ready = false;
        foreach (var group in running.GroupBy(one => OrderOfStop(one.Process.Name)).OrderBy(group => group.Key).ToList())
        {
            await Task.WhenAll(group.Select(one => one.Process.DisposeAsync().AsTask()));
        }

        running.Clear(); // A second call finds nothing to stop.
    }

    private static int OrderOfStop(string name) => name switch
    {
        Ports.Web => 0,
        StackParts.PostgreSql or StackParts.RabbitMq => 3,
        StackParts.PortMapper => 4,
        _ => name.StartsWith(ServiceNames.Casemanager, StringComparison.Ordinal) ? 1 : 2,
    };

    private async Task StartEnginesAsync(int replicas, CancellationToken cancellation)
    {
        var database = new PostgreSqlServer(folder.DataOf(StackParts.PostgreSql), Parts.Database, secrets.DatabaseAdministrator)
        {
            MostConnections = 20 + (replicas * ServiceNames.All.Count * DatabaseRoles.MostConnectionsOfAProcess),
        };
        broker.Prepare(BrokerPasswords.Fill(secrets.Broker), secrets.BrokerCookie);
        await Task.WhenAll(StartDatabaseAsync(database, cancellation), StartBrokerAsync(cancellation));
    }

    private async Task StartDatabaseAsync(PostgreSqlServer database, CancellationToken cancellation)
    {
        await database.PrepareAsync(cancellation);
        await StartAsync(
            new Supervision
            {
                Name = StackParts.PostgreSql,
                Plan = database.Plan(folder.LogOf(StackParts.PostgreSql)),
                Answers = database.AnswersAsync,
                MarkFile = folder.MarkOf(StackParts.PostgreSql),
                StopSignal = Signal.Interrupt,
            },
            $"127.0.0.1:{database.Port}",
            cancellation);
        await DatabaseRoles.MakeAsync(database, secrets, cancellation);
    }

    private async Task StartBrokerAsync(CancellationToken cancellation)
    {
        await StartAsync(
            new Supervision
            {
                Name = StackParts.PortMapper,
                Plan = broker.PlanOfPortMapper(folder.LogOf(StackParts.PortMapper)),
                Answers = broker.PortMapperAnswersAsync,
                MarkFile = folder.MarkOf(StackParts.PortMapper),
                StopWithin = TimeSpan.FromSeconds(2),
            },
            $"127.0.0.1:{Parts.Broker.PortMapper}",
            cancellation);
        await StartAsync(
            new Supervision
            {
                Name = StackParts.RabbitMq,
                Plan = broker.Plan(folder.LogOf(StackParts.RabbitMq)),
                Answers = broker.AnswersAsync,
                MarkFile = folder.MarkOf(StackParts.RabbitMq),
                StopWithin = TimeSpan.FromMinutes(1),
            },
            $"127.0.0.1:{broker.Port}",
            cancellation);
    }

    private Supervision PlanOf(StackService one)
    {
        var variables = new Dictionary<string, string?>(Common())
        {
            ["SAMENHANG_Transport"] = nameof(Transport.RabbitMq),
            ["SAMENHANG_RabbitMq__Host"] = "127.0.0.1",
            ["SAMENHANG_RabbitMq__Port"] = $"{Parts.Broker.Amqp}",
            ["SAMENHANG_RabbitMq__VirtualHost"] = BrokerDefinitions.VirtualHost,
            ["SAMENHANG_RabbitMq__User"] = BrokerDefinitions.UserOf(one.Service),
            ["SAMENHANG_RabbitMq__Password"] = secrets.Broker[BrokerDefinitions.UserOf(one.Service)],
            ["SAMENHANG_Store__Folder"] = folder.DataOf("services"),
            ["SAMENHANG_Keys__File"] = KeyRing.In(folder.KeysOf(one.Service), make: true).Path,
            ["SAMENHANG_Store__Kind"] = nameof(StoreKind.PostgreSql),
            ["SAMENHANG_Store__ConnectionString"] = DatabaseRoles.ConnectionString(one.Service, Parts.Database, secrets),
        };
        if (one.Service == ServiceNames.Casemanager)
        {
            variables["SAMENHANG_Vault__Key"] = secrets.VaultKey;
            variables["SAMENHANG_Vault__ConnectionString"] = DatabaseRoles.ConnectionStringOfVault(Parts.Database, secrets);
        }

        return Supervise(one.Name, one.Service, one.Address, variables, cancellation => ServesAsync(one.Address, cancellation));
    }

    private Supervision PlanOf(StackWeb web)
    {
        var variables = Common();
        variables["SAMENHANG_Web__SignIn__Development"] = "true";
        return Supervise(Ports.Web, Ports.Web, web.Address, variables, cancellation => RespondsAsync(web.Address, cancellation));
    }

    private Supervision Supervise(string name, string part, string address, IReadOnlyDictionary<string, string?> variables, Func<CancellationToken, Task<bool>> answers) => new()
    {
        Name = name,
        Plan = new ProcessPlan
        {
            Program = Environment.ProcessPath!,
            Arguments = [typeof(RunningStack).Assembly.Location, "serve", part, "--url", address],
            Variables = variables,
            Folder = AppContext.BaseDirectory,
            Log = folder.LogOf(name),
        },
        Answers = answers,
        MarkFile = folder.MarkOf(name),
    };

    private Dictionary<string, string?> Common()
    {
        var variables = ServiceNames.All.ToDictionary(service => $"SAMENHANG_Services__{service}", service => (string?)Parts.AddressesOf(service));
        variables["SAMENHANG_HOME"] = home;

        // On this machine one is who one says; an environment named Production would not start so.
        variables["DOTNET_ENVIRONMENT"] = Environments.Development;
        variables["SAMENHANG_Access__DevelopmentKeyFile"] = DevelopmentChannel.KeyFile;
        variables["Logging__Console__FormatterName"] = "simple";
        variables["Logging__Console__FormatterOptions__SingleLine"] = "true";
        variables["Logging__Console__FormatterOptions__TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff ";
        variables["Logging__LogLevel__Microsoft"] = "Warning";
        return variables;
    }

    private async Task StartAsync(Supervision supervision, string address, CancellationToken cancellation)
    {
        var process = new SupervisedProcess(supervision, time, Changed);
        lock (turn)
        {
            running.Add((process, address));
        }

        await process.StartAsync(StartWithin, cancellation);
    }

    private void Changed(SupervisedProcess process)
    {
        WriteState();
        changed(process);
    }

    private void WriteState()
    {
        lock (turn)
        {
            folder.Write(State());
        }
    }

    private static async Task<bool> ServesAsync(string address, CancellationToken cancellation)
    {
        using var channel = GrpcChannel.ForAddress(address);
        try
        {
            var health = await new Health.HealthClient(channel).CheckAsync(
                new HealthCheckRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5), cancellationToken: cancellation);
            return health.Status == HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
        {
            return false; // Not yet: who waits bounds the wait, and the log tells.
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException("The wait was ended.", failure, cancellation);
        }
    }

    private static async Task<bool> RespondsAsync(string address, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var response = await client.GetAsync(new Uri(address), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception cause) when (cause is HttpRequestException || (cause is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false; // Not yet.
        }
    }
}
