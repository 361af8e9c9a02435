using Samenhang.Platform.Hosting;
using Xunit.Abstractions;

namespace Samenhang.Resilience.Tests;

/// <summary>
/// The five services on a RabbitMQ of three nodes, of which one is killed (-9) under load, comes back, and then another is killed: the one to
/// which most connections lead each time. Small by default; SAMENHANG_FAULTS_CLUSTER_CASES makes it larger.
/// </summary>
public sealed class WhenANodeOfTheClusterIsLost(RabbitMqCluster cluster, ITestOutputHelper output) : IClassFixture<RabbitMqCluster>
{
    private static readonly int Third = Sizes.Of("SAMENHANG_FAULTS_CLUSTER_CASES", 60) / 3;
    private static readonly TimeSpan BackWithin = TimeSpan.FromMinutes(3);

    [RabbitMqFact]
    public async Task Every_case_gets_exactly_the_plan_that_it_would_have_had()
    {
        await using var server = new PostgreSqlServer();
        await server.InitializeAsync();
        await using var services = await ServiceProcesses.StartAsync(cluster.Nodes[2], server, settings: _ => cluster.Settings);
        await RestartInTurnAsync();
        var load = await CaseLoad.PrepareAsync(services);

        var within = Sizes.TimeFor(3 * Third);
        using var limit = new CancellationTokenSource(within);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var supervising = Supervision.RunAsync(services, calm.Token);
        var first = await LoseOneAsync();
        await AllTakePartAsync(first);
        await load.RunAsync(Third, limit.Token); // With a node whose queues came back to it.
        var second = await LoseOneAsync();

        var proof = new LoadProof(services, cluster.Nodes.First(node => node != second), load);
        await proof.EveryCaseIsPlannedAsync(within);
        await calm.CancelAsync();
        await supervising;
        await proof.RequireAsync(3 * Third);
        await AllTakePartAsync(second);
        await proof.RequireAsync(3 * Third);

        // Kills a node in the middle of a third of the load and starts it when that is done.
        async Task<RabbitMqBroker> LoseOneAsync()
        {
            var (lost, connections) = await BusiestAsync();
            var begun = load.Begun;
            var loading = load.RunAsync(Third, limit.Token);
            await Patience.Until(() => load.Begun >= begun + (Third / 2), "the load is under way", within);
            await lost.KillAsync();
            await loading;
            output.WriteLine($"{Sizes.Text(load.Opened.Count)} cases opened; a node with {Sizes.Text(connections)} connections was killed; {Sizes.Text(load.Refusals)} requests sent again so far");
            await lost.StartAsync();
            return lost;
        }
    }

    /// <summary>A queue that this version of RabbitMQ made in the last minutes does not survive a kill: each node is stopped once in order.</summary>
    private async Task RestartInTurnAsync()
    {
        foreach (var node in cluster.Nodes)
        {
            await node.StopAsync();
            await node.StartAsync();
            await AllTakePartAsync(node);
        }
    }

    /// <summary>Waits until every queue of the services has all three nodes again.</summary>
    private Task AllTakePartAsync(RabbitMqBroker asked) => Patience.Until(
        async () =>
        {
            var queues = (await asked.ControlAsync("list_queues", "--no-table-headers", "name", "online")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return queues.Length >= 3 * ServiceNames.All.Count && queues.All(queue => queue.Split('@').Length == 1 + cluster.Nodes.Count);
        },
        "each queue has all its nodes",
        BackWithin);

    private async Task<(RabbitMqBroker Node, int Connections)> BusiestAsync()
    {
        var counted = new List<(RabbitMqBroker Node, int Connections)>();
        var connections = (await cluster.Nodes[0].ControlAsync("list_connections", "--no-table-headers", "port")).Split('\n', StringSplitOptions.TrimEntries);
        foreach (var node in cluster.Nodes)
        {
            counted.Add((node, connections.Count(port => port == Sizes.Text(node.Port))));
        }

        return counted.MaxBy(node => node.Connections);
    }
}
