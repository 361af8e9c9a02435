using Npgsql;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Resilience.Tests;

/// <summary>What must hold when the disturbance is over: every case has exactly the plan of an undisturbed run, nothing is lost, nothing happened twice.</summary>
/// <param name="services">The services.</param>
/// <param name="broker">Their broker; of a cluster, a node that lives.</param>
/// <param name="load">What was asked of them.</param>
internal sealed class LoadProof(ServiceProcesses services, RabbitMqBroker broker, CaseLoad load)
{
    private static readonly TimeSpan HandledWithin = TimeSpan.FromMinutes(2);

    /// <summary>Returns when no case waits for its plan.</summary>
    public Task EveryCaseIsPlannedAsync(TimeSpan within) => Patience.Until(
        async () =>
        {
            try
            {
                return await CountAsync("SELECT count(*) FROM casemanager.case_row WHERE plan_version = 0 OR round_status <> 3") == 0;
            }
            catch (NpgsqlException)
            {
                return false; // The server starts again.
            }
        },
        "every case has its plan",
        within);

    /// <summary>Returns when no message waits.</summary>
    public Task EveryMessageIsHandledAsync() => Patience.Until(async () => await MessagesInAsync(queue => [queue]) == 0, "every message is handled", HandledWithin);

    /// <summary>How many messages were given up and wait for an operator.</summary>
    public Task<long> DeadLettersAsync() => MessagesInAsync(queue => [ServiceQueues.ErrorOf(queue), ServiceQueues.SkippedOf(queue)]);

    /// <summary>Fails with what is not as it should be.</summary>
    public async Task RequireAsync(int cases)
    {
        await EveryMessageIsHandledAsync();
        Assert.Equal(0, await DeadLettersAsync());
        Assert.Equal(cases, load.Opened.Values.Distinct().Count());
        var wrong = new List<string>();
        foreach (var (number, caseId) in load.Opened.OrderBy(one => one.Key))
        {
            var plan = PlanText.Of(caseId, await load.PlanAsync(caseId));
            if (plan != load.UndisturbedOf(number))
            {
                wrong.Add($"case {Sizes.Text(number)} ({caseId}): {plan}\nundisturbed: {load.UndisturbedOf(number)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{Sizes.Text(wrong.Count)} plans differ, the first is {wrong.FirstOrDefault()}");
        await RequireOnceAsync(load.InAll);
    }

    private async Task RequireOnceAsync(int cases)
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
            Assert.Equal(0, await CountAsync($"SELECT count(*) FROM (SELECT caused_by FROM {domain}.event WHERE type = 'coverage-given' GROUP BY caused_by HAVING count(*) > 1) AS twice"));
        }

        Assert.Equal(told["coverage-asked"], given);
    }

    private async Task<long> MessagesInAsync(Func<string, string[]> queuesOf)
    {
        var messages = 0L;
        foreach (var queue in ServiceNames.All.Select(ServiceNames.QueueOf).SelectMany(queuesOf))
        {
            messages += (await broker.LookAtQueueAsync(queue))?.Messages ?? throw new InvalidOperationException($"The queue {queue} is gone.");
        }

        return messages;
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(services.Database + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
