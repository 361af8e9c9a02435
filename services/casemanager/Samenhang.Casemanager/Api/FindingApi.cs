using Google.Protobuf;
using Grpc.Core;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods about findings: parse, handle, reply.</summary>
public sealed class FindingApi(CaseDesk cases, CaseRules rules) : FindingService.FindingServiceBase
{
    /// <inheritdoc/>
    public override Task<AcknowledgeFindingResponse> AcknowledgeFinding(AcknowledgeFindingRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new CaseRequests(rules.Vocabulary);
        var treated = reader.Treatment(request.RequestId, request.CaseId, request.Finding, request.By, new FindingTreatment.Acknowledge(reader.Note("note", request.Note)));
        return TreatAsync(
            reader, treated, Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            (version, life) => new AcknowledgeFindingResponse { Version = version, Finding = life }, context);
    }

    /// <inheritdoc/>
    public override Task<ResolveFindingResponse> ResolveFinding(ResolveFindingRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new CaseRequests(rules.Vocabulary);
        var treated = reader.Treatment(
            request.RequestId, request.CaseId, request.Finding, request.By,
            new FindingTreatment.Resolve(reader.Evidence("evidence", request.Evidence), reader.Note("note", request.Note)));
        return TreatAsync(
            reader, treated, Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            (version, life) => new ResolveFindingResponse { Version = version, Finding = life }, context);
    }

    /// <inheritdoc/>
    public override Task<OverruleFindingResponse> OverruleFinding(OverruleFindingRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new CaseRequests(rules.Vocabulary);
        var treated = reader.Treatment(request.RequestId, request.CaseId, request.Finding, request.By, new FindingTreatment.Overrule(reader.Reason("reason", request.Reason)));
        return TreatAsync(
            reader, treated, Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            (version, life) => new OverruleFindingResponse { Version = version, Finding = life }, context);
    }

    /// <inheritdoc/>
    public override Task<ReopenFindingResponse> ReopenFinding(ReopenFindingRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var reader = new CaseRequests(rules.Vocabulary);
        var treated = reader.Treatment(request.RequestId, request.CaseId, request.Finding, request.By, new FindingTreatment.Reopen(reader.Reason("reason", request.Reason)));
        return TreatAsync(
            reader, treated, Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            (version, life) => new ReopenFindingResponse { Version = version, Finding = life }, context);
    }

    /// <inheritdoc/>
    public override async Task<ListFindingsResponse> ListFindings(ListFindingsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        reader.CaseId(request.CaseId);
        reader.EnsureValid();
        var state = (await cases.FindAsync(request.CaseId, context.CancellationToken)).OrFail();
        return new ListFindingsResponse { Findings = { state.Findings.All.Select(FindingWriter.ToWire) } };
    }

    private async Task<TReply> TreatAsync<TReply>(
        CaseRequests reader, (string CaseId, FindingKey Key, string By, FindingTreatment Treatment) treated, RequestIdentity identity,
        Func<long, Wire.FindingLife, TReply> reply, ServerCallContext context)
        where TReply : class, IMessage<TReply>, new()
    {
        reader.EnsureValid();
        return (await cases.HandleAsync(
            treated.CaseId,
            identity,
            now => new CaseCommand.TreatFinding(treated.Key, treated.By, treated.Treatment) { At = now },
            after => reply(after.Version, after.State.Findings.Find(treated.Key)!.ToWire()),
            context.CancellationToken)).OrFail();
    }

    private static RequestIdentity Identity(string requestId, IMessage request, bool hasExpected, long expected) =>
        RequestIdentity.Of(requestId, request, hasExpected ? expected : null);
}
