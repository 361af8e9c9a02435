using Grpc.Core;
using Samenhang.Api.Reading;
using Samenhang.Domains.Records;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Paths;
using CarePath = Samenhang.Zvw.Paths.CarePath;

namespace Samenhang.Zvw.Api;

/// <summary>The gRPC methods on claims: parse, handle, reply.</summary>
public sealed class ClaimApi(RecordDesk<ZvwDomain, CarePath, CarePathEvent> paths, Vocabulary vocabulary) : ClaimService.ClaimServiceBase
{
    /// <inheritdoc/>
    public override async Task<ReportClaimResponse> ReportClaim(ReportClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var content = reader.BillLine("content", request.Content);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ClaimDecisions.Report(path, content),
            (after, version) => new ReportClaimResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<CorrectClaimResponse> CorrectClaim(CorrectClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var content = reader.BillLine("content", request.Content);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ClaimDecisions.Correct(path, request.Line, content),
            (after, version) => new CorrectClaimResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<WithdrawClaimResponse> WithdrawClaim(WithdrawClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ClaimDecisions.Withdraw(path, request.Line),
            (after, version) => new WithdrawClaimResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }
}
