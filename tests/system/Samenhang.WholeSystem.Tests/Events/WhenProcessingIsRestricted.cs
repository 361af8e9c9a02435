using System.Text.Json.Nodes;
using Google.Rpc;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;

namespace Samenhang.WholeSystem.Tests.Events;

/// <summary>Data whose use is restricted are kept, shown as such, and used for nothing (AVG, article 18).</summary>
public sealed class WhenProcessingIsRestricted : IAsyncLifetime, IAsyncDisposable
{
    private const string Standing = "nl.samenhang.casussen.vastgesteld.v1";

    private readonly TellingSystem system = new();

    public Task InitializeAsync() => system.StartAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => system.DisposeAsync();

    [Fact]
    public async Task Changes_and_computations_are_refused_and_reading_goes_on_with_a_mark()
    {
        var caseId = await system.PlannedAsync("uzovi9901");
        var plan = (await system.Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan;

        await RestrictAsync(caseId, CallerRole.Client);

        var held = (await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case;
        Assert.Equal((RestrictionGround.AccuracyContested, "Mijn eerste ziektedag klopt niet", "client"), (held.Restriction.Ground, held.Restriction.Reason, held.Restriction.By));
        Assert.Equal(plan, (await system.Cases.GetPlanAsync(new GetPlanRequest { CaseId = caseId })).Plan);
        RpcException[] refusals =
        [
            await system.Cases.RecordFactsAsync(NewFact(caseId)).RefusedAsync(StatusCode.FailedPrecondition),
            await system.Cases.AddNeedAsync(new AddNeedRequest { RequestId = Requests.NewId(), CaseId = caseId, Need = new Need { NeedId = "n9", Kind = "income" } }).RefusedAsync(StatusCode.FailedPrecondition),
            await system.Cases.WhatIfAsync(new WhatIfRequest { CaseId = caseId, AsOf = Requests.Day(2016, 12, 1) }).RefusedAsync(StatusCode.FailedPrecondition),
            await system.Cases.ExplainCoverageAsync(new ExplainCoverageRequest { CaseId = caseId, NeedId = plan.Coverage[0].NeedId, Scheme = plan.Coverage[0].Scheme }).RefusedAsync(StatusCode.FailedPrecondition),
        ];
        Assert.All(refusals, refused => Assert.Equal("PROCESSING_RESTRICTED", Assert.Single(refused.Detail<PreconditionFailure>().Violations).Type));
        Assert.Equal(held.Version, (await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Version);
    }

    [Fact]
    public async Task Lifting_it_starts_a_round_and_takes_the_mark_away()
    {
        var caseId = await system.PlannedAsync("uzovi9901");
        var restricted = await RestrictAsync(caseId, CallerRole.Client);

        using var client = ChannelAs(CallerRole.Client);
        await new RightsService.RightsServiceClient(client).LiftRestrictionAsync(Lifted(caseId)).RefusedAsync(StatusCode.PermissionDenied);
        var version = await LiftAsync(caseId);

        Assert.True(version > restricted + 1, $"No round followed: version {restricted} and then {version}.");
        Assert.Null((await system.Cases.GetCaseAsync(new GetCaseRequest { CaseId = caseId })).Case.Restriction);
        var recorded = await system.Cases.RecordFactsAsync(NewFact(caseId));
        Assert.True(recorded.Version > version);
        using var officer = ChannelAs(CallerRole.PrivacyOfficer);
        await new RightsService.RightsServiceClient(officer).LiftRestrictionAsync(Lifted(caseId)).RefusedAsync(StatusCode.FailedPrecondition);
    }

    [Fact]
    public async Task Subscribers_hear_that_nothing_stands_and_afterwards_how_it_stands()
    {
        var subscription = await system.SubscribeAsync(TellingSystem.OfInsurer("9901"));
        var caseId = await system.PlannedAsync("uzovi9901");
        var before = (await system.ReadAsync(subscription))[^1].Position;

        await RestrictAsync(caseId, CallerRole.Casemanager);
        await system.Cases.RecordFactsAsync(NewFact(caseId)).RefusedAsync(StatusCode.FailedPrecondition);
        var told = Assert.Single(await system.EventsAsync(subscription, before));
        var snapshot = Assert.Single(await system.ReadAsync(subscription, snapshot: true), step => step.Standing is not null).Standing;
        await LiftAsync(caseId);
        var after = (await system.EventsAsync(subscription, before))[1];

        Assert.Equal(Standing, told.Type);
        Assert.All(new[] { told.TextData, snapshot.TextData }, data => Assert.Null(JsonNode.Parse(data)!["plan"]));
        Assert.Equal(Standing, after.Type);
        Assert.Equal(1, (int)JsonNode.Parse(after.TextData)!["plan"]!["version"]!);
    }

    [Fact]
    public async Task It_needs_a_ground_of_the_law_and_a_reason()
    {
        var caseId = await system.PlannedAsync("uzovi9901");
        using var client = ChannelAs(CallerRole.Client);

        var refused = await new RightsService.RightsServiceClient(client)
            .RestrictProcessingAsync(new RestrictProcessingRequest { RequestId = Requests.NewId(), CaseId = caseId }).RefusedAsync(StatusCode.InvalidArgument);

        Assert.Equal(["ground", "reason"], refused.ViolatedFields());
    }

    private async Task<long> RestrictAsync(string caseId, CallerRole role)
    {
        using var channel = ChannelAs(role);
        return (await new RightsService.RightsServiceClient(channel).RestrictProcessingAsync(new RestrictProcessingRequest
        {
            RequestId = Requests.NewId(), CaseId = caseId, Ground = RestrictionGround.AccuracyContested, Reason = "Mijn eerste ziektedag klopt niet",
        })).Version;
    }

    private async Task<long> LiftAsync(string caseId)
    {
        using var channel = ChannelAs(CallerRole.PrivacyOfficer);
        return (await new RightsService.RightsServiceClient(channel).LiftRestrictionAsync(Lifted(caseId))).Version;
    }

    private Grpc.Net.Client.GrpcChannel ChannelAs(CallerRole role) => DevelopmentChannel.Open($"http://{system.Address}", speaker: new Speaker("somebody", role, "*"));

    private static LiftRestrictionRequest Lifted(string caseId) => new() { RequestId = Requests.NewId(), CaseId = caseId, Reason = "Het is nagekeken" };

    private static RecordFactsRequest NewFact(string caseId) => new()
    {
        RequestId = Requests.NewId(), CaseId = caseId, Facts = { new RecordedFact { Fact = Requests.Fact("work.employerWillingToPay", Requests.Yes) } },
    };
}
