using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Tests.Bus;

/// <summary>Three brokers in a cluster, of which one is killed under load.</summary>
public sealed class ClusterTests(RabbitMqCluster cluster) : IClassFixture<RabbitMqCluster>, IDisposable
{
    // A process whose bus is stranded ends after 45 s, may take half a minute for that, and starts again; that may come more than once.
    private static readonly TimeSpan BackAfterKill = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RabbitMqFact]
    public async Task A_node_that_is_killed_under_load_costs_nothing_but_time_and_can_come_back()
    {
        const int Cases = 120;
        var answerer = await StartAsync(asks: false);
        var asker = await StartAsync(asks: true);
        await asker.AskAsync("warm", 0);
        await asker.HearsAllAsync("warm", 1);

        // The first in the list is the one to which both services connect.
        var load = Task.WhenAll(Enumerable.Range(0, Cases).Select(n => asker.AskAsync($"case-{n}", 1)));
        await Patience.Until(() => answerer.Deliveries.MessageIds.Count > 5, "questions are under way");
        await cluster.Nodes[0].KillAsync();
        await load;
        await asker.AskAsync("without", 1, 2);
        await AllAnsweredAsync("without", 2, Cases + 3);

        await cluster.Nodes[0].StartAsync();
        await Patience.Until(
            async () => (await cluster.Nodes[1].ControlAsync("cluster_status", "--formatter", "json")).Contains(NameOf(0), StringComparison.Ordinal), "the node is back in the cluster");
        await cluster.Nodes[1].KillAsync(); // Two of three hold every queue again, so another may go.
        await asker.AskAsync("again", 1);
        await AllAnsweredAsync("again", 1, Cases + 4);
        await cluster.Nodes[1].StartAsync();

        foreach (var n in Enumerable.Range(0, Cases))
        {
            await asker.HearsAllAsync($"case-{n}", 1);
            Assert.Equal([1], await asker.HeardAsync($"case-{n}"));
        }

        Assert.Equal(Cases + 4, await AnswersGivenAsync(answerer));
        await asker.DisposeAsync();
        await answerer.DisposeAsync();

        async Task AllAnsweredAsync(string lastCase, int heard, int answers)
        {
            try
            {
                await Patience.Until(
                    async () =>
                    {
                        answerer = await SuperviseAsync(answerer, asks: false);
                        asker = await SuperviseAsync(asker, asks: true);
                        return await AnswersGivenAsync(answerer) >= answers && (await asker.HeardAsync(lastCase)).Count == heard;
                    },
                    $"{lastCase} is answered",
                    BackAfterKill);
            }
            catch (TimeoutException late)
            {
                throw new TimeoutException(
                    $"""
                    {late.Message} {await AnswersGivenAsync(answerer)} answers of {answers} were given, {lastCase} heard {string.Join(", ", await asker.HeardAsync(lastCase))}.
                    Queues: {await cluster.Nodes[^1].ControlAsync("list_queues", "--formatter", "json", "name", "leader", "members", "online", "messages_ready", "messages_unacknowledged", "consumers")}
                    The asker: {Told(asker)}
                    The answerer: {Told(answerer)}
                    """);
            }
        }
    }

    private static string Told(ConversationHost host) => string.Join(Environment.NewLine, host.Log.Lines.Select(line => $"{line.At:HH:mm:ss.fff} {line.Level} {line.Text} {line.Cause?.Message}"));

    private string NameOf(int node) => $"samenhang-{cluster.Nodes[node].Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}@localhost";

    private Task<ConversationHost> StartAsync(bool asks)
        => ConversationHost.StartAsync(_folder.Path, asks, answers: !asks, settings: new Dictionary<string, string?>(cluster.Settings)
        {
            ["Samenhang:Relay:ConfirmWithin"] = "00:00:03",
            ["Samenhang:Relay:LongestPause"] = "00:00:01",
        });

    /// <summary>What a supervisor of processes does: start again what ended.</summary>
    private async Task<ConversationHost> SuperviseAsync(ConversationHost host, bool asks)
    {
        if (!host.HasEnded)
        {
            return host;
        }

        await host.DisposeAsync();
        return await StartAsync(asks);
    }

    private static async Task<int> AnswersGivenAsync(ConversationHost answerer)
        => (await answerer.StoreOf(ServiceNames.Zvw).ReadFromAsync(0, 10_000, Payloads.All, CancellationToken.None)).Count;
}
