using Xunit.Abstractions;

namespace Samenhang.Resilience.Tests;

/// <summary>
/// Two replicas of each service on a real RabbitMQ and a real PostgreSQL take cases while all of them are killed (-9) at random and messages
/// are doubled, moved and given up. Small by default; SAMENHANG_FAULTS_CASES and SAMENHANG_FAULTS_KILLS make it as large as one likes.
/// </summary>
public sealed class WhenEverythingIsKilled(ITestOutputHelper output)
{
    private const int Replicas = 2;
    private const string Broker = "RabbitMQ";
    private const string Database = "PostgreSQL";

    private static readonly int Cases = Sizes.Of("SAMENHANG_FAULTS_CASES", 120);
    private static readonly int Kills = Sizes.Of("SAMENHANG_FAULTS_KILLS", 6);

    [Fact]
    public async Task Every_case_gets_exactly_the_plan_that_it_would_have_had()
    {
        await using var broker = new RabbitMqBroker();
        await using var server = new PostgreSqlServer { Settings = ["max_connections=400"] }; // As in the manifests: ten processes of up to 28.
        await Task.WhenAll(broker.InitializeAsync(), server.InitializeAsync());
        await using var services = await ServiceProcesses.StartAsync(broker, server, Replicas);

        // A queue that this version of RabbitMQ made in the last minutes does not survive a kill: it is stopped once in order.
        await broker.StopAsync();
        await broker.StartAsync();
        var load = await CaseLoad.PrepareAsync(services);
        var proof = new LoadProof(services, broker, load);

        var within = Sizes.TimeFor(Cases);
        using var limit = new CancellationTokenSource(within);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var disturbance = new Disturbance(broker, new Random(Sizes.Seed));
        var replay = new DeadLetterReplay(broker, output);
        var meanwhile = Task.WhenAll(disturbance.RunAsync(calm.Token), replay.RunAsync(calm.Token), Supervision.RunAsync(services, calm.Token));
        var loading = load.RunAsync(Cases, limit.Token);
        var killed = await KillAsync(services, broker, server, () => (double)load.Begun / Cases, limit.Token);
        await loading;
        output.WriteLine($"{Sizes.Text(Cases)} cases opened; killed: {string.Join(", ", killed)}");

        await proof.EveryCaseIsPlannedAsync(within);
        await calm.CancelAsync();
        await meanwhile;
        await proof.EveryMessageIsHandledAsync();
        await replay.FinishAsync(proof);
        output.WriteLine(
            $"{Sizes.Text(disturbance.Doubled)} messages doubled, {Sizes.Text(disturbance.Moved)} moved, {Sizes.Text(disturbance.GivenUp)} given up; {Sizes.Text(replay.Replayed)} dead letters put back");
        Assert.True(replay.Replayed >= disturbance.GivenUp || replay.WasCutOff, "Dead letters went away by themselves.");
        await proof.RequireAsync(Cases);
    }

    /// <summary>Kills one after another while the load goes on: each part at least once when there are kills enough.</summary>
    private static async Task<List<string>> KillAsync(
        ServiceProcesses services, RabbitMqBroker broker, PostgreSqlServer server, Func<double> progress, CancellationToken cancellationToken)
    {
        var random = new Random(Sizes.Seed);
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
}
