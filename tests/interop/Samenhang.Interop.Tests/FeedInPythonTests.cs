using System.Text.Json.Nodes;
using Samenhang.EmbeddedSupport;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.TestSupport;

namespace Samenhang.Interop.Tests;

/// <summary>A reader in Python whose connection breaks a hundred times ends with what one knows whose connection never did.</summary>
public sealed class FeedInPythonTests : IAsyncLifetime, IAsyncDisposable
{
    private const int Cases = 6;

    private readonly TellingSystem system = new();
    private readonly TemporaryFolder folder = new();

    public Task InitializeAsync() => system.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await system.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_hundred_breaks_change_nothing()
    {
        await Descriptors.WriteAsync(folder.File("descriptors.binpb"), RealSystem.Files);
        var subscription = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var reading = ForeignClients.PythonProgram("feed.py", Tokens.OfInsurer("9901"), TimeSpan.FromMinutes(3), system.Address, folder.File("descriptors.binpb"), subscription, folder.File("end"));

        // Things go on happening while they read: cases are opened and their plans change.
        for (var i = 0; i < Cases; i++)
        {
            var caseId = await system.PlannedAsync("uzovi9901");
            await system.Cases.RecordFactsAsync(new RecordFactsRequest { RequestId = Requests.NewId(), CaseId = caseId, Facts = { Requests.OfNeed("n1", "gp.canTreat", Requests.Yes) } });
            await system.Cases.PlanAsync(caseId, version: 2);
        }

        var last = (await system.EventsAsync(subscription))[^1].Attributes["sequence"].CeString;
        await File.WriteAllTextAsync(folder.File("writing"), last);
        File.Move(folder.File("writing"), folder.File("end"));

        var ended = await reading;
        Assert.True(ended.ExitCode == 0, ended.ToString());
        var found = JsonNode.Parse(ended.Output)!;
        Assert.Equal(100, (int)found["breaks"]!);
        Assert.Equal(Cases, (int)found["cases"]!);
        Assert.True((int)found["events"]! > 10 * Cases, ended.Output);
        Assert.Equal(0, (int)found["twice"]!);
        Assert.True((bool)found["same_events"]!, ended.Output);
        Assert.True((bool)found["same_state"]!, ended.Output);
        Assert.True((bool)found["same_as_snapshot"]!, ended.Output);
    }
}
