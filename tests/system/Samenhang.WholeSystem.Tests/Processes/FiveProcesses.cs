using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Processes;

/// <summary>The same services as five processes on a real RabbitMQ and a real PostgreSQL.</summary>
public sealed class FiveProcesses(RabbitMqBroker broker, PostgreSqlServer server) : IClassFixture<RabbitMqBroker>, IClassFixture<PostgreSqlServer>
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);
    // They trace; that nobody collects must not disturb them.
    private static readonly Dictionary<string, string> Tracing = new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" };
    private static readonly string[] Domains = [ServiceNames.Zvw, ServiceNames.Gemeente, ServiceNames.Uwv, ServiceNames.Employer];

    [RabbitMqFact]
    public async Task A_plan_arrives_and_no_kill_during_a_round_makes_anything_happen_twice()
    {
        await using var services = await ServiceProcesses.StartAsync(broker, server, variables: Tracing);
        var first = await services.Casemanager.OpenCaseAsync(Requests.BurnOut());
        RequireWhole(await services.Casemanager.PlanAsync(first.CaseId, within: Within));
        Assert.NotEqual("none", Assert.Single(await services.TracesOfAsync(first.CaseId))); // From the command over the broker and every domain to the plan.

        // Each service once: a domain is held still while the question lies with it, so that the kill falls in the middle of the round.
        var asked = 4;
        foreach (var victim in ServiceNames.All)
        {
            var holder = victim == ServiceNames.Casemanager ? ServiceNames.Zvw : victim;
            await services.PauseAsync(holder);
            var opened = await services.Casemanager.OpenCaseAsync(Requests.BurnOut());

            // Only the answer of the one that is held still is missing: zvw is asked alone, the others after it.
            await AskedAsync(services, asked + (holder == ServiceNames.Zvw ? 1 : 4));
            asked += 4;

            await services.KillAsync(victim);
            services.Start(victim);
            if (holder != victim)
            {
                await services.GoOnAsync(holder);
            }

            await services.HearAllAsync();
            RequireWhole(await AfterRestartAsync(services, opened.CaseId));
        }

        // Six cases, each with one round of four questions: everything stands there exactly once.
        const int Cases = 6;
        var told = await services.EventsOfAsync(ServiceNames.Casemanager);
        Assert.Equal(Cases, told["case-opened"]);
        Assert.Equal(Cases, told["round-started"]);
        Assert.Equal(4 * Cases, told["coverage-asked"]);
        Assert.Equal(4 * Cases, told["coverage-answered"]);
        Assert.Equal(Cases, told["plan-made"]);
        Assert.DoesNotContain("coverage-timed-out", told.Keys);
        foreach (var domain in Domains)
        {
            Assert.Equal(Cases, (await services.EventsOfAsync(domain))["coverage-given"]);
        }
    }

    private static void RequireWhole(Plan plan)
    {
        Assert.Equal(1, plan.Version);
        Assert.Empty(plan.SilentDomains);
        Assert.Equal(4, plan.Coverage.Select(row => row.Domain).Distinct().Count(domain => domain is Domain.Zvw or Domain.Gemeente or Domain.Uwv or Domain.Employer));
    }

    private static Task AskedAsync(ServiceProcesses services, int questions) => Patience.Until(
        async () => (await services.EventsOfAsync(ServiceNames.Casemanager))["coverage-asked"] == questions, $"{questions} questions are asked", Within);

    private static async Task<Plan> AfterRestartAsync(ServiceProcesses services, string caseId)
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
                catch (Grpc.Core.RpcException unavailable) when (unavailable.StatusCode == Grpc.Core.StatusCode.Unavailable)
                {
                    return false; // The casemanager starts; Patience bounds the wait.
                }
            },
            $"the plan of case {caseId} is completed",
            Within);
        return plan!;
    }
}
