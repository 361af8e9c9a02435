using Grpc.Core;
using Samenhang.Api;
using Samenhang.Domains;
using Samenhang.Domains.Records;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Uwv.Unemployment;
using Wire = Samenhang.Protos.Uwv.V1;
using WwGuidance = Samenhang.Uwv.Unemployment.WwGuidance;
using WwProfile = Samenhang.Uwv.Unemployment.WwProfile;

namespace Samenhang.Uwv.Api;

/// <summary>The gRPC methods for the WW service: parse, handle, reply.</summary>
public sealed class WwApi(DomainRulebook<UwvDomain> rulebook, RecordDesk<UwvDomain, WwGuidance, WwGuidanceEvent> guidances, Days days) : WwService.WwServiceBase
{
    /// <inheritdoc/>
    public override async Task<StartGuidanceResponse> StartGuidance(StartGuidanceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var pseudonym = reader.New(request.RequestId, request.CasePseudonym);
        var on = reader.RequiredDay("ww_started_on", request.WwStartedOn);
        reader.EnsureValid();
        return (await guidances.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => new WwGuidanceEvent.Started(new WwGuidance { Id = id, CasePseudonym = pseudonym, WwStartedOn = on }),
            (record, version) => new StartGuidanceResponse { Guidance = record.ToWire(version, rulebook.Vocabulary) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<ChooseProfileResponse> ChooseProfile(ChooseProfileRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "guidance_id", request.GuidanceId);
        var profile = reader.Required<Wire.WwProfile, WwProfile>("profile", request.Profile);
        var on = reader.Day("chosen_on", request.ChosenOn);
        reader.EnsureValid();
        return (await guidances.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => WwGuidanceDecisions.Choose(current, profile, on),
            (record, version) => new ChooseProfileResponse { Guidance = record.ToWire(version, rulebook.Vocabulary) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<ReportTalkResponse> ReportTalk(ReportTalkRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "guidance_id", request.GuidanceId);
        var on = reader.Day("held_on", request.HeldOn);
        reader.EnsureValid();
        return (await guidances.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => WwGuidanceDecisions.Talk(current, on),
            (record, version) => new ReportTalkResponse { Guidance = record.ToWire(version, rulebook.Vocabulary) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<EndGuidanceResponse> EndGuidance(EndGuidanceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "guidance_id", request.GuidanceId);
        var on = reader.Day("ended_on", request.EndedOn);
        reader.EnsureValid();
        return (await guidances.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => WwGuidanceDecisions.End(current, on),
            (record, version) => new EndGuidanceResponse { Guidance = record.ToWire(version, rulebook.Vocabulary) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetWwGuidanceResponse> GetWwGuidance(GetWwGuidanceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (record, version) = (await guidances.FindAsync(request.GuidanceId, context.CancellationToken)).OrFail();
        return new GetWwGuidanceResponse { Guidance = record.ToWire(version, rulebook.Vocabulary) };
    }

    /// <inheritdoc/>
    public override async Task<ListWwGuidancesResponse> ListWwGuidances(ListWwGuidancesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await guidances.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListWwGuidancesResponse { Guidances = { found.Select(item => item.Record.ToWire(item.Version, rulebook.Vocabulary)) } };
    }

    private UwvReader Reader() => new(rulebook.Vocabulary, days);
}
