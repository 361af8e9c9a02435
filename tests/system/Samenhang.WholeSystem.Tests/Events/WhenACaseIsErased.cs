using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Protos.Feed.V1;
using Samenhang.Protos.Gemeente.V1;
using Consent = Samenhang.Protos.Common.V1.Consent;
using Domain = Samenhang.Protos.Common.V1.Domain;
using ErasureGround = Samenhang.Protos.Casemanager.V1.ErasureGround;
using ProvisionStatus = Samenhang.Protos.Common.V1.ProvisionStatus;

namespace Samenhang.WholeSystem.Tests.Events;

/// <summary>A case that may go is gone, everywhere and for good; what must stay by law stays (AVG, article 17).</summary>
public sealed class WhenACaseIsErased : IAsyncLifetime, IAsyncDisposable
{
    private const string Erased = "nl.samenhang.casussen.gewist.v1";
    private const string Marker = "Kwikstaartengoud";
    private const string Bsn = "999993653";

    private static readonly string[] Services = ["casemanager", "zvw", "gemeente", "uwv", "employer"];

    private readonly TellingSystem system = new();
    private readonly Dictionary<CallerRole, GrpcChannel> channels = [];

    private GemeenteService.GemeenteServiceClient Gemeente => new(system.System.Casemanager);

    private ClientService.ClientServiceClient Clients => new(system.System.Casemanager);

    private HouseholdService.HouseholdServiceClient Households => new(system.System.Casemanager);

    public Task InitializeAsync() => system.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync()
    {
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }

        return system.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_of_it_is_found_anywhere_and_everything_else_goes_on()
    {
        var other = await system.PlannedAsync("uzovi9901", marker: "Anders");
        var (caseId, pseudonyms) = await FilledAsync();
        var client = Reference();
        await Clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Requests.NewId(), Client = client, CasePseudonym = pseudonyms[Domain.Gemeente] });
        await Patience.Until(async () => await HeardAsync(caseId, 2), "the case heard of the file and of the request");
        Assert.All(Services, service => Assert.True(HoldsAsync(service, caseId, pseudonyms.Values).GetAwaiter().GetResult(), service));
        Assert.Single((await Gemeente.ListProvisionsAsync(new ListProvisionsRequest { CasePseudonym = pseudonyms[Domain.Gemeente] })).Provisions);
        var looked = (await TrailAsync(caseId)).Count;

        await EraseAsync(caseId);

        foreach (var service in Services)
        {
            await Patience.Until(async () => !await HoldsAsync(service, caseId, pseudonyms.Values), $"{service} holds nothing of it");
            Assert.False(await system.System.Services.SaysAsync(service, Marker));
        }

        await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId }).RefusedAsync(StatusCode.NotFound);
        await system.Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId }).RefusedAsync(StatusCode.NotFound);
        await system.Cases.RecordFactsAsync(NewFact(caseId)).RefusedAsync(StatusCode.NotFound);
        await new FindingService.FindingServiceClient(system.System.Casemanager).ListFindingsAsync(new ListFindingsRequest { CaseId = caseId }).RefusedAsync(StatusCode.NotFound);
        await new HistoryService.HistoryServiceClient(system.System.Casemanager).ListCorrectionsAsync(new ListCorrectionsRequest { CaseId = caseId }).RefusedAsync(StatusCode.NotFound);
        Assert.Equal([other], (await system.Cases.ListCasesAsync(new ListCasesRequest())).Cases.Select(one => one.CaseId));
        var worklist = new WorklistService.WorklistServiceClient(system.System.Casemanager);
        Assert.Empty((await worklist.SearchCasesAsync(new SearchCasesRequest { Text = Marker })).Cases);
        Assert.Equal([other], (await worklist.SearchCasesAsync(new SearchCasesRequest())).Cases.Select(one => one.Summary.CaseId));
        Assert.Empty((await Gemeente.ListProvisionsAsync(new ListProvisionsRequest { CasePseudonym = pseudonyms[Domain.Gemeente] })).Provisions);
        await Clients.GetClientAsync(new GetClientRequest { Client = client }).RefusedAsync(StatusCode.NotFound);
        Assert.Empty(await VaultAsync());
        Assert.True((await TrailAsync(caseId)).Count > looked, "Who looked stays known, and who erased it.");
        foreach (var table in new[] { "case_row", "worklist_case", "worklist_word", "worklist_line", "worklist_family", "steering_case", "steering_spell", "steering_day", "household_member" })
        {
            Assert.Equal((table, 0L), (table, await RowsAsync(table, caseId)));
        }

        // The rest goes on: rounds, the day, and the feed.
        await system.Cases.RecordFactsAsync(NewFact(other));
        await system.Cases.PlanAsync(other, 2);
        system.Log.HasNoErrors();
    }

    [Fact]
    public async Task Who_was_told_of_it_hears_that_it_was_erased_and_gets_nothing_of_it_any_more()
    {
        var insurer = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var stranger = await system.SubscribeAsync(TellingSystem.OfInsurer("9902"));
        var other = await system.PlannedAsync("uzovi9901", marker: "Anders");
        var (caseId, _) = await FilledAsync();
        var late = await system.SubscribeAsync(TellingSystem.OfMunicipality("9901"));
        var before = await system.EventsAsync(insurer);
        var subjects = before.Select(told => SubjectOf(told)).Distinct().ToList();
        Assert.Equal(2, subjects.Count);

        await EraseAsync(caseId);

        var after = await system.EventsAsync(insurer);
        var told = Assert.Single(after, one => one.Type == Erased);
        Assert.Contains(SubjectOf(told), subjects);
        Assert.Equal("{}", told.TextData);
        Assert.Equal(told, after[^1]);
        Assert.Single(after, one => SubjectOf(one) == SubjectOf(told));
        Assert.Equal(before.Where(one => SubjectOf(one) != SubjectOf(told)), after.Where(one => SubjectOf(one) != SubjectOf(told)));
        Assert.DoesNotContain(await system.EventsAsync(stranger), one => one.Type == Erased);
        Assert.Single(await system.EventsAsync(late), one => one.Type == Erased); // A snapshot would have shown it.
        Assert.Single(await system.ReadAsync(insurer, snapshot: true), step => step.Standing is not null);
        var gone = before.Where(one => SubjectOf(one) == SubjectOf(told)).Select(one => one.Id).ToList();
        var (missing, unknown) = await GapsAsync(insurer, before.Select(one => one.Id));
        Assert.Equal([told.Id], missing);
        Assert.Equal(gone.Order(StringComparer.Ordinal), unknown.Order(StringComparer.Ordinal));

        await system.Cases.RecordFactsAsync(NewFact(other));
        await system.Cases.PlanAsync(other, 2);
        Assert.NotEqual(told, (await system.EventsAsync(insurer))[^1]);
        system.Log.HasNoErrors();
    }

    [Fact]
    public async Task What_must_stay_by_law_is_told_with_the_law_and_the_day_and_nothing_is_erased()
    {
        var (caseId, _) = await FilledAsync();
        await RecordAsync(caseId, new Provision { ProvisionId = "w1", Scheme = "wmo-begeleiding", Domain = Domain.Gemeente, Status = ProvisionStatus.Running, NeedIds = { "n2" } });
        var version = (await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Version;

        var refused = await EraseCall(caseId).RefusedAsync(StatusCode.FailedPrecondition);

        var why = Assert.Single(refused.Detail<PreconditionFailure>().Violations);
        Assert.Equal("DATA_MUST_STAY", why.Type);
        Assert.Contains("Wmo 2015, artikel 5.3.4", why.Description, StringComparison.Ordinal);
        Assert.Contains($"{TimeProvider.System.GetUtcNow().Year + 15}", why.Description, StringComparison.Ordinal);
        Assert.True((await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Version >= version);
        Assert.Equal([caseId], await VaultAsync());
    }

    [Fact]
    public async Task A_second_time_is_the_same_and_the_same_person_can_come_anew()
    {
        var (caseId, pseudonyms) = await FilledAsync();
        var client = Reference();
        await Clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Requests.NewId(), Client = client, CasePseudonym = pseudonyms[Domain.Gemeente] });
        await Patience.Until(async () => await HeardAsync(caseId, 2), "the case heard of the file and of the request");

        var request = Request(caseId);
        var first = await EraseAsync(request);
        Assert.Equal(first, await EraseAsync(request));
        Assert.Equal(first, await EraseAsync(Request(caseId)));
        await Patience.Until(async () => !await HoldsAsync("gemeente", caseId, pseudonyms.Values), "the municipality holds nothing of it");

        var (anew, names) = await FilledAsync();
        await Clients.LinkCaseAsync(new LinkCaseRequest { RequestId = Requests.NewId(), Client = client, CasePseudonym = names[Domain.Gemeente] });
        Assert.NotEqual(caseId, anew);
        Assert.Equal(names[Domain.Gemeente], (await Clients.GetClientAsync(new GetClientRequest { Client = client })).Client.CasePseudonym);
        Assert.Equal([anew], await VaultAsync());
        Assert.Single(await system.System.Services.EventsAsync("casemanager"), told => told.StreamId == $"erasure/{caseId}" && told.Payload.Contains("\"told\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_household_forgets_it_and_the_others_in_it_go_on()
    {
        var (caseId, _) = await FilledAsync();
        var stays = await system.PlannedAsync("uzovi9901", marker: "Blijft");
        var household = (await Households.CreateHouseholdAsync(new CreateHouseholdRequest { RequestId = Requests.NewId(), CaseId = caseId, By = "casemanager" })).Household;
        await Households.AddMemberAsync(new AddMemberRequest
        {
            RequestId = Requests.NewId(), HouseholdId = household.HouseholdId, CaseId = stays, By = "casemanager", Relations = { new HouseholdRelation { Relation = "child", OfMemberId = "m1" } },
        });

        await EraseAsync(caseId);

        var left = (await Households.GetHouseholdAsync(new GetHouseholdRequest { HouseholdId = household.HouseholdId, CaseId = stays })).Household;
        var member = Assert.Single(left.Members);
        Assert.Equal(("m2", 0), (member.MemberId, member.Relations.Count));
        await Households.GetHouseholdAsync(new GetHouseholdRequest { HouseholdId = household.HouseholdId, CaseId = caseId }).RefusedAsync(StatusCode.NotFound);
        var (third, _) = await FilledAsync();
        Assert.Equal("m3", (await Households.AddMemberAsync(new AddMemberRequest
        {
            RequestId = Requests.NewId(), HouseholdId = household.HouseholdId, CaseId = third, By = "casemanager", Relations = { new HouseholdRelation { Relation = "child", OfMemberId = "m2" } },
        })).MemberId);
        system.Log.HasNoErrors();
    }

    [Fact]
    public async Task What_a_crash_broke_off_is_finished_after_the_next_start()
    {
        var insurer = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var (caseId, pseudonyms) = await FilledAsync();
        var container = system.System.Services;
        var erased = new CaseErased(Casemanager.Domain.Rights.ErasureGround.NotNeeded, "op verzoek", "casemanager", "noor", TimeProvider.System.GetUtcNow(), [insurer]);
        var table = container.GetRequiredService<ErasureTable>();

        // The transaction alone, as if the process ended right after it.
        var done = await container.GetRequiredService<Streams<CaseState, CaseChange>>()
            .EraseAsync(caseId, state => Result<IReadOnlyList<RowWrite>>.Success(table.Erased(caseId, state.Opened!.Tenant, erased)), CancellationToken.None);
        await system.StopAsync();
        await system.StartAsync();

        Assert.True(done.OrFail());
        foreach (var service in Services)
        {
            await Patience.Until(async () => !await HoldsAsync(service, caseId, pseudonyms.Values), $"{service} holds nothing of it");
        }

        await Patience.Until(async () => (await VaultAsync()).Count == 0, "the vault forgot the number");
        Assert.Single(await system.EventsAsync(insurer), told => told.Type == Erased);
        Assert.Empty(await system.System.Services.GetRequiredService<ErasureTable>().ToFollowAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Only_who_works_for_the_person_does_it_and_says_why()
    {
        var (caseId, _) = await FilledAsync();

        Assert.Equal(
            ["ground", "reason"],
            (await Rights(CallerRole.PrivacyOfficer).EraseCaseAsync(new EraseCaseRequest { RequestId = Requests.NewId(), CaseId = caseId }).RefusedAsync(StatusCode.InvalidArgument)).ViolatedFields());
        await Rights(CallerRole.Client).EraseCaseAsync(Request(caseId)).RefusedAsync(StatusCode.PermissionDenied);
        var stale = Request(caseId);
        stale.ExpectedVersion = 1;
        await Rights(CallerRole.PrivacyOfficer).EraseCaseAsync(stale).RefusedAsync(StatusCode.Aborted);
        await EraseCall(caseId + "0").RefusedAsync(StatusCode.NotFound);
    }

    /// <summary>A case with something in every domain that no law lets stay.</summary>
    private async Task<(string CaseId, Dictionary<Domain, string> Pseudonyms)> FilledAsync()
    {
        var request = Requests.BurnOut();
        (request.Insurer, request.Tenant, request.Title, request.Bsn) = ("uzovi9901", "gm9901", $"{Marker} titel", Bsn);
        request.Provisions[0].Goal = $"{Marker} doel";
        request.Parties[0].Organisation = $"{Marker} bedrijf";
        request.Consents.Add(new Consent { From = "client", To = "household", Categories = { "social" }, ValidFrom = Requests.Day(2016, 1, 1) });
        var caseId = (await system.Cases.OpenCaseAsync(request)).CaseId;
        await system.Cases.PlanAsync(caseId);
        var pseudonyms = (await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Pseudonyms.ToDictionary(name => name.Domain, name => name.CasePseudonym);
        await Gemeente.RequestProvisionAsync(new Protos.Gemeente.V1.RequestProvisionRequest
        {
            RequestId = Requests.NewId(), CasePseudonym = pseudonyms[Domain.Gemeente], Scheme = "pw-jobcoach", NeedIds = { "n2" }, RequestedOn = Requests.Day(2016, 9, 5),
        });
        await Patience.Until(async () => await HeardAsync(caseId, 1), "the case heard of the request");
        return (caseId, pseudonyms);
    }

    private async Task<bool> HeardAsync(string caseId, int records) =>
        (await system.System.Services.EventsAsync("casemanager")).Count(told => told.StreamId == $"case/{caseId}" && told.Payload.Contains("\"record\"", StringComparison.Ordinal)) >= records;

    /// <summary>Whether a service still says anything about the case, under whichever name.</summary>
    private async Task<bool> HoldsAsync(string service, string caseId, IEnumerable<string> pseudonyms)
    {
        string[] names = [caseId, .. pseudonyms];
        return (await system.System.Services.EventsAsync(service)).Any(told =>
            !told.StreamId.StartsWith("erasure/", StringComparison.Ordinal) && told.Payload.Length > 0 && names.Any(name => told.StreamId.Contains(name, StringComparison.Ordinal) || told.Payload.Contains(name, StringComparison.Ordinal)));
    }

    private async Task<IReadOnlyList<NumberedTrailLine>> TrailAsync(string caseId) => await system.System.Services.GetRequiredKeyedService<ITrailStore>(ServiceNames.Casemanager)
        .ReadAsync((snapshot, cancel) => snapshot.OfCaseAsync(caseId, 1000, true, cancel), CancellationToken.None);

    private async Task<IReadOnlyList<string>> VaultAsync()
    {
        Assert.True(Language.Bsn.TryParse(Bsn, out var bsn));
        return await system.System.Services.GetRequiredService<BsnVault>().CasesOfAsync(bsn, CancellationToken.None);
    }

    private async Task<long> RowsAsync(string table, string caseId) => await system.System.Services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager).QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync($"SELECT count(*) FROM {table} WHERE case_id = @case", row => row.GetInt64(0), cancel, ("@case", caseId))).Single(),
        CancellationToken.None);

    private async Task<(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown)> GapsAsync(string subscription, IEnumerable<string> ids)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        using var channel = system.ChannelAs(SubscriberKind.Insurer);
        using var call = new FeedService.FeedServiceClient(channel).ReportGaps(
            new ReportGapsRequest { SubscriptionId = subscription, Ranges = { new HeldRange { Ids = { ids } } } }, cancellationToken: limit.Token);
        var outcome = (await call.ResponseStream.ReadAllAsync(limit.Token).ToListAsync(limit.Token)).Single(step => step.Outcome is not null).Outcome;
        return (outcome.MissingIds, outcome.UnknownIds);
    }

    private async Task RecordAsync(string caseId, Provision provision) =>
        await system.Cases.RecordProvisionAsync(new RecordProvisionRequest { RequestId = Requests.NewId(), CaseId = caseId, Provision = provision });

    private async Task<EraseCaseResponse> EraseAsync(string caseId) => await EraseAsync(Request(caseId));

    private async Task<EraseCaseResponse> EraseAsync(EraseCaseRequest request) => await Rights(CallerRole.PrivacyOfficer).EraseCaseAsync(request);

    private AsyncUnaryCall<EraseCaseResponse> EraseCall(string caseId) => Rights(CallerRole.Casemanager).EraseCaseAsync(Request(caseId));

    private RightsService.RightsServiceClient Rights(CallerRole role)
    {
        if (!channels.TryGetValue(role, out var channel))
        {
            channels[role] = channel = DevelopmentChannel.Open($"http://{system.Address}", speaker: new Speaker("somebody", role, "*"));
        }

        return new(channel);
    }

    private static EraseCaseRequest Request(string caseId) => new() { RequestId = Requests.NewId(), CaseId = caseId, Ground = ErasureGround.NotNeeded, Reason = "Op verzoek van de client" };

    private static string SubjectOf(Event told) => told.Attributes["subject"].CeString;

    private static ClientReference Reference() => new() { MunicipalityCode = "0363", ClientReference_ = $"{Marker}-{Requests.NewId()}" };

    private static RecordFactsRequest NewFact(string caseId) => new()
    {
        RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact("work.employerWillingToPay", Requests.Yes) } },
    };
}
