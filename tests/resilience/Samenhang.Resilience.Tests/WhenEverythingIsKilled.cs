using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Npgsql;
using RabbitMQ.Client;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Xunit.Abstractions;

namespace Samenhang.Resilience.Tests;

/// <summary>
/// Two replicas of each service on a real RabbitMQ and a real PostgreSQL take cases while all of them are killed (-9) at random and messages
/// are doubled and moved. Small by default; SAMENHANG_FAULTS_CASES and SAMENHANG_FAULTS_KILLS make it as large as one likes.
/// </summary>
public sealed class WhenEverythingIsKilled(ITestOutputHelper output)
{
    private const int Replicas = 2;
    private const int Clients = 12;
    private const int Connections = 400; // Ten processes, of which each may hold 35 (docs/operations.md).
    private const string Broker = "RabbitMQ";
    private const string Database = "PostgreSQL";

    private static readonly int Cases = Setting("SAMENHANG_FAULTS_CASES", 120);
    private static readonly int Kills = Setting("SAMENHANG_FAULTS_KILLS", 6);
    private static readonly int Seed = Setting("SAMENHANG_FAULTS_SEED", 9999);
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(500 * Cases);

    [Fact]
    public async Task Every_case_gets_exactly_the_plan_that_it_would_have_had()
    {
        await using var broker = new RabbitMqBroker();
        await using var server = new PostgreSqlServer { Settings = ["fsync=off", $"max_connections={Text(Connections)}"] };
        await Task.WhenAll(broker.InitializeAsync(), server.InitializeAsync());
        await using var services = await ServiceProcesses.StartAsync(broker, server, Replicas);

        // A queue that this version of RabbitMQ made in the last minutes does not survive a kill: it is stopped once in order.
        await broker.StopAsync();
        await broker.StartAsync();
        var (templates, undisturbed) = await UndisturbedAsync(services);
        Assert.True(templates.Count >= 20, $"Only {Text(templates.Count)} case files can be opened.");

        var opening = new ConcurrentDictionary<int, string>();
        using var limit = new CancellationTokenSource(Within);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var disturbance = new Disturbance(broker, new Random(Seed));
        var disturbing = disturbance.RunAsync(calm.Token);
        var supervising = SuperviseAsync(services, calm.Token);
        var left = Cases;
        var loading = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) is >= 0 and var number)
            {
                opening[number] = await OpenAsync(services, templates[number % templates.Count], $"load-{Text(number)}", limit.Token);
            }
        })));

        var killed = await KillAsync(services, broker, server, () => (double)(Cases - Math.Max(0, Volatile.Read(ref left))) / Cases, limit.Token);
        await loading;
        output.WriteLine($"{Text(Cases)} cases opened; killed: {string.Join(", ", killed)}; {Text(disturbance.Doubled)} messages doubled, {Text(disturbance.Moved)} moved");

        await Patience.Until(async () => await OpenRoundsAsync(services) == 0, "every case has its plan", Within);
        await calm.CancelAsync();
        await Task.WhenAll(disturbing, supervising);
        await Patience.Until(async () => await WaitingAsync(broker) == 0, "every message is handled", TimeSpan.FromMinutes(2));
        var dead = await DeadLettersAsync(broker);

        var wrong = new List<string>();
        foreach (var (number, caseId) in opening.OrderBy(one => one.Key))
        {
            var plan = PlanText.Of(caseId, await PlanAsync(services, caseId));
            if (plan != undisturbed[number % templates.Count])
            {
                wrong.Add($"case {Text(number)} ({caseId}): {plan}\nundisturbed: {undisturbed[number % templates.Count]}");
            }
        }

        Assert.Equal(Cases, opening.Values.Distinct().Count());
        Assert.True(wrong.Count == 0, $"{Text(wrong.Count)} plans differ, the first is {wrong.FirstOrDefault()}");
        Assert.Equal(0, dead);
        await RequireOnceAsync(services, Cases + templates.Count);
    }

    /// <summary>Opens each of the case files while nothing is disturbed; those that break a rule of the requests are left out.</summary>
    private static async Task<(List<OpenCaseRequest> Templates, List<string> Plans)> UndisturbedAsync(ServiceProcesses services)
    {
        var (templates, plans) = (new List<OpenCaseRequest>(), new List<string>());
        foreach (var template in CaseFileRequests.Read(each: 12))
        {
            try
            {
                var caseId = await OpenAsync(services, template, $"undisturbed-{Text(templates.Count)}", CancellationToken.None);
                plans.Add(PlanText.Of(caseId, await PlanAsync(services, caseId)));
                templates.Add(template);
            }
            catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument)
            {
                // For example the policy of a municipality that the file alone knows.
            }
        }

        return (templates, plans);
    }

    /// <summary>Kills one after another while the load goes on: each part at least once when there are kills enough.</summary>
    private static async Task<List<string>> KillAsync(
        ServiceProcesses services, RabbitMqBroker broker, PostgreSqlServer server, Func<double> progress, CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        string[] parts = [Broker, Database, .. services.Names];
        var victims = Enumerable.Range(0, 1 + (Kills / parts.Length)).SelectMany(_ => Shuffled(parts, random)).Take(Kills).ToList();
        for (var n = 0; n < victims.Count; n++)
        {
            // Spread over the load.
            while (progress() < (n + 0.5) / victims.Count)
            {
                await Task.Delay(50, cancellationToken);
            }

            switch (victims[n])
            {
                case Broker:
                    await broker.KillAsync();
                    await Task.Delay(random.Next(2000), cancellationToken);
                    await broker.StartAsync();
                    break;
                case Database:
                    await server.KillAsync();
                    await Task.Delay(random.Next(2000), cancellationToken);
                    await server.StartAsync();
                    break;
                default:
                    if (!services.HasEnded(victims[n]))
                    {
                        await services.KillAsync(victims[n]);
                    }

                    break;
            }
        }

        return victims;
    }

    private static T[] Shuffled<T>(T[] items, Random random)
    {
        var copy = items.ToArray();
        random.Shuffle(copy);
        return copy;
    }

    /// <summary>Starts again what has ended, as systemd, compose or Kubernetes does.</summary>
    private static async Task SuperviseAsync(ServiceProcesses services, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var name in services.Names.Where(services.HasEnded))
            {
                services.Start(name);
            }

            await Task.Delay(500, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Opens a case as a municipal system does: the same request again, at another replica, until there is an answer.</summary>
    private static async Task<string> OpenAsync(ServiceProcesses services, OpenCaseRequest template, string requestId, CancellationToken cancellationToken)
    {
        var request = template.Clone();
        request.RequestId = requestId;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return (await services.CasemanagerOf(1 + (attempt % Replicas))
                    .OpenCaseAsync(request, deadline: TimeProvider.System.GetUtcNow().AddSeconds(10).UtcDateTime, cancellationToken: cancellationToken)).CaseId;
            }
            catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static async Task<Plan> PlanAsync(ServiceProcesses services, string caseId)
    {
        Plan? plan = null;
        await Patience.Until(
            async () =>
            {
                try
                {
                    plan = (await services.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan;
                    return plan is not null;
                }
                catch (RpcException away) when (away.StatusCode is StatusCode.Unavailable)
                {
                    return false; // It starts again: Patience bounds the wait.
                }
            },
            $"case {caseId} has a plan");
        return plan!;
    }

    private static Task<long> OpenRoundsAsync(ServiceProcesses services) => CountAsync(
        services, "SELECT count(*) FROM casemanager.case_row WHERE plan_version = 0 OR round_status <> 3");

    private static async Task RequireOnceAsync(ServiceProcesses services, int cases)
    {
        var told = await services.EventsOfAsync(ServiceNames.Casemanager);
        Assert.Equal(cases, told["case-opened"]);
        Assert.Equal(cases, told["round-started"]);
        Assert.Equal(cases, told["plan-made"]);
        Assert.Equal(told["coverage-asked"], told["coverage-answered"]);
        Assert.DoesNotContain("coverage-timed-out", told.Keys);
        var given = 0L;
        foreach (var domain in ServiceNames.All.Where(service => service != ServiceNames.Casemanager))
        {
            given += (await services.EventsOfAsync(domain))["coverage-given"];
            Assert.Equal(0, await CountAsync(services, $"SELECT count(*) FROM (SELECT caused_by FROM {domain}.event WHERE type = 'coverage-given' GROUP BY caused_by HAVING count(*) > 1) AS twice"));
        }

        Assert.Equal(told["coverage-asked"], given);
    }

    private static async Task<long> CountAsync(ServiceProcesses services, string sql)
    {
        try
        {
            await using var connection = new NpgsqlConnection(services.Database + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return -1; // The server starts again.
        }
    }

    private static async Task<long> WaitingAsync(RabbitMqBroker broker)
    {
        var waiting = 0L;
        foreach (var service in ServiceNames.All)
        {
            waiting += (await broker.LookAtQueueAsync(ServiceNames.QueueOf(service)))?.Messages ?? 1;
        }

        return waiting;
    }

    private async Task<long> DeadLettersAsync(RabbitMqBroker broker)
    {
        var dead = 0L;
        await using var connection = await broker.ConnectAsync();
        foreach (var service in ServiceNames.All)
        {
            var queue = ServiceNames.QueueOf(service) + "_error";
            if (await broker.LookAtQueueAsync(queue) is { Messages: > 0 and var messages })
            {
                dead += messages;
                await using var channel = await connection.CreateChannelAsync();
                if (await channel.BasicGetAsync(queue, autoAck: false) is { } first)
                {
                    var reason = first.BasicProperties.Headers?.TryGetValue("MT-Fault-Message", out var text) == true && text is byte[] bytes
                        ? System.Text.Encoding.UTF8.GetString(bytes)
                        : "?";
                    output.WriteLine($"{Text((int)messages)} dead letters in {queue}, the first for: {reason}");
                }
            }
        }

        return dead;
    }

    private static int Setting(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
