using Npgsql;
using Samenhang.Engines;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Processes;

/// <summary>The whole system with one command: replicas of each service on a RabbitMQ and a PostgreSQL of its own.</summary>
public sealed class WhenAStackRuns
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    [StackFact]
    public async Task It_comes_up_makes_plans_mends_what_is_killed_and_leaves_nothing_running()
    {
        await using var stack = new StackProcess();
        await stack.StartAsync("--replicas", "2");
        Assert.Contains("Opened: ", stack.Said, StringComparison.Ordinal);
        using var channel = stack.ChannelTo("casemanager-2");
        var casemanager = new CasemanagerService.CasemanagerServiceClient(channel);
        var first = await casemanager.OpenCaseAsync(Requests.BurnOut());
        RequireWhole(await casemanager.PlanAsync(first.CaseId, within: Within));

        // Each service reaches its own schema only, and nobody but the owner reads the passwords.
        Assert.True((long)(await stack.QueryAsAsync(ServiceNames.Zvw, "SELECT count(*) FROM event"))! > 0);
        foreach (var closed in new[] { "SELECT count(*) FROM casemanager.event", "SELECT count(*) FROM vault.identity", "CREATE SCHEMA more", "CREATE TABLE public.more (one int)" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => stack.QueryAsAsync(ServiceNames.Zvw, closed));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, stack.RightsOnSecrets);

        string[] victims = ["rabbitmq", .. ServiceNames.All.Select(service => $"{service}-1")];
        var killed = victims.ToDictionary(victim => victim, stack.Kill);
        var second = await casemanager.OpenCaseAsync(Requests.BurnOut());
        RequireWhole(await casemanager.PlanAsync(second.CaseId, within: Within));

        await Patience.Until(() => stack.State.Parts.All(part => part.State == ProcessState.Answers), "everything answers again", Within);
        Assert.All(victims, victim => Assert.Equal(1, stack.State.Parts.Single(part => part.Name == victim).Restarts));
        Assert.All(killed.Values, mark => Assert.False(mark.Runs));
        Assert.All(victims, victim => Assert.Contains($"{victim} answers again", stack.Said, StringComparison.Ordinal));
        Assert.Equal(0, (await stack.AskAsync("status")).Status);

        Assert.Equal(0, (await stack.AskAsync("stop")).Status);
        Assert.Equal(0, await stack.EndAsync());
        Assert.Empty(stack.ProcessesLeft());
        Assert.Equal(1, (await stack.AskAsync("status")).Status);
    }

    [StackFact]
    public async Task One_that_is_broken_off_is_cleaned_up_by_the_next_start_which_goes_on_with_its_data()
    {
        await using var stack = new StackProcess();
        await stack.StartAsync();
        var before = stack.State.Parts.Select(part => part.Process!).ToList();
        stack.State.Supervisor.Send(Signal.Kill);
        await stack.EndAsync();
        var (status, said) = await stack.AskAsync("status");
        Assert.Equal(1, status);
        Assert.Contains("casemanager-1", said, StringComparison.Ordinal);

        await stack.StartAsync("--stop-after", "1s");
        Assert.Contains("ended what was left of it", stack.Said, StringComparison.Ordinal);
        Assert.Contains("The data of the last time are there", stack.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(before, mark => mark.Runs);
        Assert.Equal(0, await stack.EndAsync());
        Assert.Empty(stack.ProcessesLeft());
    }

    private static void RequireWhole(Plan plan)
    {
        Assert.Equal(1, plan.Version);
        Assert.Empty(plan.SilentDomains);
        Assert.Equal(4, plan.Coverage.Select(row => row.Domain).Distinct().Count(domain => domain is Domain.Zvw or Domain.Gemeente or Domain.Uwv or Domain.Employer));
    }
}
