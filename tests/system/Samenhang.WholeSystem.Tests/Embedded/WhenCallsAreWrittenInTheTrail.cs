using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Trail;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using ZvwProtos = Samenhang.Protos.Zvw.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>Who did what with whose data: a line for each call, in the trail of the service that was called.</summary>
public sealed class WhenCallsAreWrittenInTheTrail(EmbeddedFixture system) : IClassFixture<EmbeddedFixture>
{
    private const string Title = "Buschauffeur met een burn-out";

    [Fact]
    public async Task Readings_changes_searches_and_what_was_not_found_each_are_a_line()
    {
        var (caseId, _) = await system.PlannedAsync(Requests.BurnOut());
        var worklist = new WorklistService.WorklistServiceClient(system.System.Casemanager);
        var before = (await LinesAsync(ServiceNames.Casemanager)).Count;

        await system.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
        await system.Casemanager.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact("work.employerWillingToPay", Requests.Yes) } },
        });
        await worklist.SearchCasesAsync(new SearchCasesRequest());
        await system.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = "01999999-0000-7000-8000-000000000000" }).RefusedAsync(StatusCode.NotFound);

        var lines = (await LinesAsync(ServiceNames.Casemanager)).Skip(before).Select(line => (line.Method[(line.Method.LastIndexOf('/') + 1)..], line.Action, line.Outcome, line.CaseKey));
        Assert.Equal(
            [
                ("GetPlan", TrailAction.Read, TrailOutcome.Success, caseId),
                ("RecordFacts", TrailAction.Create, TrailOutcome.Success, caseId),
                ("SearchCases", TrailAction.Execute, TrailOutcome.Success, null),
                ("GetPlan", TrailAction.Read, TrailOutcome.MinorFailure, "01999999-0000-7000-8000-000000000000"),
            ],
            lines);
    }

    [Fact]
    public async Task A_new_case_is_known_from_the_answer_and_a_stream_is_one_line()
    {
        var before = (await LinesAsync(ServiceNames.Casemanager)).Count;
        var opened = await system.Casemanager.OpenCaseAsync(Requests.BurnOut());
        using var limit = new CancellationTokenSource(Patience.Limit);
        using (var watch = system.Casemanager.WatchCase(new WatchCaseRequest { CaseId = opened.CaseId }, cancellationToken: limit.Token))
        {
            Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        }

        var lines = (await LinesAsync(ServiceNames.Casemanager)).Skip(before).ToList();
        Assert.Equal([("OpenCase", TrailAction.Create, opened.CaseId), ("WatchCase", TrailAction.Read, opened.CaseId)], lines.Select(line => (line.Method.Split('/')[1], line.Action, line.CaseKey!)));
        Assert.All(lines, line => Assert.Equal((ServiceNames.Casemanager, "OK"), (line.Service, line.Status)));
    }

    [Fact]
    public async Task A_domain_writes_in_a_trail_of_its_own_under_its_own_name_for_the_case()
    {
        using var channel = DevelopmentChannel.Open(system.AddressOf(ServiceNames.Zvw).ToString());
        var zvw = new ZvwProtos.ZvwService.ZvwServiceClient(channel);
        var pseudonym = new string('a', 32);
        var before = (await LinesAsync(ServiceNames.Casemanager)).Count;

        await zvw.ListProvisionsAsync(new ZvwProtos.ListProvisionsRequest { CasePseudonym = pseudonym });

        var line = (await LinesAsync(ServiceNames.Zvw))[^1];
        Assert.Equal((ServiceNames.Zvw, "samenhang.zvw.v1.ZvwService/ListProvisions", TrailAction.Read, pseudonym), (line.Service, line.Method, line.Action, line.CaseKey));
        Assert.Equal(before, (await LinesAsync(ServiceNames.Casemanager)).Count);
    }

    [Fact]
    public async Task Nothing_of_what_was_asked_or_answered_stands_in_it_and_every_chain_is_right()
    {
        var (caseId, _) = await system.PlannedAsync(Requests.BurnOut());
        Assert.Equal(Title, (await system.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Title);
        await system.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = "999990019" }).RefusedAsync(StatusCode.NotFound);

        foreach (var service in ServiceNames.All)
        {
            var lines = string.Join('\n', await LinesAsync(service));
            Assert.DoesNotContain("burn-out", lines, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("999990019", lines, StringComparison.Ordinal);
            var report = await TrailVerifier.VerifyAsync(StoredTrail.OfFile(Path.Combine(system.DataFolder, $"{service}.db")), null, CancellationToken.None);
            Assert.Empty(report.Faults);
        }
    }

    [Fact]
    public async Task Where_a_call_cannot_be_written_it_is_not_answered()
    {
        await using var broken = new EmbeddedFixture();
        await broken.InitializeAsync();
        var (caseId, _) = await broken.PlannedAsync(Requests.BurnOut());
        await ChangeAsync(broken, "ALTER TABLE trail RENAME TO hidden");
        await broken.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId }).RefusedAsync(StatusCode.Unavailable);
        using (var watch = broken.Casemanager.WatchCase(new WatchCaseRequest { CaseId = caseId }))
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        }

        await ChangeAsync(broken, "ALTER TABLE hidden RENAME TO trail");
        Assert.Equal(caseId, (await broken.Casemanager.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.CaseId);
    }

    private Task<List<TrailLine>> LinesAsync(string service) => system.System.Services.GetRequiredKeyedService<ITrailStore>(service).ReadAsync(
        async (snapshot, cancel) =>
        {
            var lines = new List<TrailLine>();
            while (await snapshot.FindAsync(lines.Count + 1, cancel) is { } next)
            {
                lines.Add(next.Line);
            }

            return lines;
        },
        CancellationToken.None);

    private static async Task ChangeAsync(EmbeddedFixture embedded, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(embedded.DataFolder, "casemanager.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
