using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Trail;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using LegalGround = Samenhang.Access.LegalGround;
using ZvwProtos = Samenhang.Protos.Zvw.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>Who did what with whose data: a line for each call, in the trail of the service that was called.</summary>
public sealed class WhenCallsAreWrittenInTheTrail(EmbeddedFixture system) : IClassFixture<EmbeddedFixture>
{
    private static readonly OwnTokens Tokens = new(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);

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
    public async Task What_is_refused_is_a_line_with_what_was_missing_and_who_it_was_when_that_is_known()
    {
        var (caseId, _) = await system.PlannedAsync(Requests.BurnOut());
        using var nobody = GrpcChannel.ForAddress(system.AddressOf(ServiceNames.Casemanager));
        using var employer = DevelopmentChannel.Open(system.AddressOf(ServiceNames.Casemanager).ToString(), speaker: new Speaker("els", CallerRole.Employer, "*"));
        var request = new GetPlanRequest { CaseId = caseId };

        await new CasemanagerService.CasemanagerServiceClient(nobody).GetPlanAsync(request).RefusedAsync(StatusCode.Unauthenticated);
        await new CasemanagerService.CasemanagerServiceClient(employer).GetPlanAsync(request).RefusedAsync(StatusCode.PermissionDenied);

        var lines = (await LinesAsync(ServiceNames.Casemanager))[^2..];
        Assert.All(lines, line => Assert.Equal((TrailOutcome.SeriousFailure, caseId), (line.Outcome, line.CaseKey)));
        Assert.Equal(("Unauthenticated", "token", null), (lines[0].Status, lines[0].Missing, lines[0].Subject));
        Assert.Equal(("PermissionDenied", "els", "employer"), (lines[1].Status, lines[1].Subject, lines[1].Role));
        Assert.Contains("role:employer", lines[1].Missing!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_in_an_emergency_is_written_with_the_reason_and_the_person_sees_it()
    {
        var (caseId, _) = await system.PlannedAsync(Requests.BurnOut());
        var call = CallOf(CallerRole.Casemanager, "noodsituatie", LegalGround.VitalInterest, emergency: "Cliënt dreigt van de brug te springen");

        await new CasemanagerService.CasemanagerServiceClient(Bare).GetPlanAsync(new GetPlanRequest { CaseId = caseId }, call);

        var line = (await LinesAsync(ServiceNames.Casemanager))[^1];
        Assert.Equal(("noodsituatie", "vitaal-belang"), (line.Purpose, line.Ground));
        Assert.DoesNotContain("brug", line.Emergency!, StringComparison.Ordinal); // In the database it is closed: it may hold a name.
        var seen = (await ReadsAsync(caseId, CallerRole.Client)).First(read => read.EmergencyReason.Length > 0);
        Assert.Equal(("Cliënt dreigt van de brug te springen", CaseDeed.Read, CasePart.Plan), (seen.EmergencyReason, seen.Deed, seen.Part));
    }

    [Fact]
    public async Task The_person_sees_who_did_what_and_why_and_a_visit_once()
    {
        var (caseId, _) = await system.PlannedAsync(Requests.BurnOut());
        using var noor = DevelopmentChannel.Open(system.AddressOf(ServiceNames.Casemanager).ToString(), speaker: new Speaker("noor", CallerRole.Casemanager, "gm9901"));
        var casemanager = new CasemanagerService.CasemanagerServiceClient(noor);
        await casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
        await casemanager.GetPlanAsync(new GetPlanRequest { CaseId = caseId });
        await casemanager.RecordFactsAsync(new RecordFactsRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact("work.employerWillingToPay", Requests.Yes) } },
        });

        var reads = (await ReadsAsync(caseId, CallerRole.Client)).Where(read => read.Subject == "noor").ToList();

        Assert.Equal([(CasePart.File, CaseDeed.Created, 1), (CasePart.Plan, CaseDeed.Read, 2)], reads.Select(read => (read.Part, read.Deed, read.Times)));
        Assert.All(reads, read => Assert.Equal(("casemanager", "gm9901", "casemanagement", "publieke-taak", CaseDeedOutcome.Done), (read.Role, read.Tenant, read.Purpose, read.Ground, read.Outcome)));
    }

    [Fact]
    public async Task A_confidential_line_is_withheld_from_the_person_until_that_is_lifted()
    {
        var (caseId, _) = await system.PlannedAsync(Requests.BurnOut());
        var call = CallOf(CallerRole.PrivacyOfficer, "toezicht", LegalGround.LegalDuty, confidential: true);
        await new ReadTrailService.ReadTrailServiceClient(Bare).ListReadsAsync(new ListReadsRequest { CaseId = caseId }, call);

        Assert.DoesNotContain(await ReadsAsync(caseId, CallerRole.Client), read => read.Role == "privacy-officer");
        var hidden = (await ReadsAsync(caseId, CallerRole.PrivacyOfficer)).First(read => read.Confidential);
        await new ReadTrailService.ReadTrailServiceClient(Bare)
            .LiftConfidentialityAsync(
                new LiftConfidentialityRequest { RequestId = Requests.NewId(), CaseId = caseId, Number = hidden.Number + 1_000_000 },
                CallOf(CallerRole.PrivacyOfficer, "toezicht", LegalGround.LegalDuty))
            .RefusedAsync(StatusCode.NotFound);
        await new ReadTrailService.ReadTrailServiceClient(Bare).LiftConfidentialityAsync(
            new LiftConfidentialityRequest { RequestId = Requests.NewId(), CaseId = caseId, Number = hidden.Number },
            CallOf(CallerRole.PrivacyOfficer, "toezicht", LegalGround.LegalDuty));

        Assert.Contains(await ReadsAsync(caseId, CallerRole.Client), read => read.Number == hidden.Number);
        var report = await TrailVerifier.VerifyAsync(StoredTrail.OfFile(Path.Combine(system.DataFolder, "casemanager.db")), null, CancellationToken.None);
        Assert.Empty(report.Faults);
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

    /// <summary>A channel that says nothing of itself.</summary>
    private GrpcChannel Bare => GrpcChannel.ForAddress(system.AddressOf(ServiceNames.Casemanager));

    private static Metadata CallOf(CallerRole role, string purpose, LegalGround ground, string? emergency = null, bool confidential = false)
    {
        var headers = Tokens.HeadersFor(ServiceNames.Casemanager, new Speaker($"test-{role}", role, "*"), purpose, ground, emergency);
        if (confidential)
        {
            headers.Add(CallHeaders.Confidentiality, "vertrouwelijk");
        }

        return headers;
    }

    private async Task<IReadOnlyList<CaseRead>> ReadsAsync(string caseId, CallerRole role)
    {
        var (purpose, ground) = role == CallerRole.Client ? ("inzage", LegalGround.LegalDuty) : ("toezicht", LegalGround.LegalDuty);
        return (await new ReadTrailService.ReadTrailServiceClient(Bare).ListReadsAsync(new ListReadsRequest { CaseId = caseId }, CallOf(role, purpose, ground))).Reads;
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
