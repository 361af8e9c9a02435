using System.Reflection;
using Grpc.Core;
using Samenhang.EmbeddedSupport.Scripts;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Story;

/// <summary>
/// Plays tests/stories/two-years.md over gRPC: after each step the versions of the plan, the difference and the findings are those of the script.
/// </summary>
public sealed class WhenTwoYearsPass : IDisposable
{
    /// <summary>Names a file; then the script is written there with what came out, for review, and the test fails when that is not the script itself.</summary>
    private const string WritesTo = "SAMENHANG_STORY_WRITES";

    private readonly TemporaryFolder folder = new();
    private readonly RecordedLog log = new();
    private Stage? stage;

    public void Dispose()
    {
        log.HasNoErrors();
        folder.Dispose();
    }

    [Fact]
    public async Task After_each_step_the_plan_is_that_of_the_script()
    {
        var root = typeof(WhenTwoYearsPass).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var text = (await File.ReadAllTextAsync(Path.Combine(root, "tests", "stories", "two-years.md"))).ReplaceLineEndings("\n");
        var script = Script.Read(text);
        await using var played = stage = new Stage(script.Steps[0].Day, folder.Path, log);
        if (Environment.GetEnvironmentVariable(WritesTo) is { Length: > 0 } path)
        {
            var outcomes = new List<string>();
            foreach (var step in script.Steps)
            {
                outcomes.Add(await PlayAsync(step, isWriting: true));
            }

            var written = script.With(outcomes);
            await File.WriteAllTextAsync(path, written);
            Assert.Equal(text, written);
            return;
        }

        Assert.Equal(Enumerable.Range(1, 40), script.Steps.Select(step => int.Parse(Script.Numbers().Match(step.Title).Value, provider: null)));
        foreach (var step in script.Steps)
        {
            var outcome = await PlayAsync(step, isWriting: false);
            if (outcome != step.Expected)
            {
                Assert.Fail($"Step {step.Title}\n\nThe script says:\n{step.Expected}\n\nIt came out:\n{outcome}\n\nSet {WritesTo} to a file to get the whole script with what came out.");
            }
        }
    }

    private async Task<string> PlayAsync(ScriptStep step, bool isWriting)
    {
        var before = stage!.Shown?.Plan;
        var awaited = isWriting ? [] : step.Versions;
        var versions = new List<int>();
        await stage.MoveToAsync(step.Day);
        await RestAsync(isNewDay: stage.Shown is not null);
        foreach (var call in step.Calls)
        {
            try
            {
                await stage.CallAsync(call, step.Day);
            }
            catch (Exception cause) when (isWriting && cause is RpcException or FormatException)
            {
                return $"{call.Service}.{call.Method} did not succeed: {cause.Message}".ReplaceLineEndings(" ");
            }

            await RestAsync(isNewDay: false);
        }

        var plans = new List<Plan>();
        for (var version = (before?.Version ?? 0) + 1; version <= (stage.Shown?.Plan?.Version ?? 0); version++)
        {
            plans.Add(await stage.PlanAsync(version));
        }

        return stage.Readable(Outcomes.Of(versions, before, plans, stage.Shown?.Plan));

        async Task RestAsync(bool isNewDay)
        {
            await stage.RestAsync(versions.Count < awaited.Count ? awaited[versions.Count] : 0, isNewDay);
            versions.Add(stage.Shown?.Plan?.Version ?? 0);
        }
    }
}
