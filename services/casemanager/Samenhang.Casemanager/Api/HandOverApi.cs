using Google.Protobuf;
using Grpc.Core;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using Date = Samenhang.Protos.Types.Date;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about hand-overs and escalations: parse, handle, reply.</summary>
public sealed class HandOverApi(CaseDesk cases, CaseRules rules) : HandOverService.HandOverServiceBase
{
    /// <inheritdoc/>
    public override Task<OfferHandOverResponse> OfferHandOver(OfferHandOverRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MoveAsync(
            reader => reader.Offer(request), (request.CaseId, request.By, request.On), Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion), null,
            (version, life) => new OfferHandOverResponse { Version = version, HandOver = life }, context);
    }

    /// <inheritdoc/>
    public override Task<AnswerHandOverResponse> AnswerHandOver(AnswerHandOverRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MoveAsync(
            reader => reader.Answer(request), (request.CaseId, request.By, request.On),
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion), request.HandOverId,
            (version, life) => new AnswerHandOverResponse { Version = version, HandOver = life }, context);
    }

    /// <inheritdoc/>
    public override Task<AskForInformationResponse> AskForInformation(AskForInformationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MoveAsync(
            reader => reader.Ask(request), (request.CaseId, request.By, request.On),
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion), request.HandOverId,
            (version, life) => new AskForInformationResponse { Version = version, HandOver = life }, context);
    }

    /// <inheritdoc/>
    public override Task<GiveInformationResponse> GiveInformation(GiveInformationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MoveAsync(
            reader => reader.Inform(request), (request.CaseId, request.By, request.On),
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion), request.HandOverId,
            (version, life) => new GiveInformationResponse { Version = version, HandOver = life }, context);
    }

    /// <inheritdoc/>
    public override Task<StartHandOverResponse> StartHandOver(StartHandOverRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MoveAsync(
            reader => reader.Start(request), (request.CaseId, request.By, request.On),
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion), request.HandOverId,
            (version, life) => new StartHandOverResponse { Version = version, HandOver = life }, context);
    }

    /// <inheritdoc/>
    public override Task<EndHandOverResponse> EndHandOver(EndHandOverRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return MoveAsync(
            reader => reader.End(request), (request.CaseId, request.By, request.On),
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion), request.HandOverId,
            (version, life) => new EndHandOverResponse { Version = version, HandOver = life }, context);
    }

    /// <inheritdoc/>
    public override async Task<ListHandOversResponse> ListHandOvers(ListHandOversRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new HandOverRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        reader.EnsureValid();
        var state = (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        return new ListHandOversResponse
        {
            HandOvers = { state.HandOvers.All.Select(HandOverWriter.ToWire) },
            Escalations = { state.Escalations.Steps.Select(HandOverWriter.ToWire) },
        };
    }

    /// <inheritdoc/>
    public override Task<OpenEscalationResponse> OpenEscalation(OpenEscalationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new HandOverRequests(rules.Vocabulary);
        var (caseId, by, on) = reader.Change(request.RequestId, request.CaseId, request.By, request.On);
        var text = reader.Note(request.Text);
        reader.EnsureValid();
        return EscalateAsync(
            caseId, now => new CaseCommand.OpenEscalation(request.Level, request.Opener, by, on, text) { At = now },
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            (version, step) => new OpenEscalationResponse { Version = version, Escalation = step }, context);
    }

    /// <inheritdoc/>
    public override Task<CloseEscalationResponse> CloseEscalation(CloseEscalationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new HandOverRequests(rules.Vocabulary);
        var (caseId, by, on) = reader.Change(request.RequestId, request.CaseId, request.By, request.On);
        var text = reader.Note(request.Text);
        reader.EnsureValid();
        return EscalateAsync(
            caseId, now => new CaseCommand.CloseEscalation(request.Solved, by, on, text) { At = now },
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            (version, step) => new CloseEscalationResponse { Version = version, Escalation = step }, context);
    }

    // A hand-over that is offered gets its id from the case: it is the newest one.
    private async Task<TReply> MoveAsync<TReply>(
        Func<HandOverRequests, HandOverMove> read, (string CaseId, string By, Date? On) change, RequestIdentity identity, string? handOverId,
        Func<long, Wire.HandOverLife, TReply> reply, ServerCallContext context)
        where TReply : class, IMessage<TReply>, new()
    {
        var reader = new HandOverRequests(rules.Vocabulary);
        var (caseId, by, on) = reader.Change(identity.RequestId, change.CaseId, change.By, change.On);
        var move = read(reader);
        reader.EnsureValid();
        return (await cases.HandleAsync(
            caseId,
            identity,
            now => new CaseCommand.MoveHandOver(move, by, on) { At = now },
            after => reply(after.Version, (handOverId is null ? after.State.HandOvers.All[^1] : after.State.HandOvers.Find(handOverId)!).ToWire()),
            context.CancellationToken)).OrFail();
    }

    private async Task<TReply> EscalateAsync<TReply>(
        string caseId, Func<Moment, CaseCommand> command, RequestIdentity identity, Func<long, Wire.EscalationStep, TReply> reply, ServerCallContext context)
        where TReply : class, IMessage<TReply>, new() =>
        (await cases.HandleAsync(
            caseId, identity, command, after => reply(after.Version, after.State.Escalations.Steps[^1].ToWire()), context.CancellationToken)).OrFail();

    private static RequestIdentity Identity(string requestId, IMessage request, bool hasExpected, long expected) =>
        RequestIdentity.Of(requestId, request, hasExpected ? expected : null);
}
