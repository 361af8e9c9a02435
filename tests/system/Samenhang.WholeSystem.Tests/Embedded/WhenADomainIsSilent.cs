using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Samenhang.Casemanager;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Platform.Access;
using Samenhang.Zvw;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>A domain that does not answer holds up no plan: its silence is part of it.</summary>
public sealed class WhenADomainIsSilent : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_plan_is_made_without_it_when_the_time_is_up_and_says_so()
    {
        var log = new RecordedLog();
        var builder = WebApplication.CreateBuilder(["--environment", "Development"]);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddCasemanager().AddZvw();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Samenhang:Store:Folder"] = folder.Path,
            ["Samenhang:Access:DevelopmentKeyFile"] = DevelopmentChannel.KeyFile,
            ["Samenhang:Rounds:AnswerWithin"] = "00:00:01",
            ["Samenhang:Rounds:LookEvery"] = "00:00:00.1",
            ["urls"] = "http://127.0.0.1:0",
        });
        await using var app = builder.Build();
        app.MapCasemanager();
        app.MapZvw();
        await app.StartAsync();
        var cases = app.Services.GetRequiredService<CaseDesk>();
        var caseId = cases.NewCaseId();
        await OpenAsync(cases, caseId);

        await Patience.Until(async () => (await cases.PlansAsync(caseId, 0, CancellationToken.None)).Count > 0, "a plan without the silent domains");

        var plan = Assert.Single(await cases.PlansAsync(caseId, 0, CancellationToken.None)).Plan;
        Assert.Equal(["gemeente", "uwv", "employer"], plan.Silent.Select(silent => silent.Service));
        Assert.Contains(plan.Coverage, row => row.Service == "zvw");
        Assert.NotEmpty(log.Of("RoundTimeUp"));
        log.HasNoErrors();
        await app.StopAsync();
    }

    private static async Task OpenAsync(CaseDesk cases, string caseId)
    {
        var request = Requests.BurnOut();
        var (title, asOf, content, _) = new Casemanager.Api.CaseRequests(Language.VocabularyLoader.Load(Language.VocabularyLoader.DefaultFolder)).Open(request);
        var reply = await cases.HandleAsync(
            caseId,
            Platform.Store.RequestIdentity.Of(request.RequestId, request),
            now => new CaseCommand.Open { At = now, CaseId = caseId, Title = title, AsOf = asOf, Content = content },
            after => new Protos.Casemanager.V1.OpenCaseResponse { CaseId = caseId, Version = after.Version },
            CancellationToken.None);
        Assert.True(reply.IsSuccess);
    }
}
