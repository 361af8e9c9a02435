using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Domains.Records;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Zvw.Indications;
using Indication = Samenhang.Zvw.Indications.Indication;

namespace Samenhang.Zvw.Api;

/// <summary>The gRPC methods on indications and declarations: parse, handle, reply.</summary>
public sealed class IndicationApi(RecordDesk<ZvwDomain, Indication, IndicationEvent> indications, Vocabulary vocabulary, Days days) : IndicationService.IndicationServiceBase
{
    /// <inheritdoc/>
    public override async Task<IssueIndicationResponse> IssueIndication(IssueIndicationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        reader.Id("request_id", request.RequestId);
        var indication = reader.Indication(request, days.Today);
        reader.EnsureValid();
        return (await indications.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => IndicationDecisions.Issue(indication with { Id = id }),
            (after, version) => new IssueIndicationResponse { Indication = after.ToWire(version, vocabulary) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<WithdrawIndicationResponse> WithdrawIndication(WithdrawIndicationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        reader.Id("request_id", request.RequestId);
        var id = reader.Id("indication_id", request.IndicationId);
        var on = reader.Day("withdrawn_on", request.WithdrawnOn) ?? days.Today;
        reader.EnsureValid();
        return (await indications.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => IndicationDecisions.Withdraw(current, on),
            (after, version) => new WithdrawIndicationResponse { Indication = after.ToWire(version, vocabulary) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetIndicationResponse> GetIndication(GetIndicationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (indication, version) = (await indications.FindAsync(request.IndicationId, context.CancellationToken)).OrFail();
        return new GetIndicationResponse { Indication = indication.ToWire(version, vocabulary) };
    }

    /// <inheritdoc/>
    public override async Task<ListIndicationsResponse> ListIndications(ListIndicationsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await indications.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListIndicationsResponse { Indications = { found.Select(item => item.Record.ToWire(item.Version, vocabulary)) } };
    }
}
