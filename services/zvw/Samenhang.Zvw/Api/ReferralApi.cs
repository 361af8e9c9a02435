using Grpc.Core;
using Samenhang.Api;
using Samenhang.Api.Reading;
using Samenhang.Domains.Records;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Zvw.V1;
using Samenhang.Zvw.Paths;
using Samenhang.Zvw.Referrals;
using CarePath = Samenhang.Zvw.Paths.CarePath;

namespace Samenhang.Zvw.Api;

/// <summary>The gRPC methods on referrals: parse, handle, reply.</summary>
public sealed class ReferralApi(RecordDesk<ZvwDomain, CarePath, CarePathEvent> paths, Vocabulary vocabulary, Days days) : ReferralService.ReferralServiceBase
{
    /// <inheritdoc/>
    public override async Task<MakeReferralResponse> MakeReferral(MakeReferralRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        reader.Id("request_id", request.RequestId);
        var path = reader.NewPath(request.CasePseudonym, request.CaseProvisionId, request.NeedIds, request.Scheme, request.ProviderId)
            with { Referral = reader.Referral("content", request.Content, days.Today) };
        reader.EnsureValid();
        return (await paths.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => ReferralDecisions.Make(path with { Id = id }),
            (after, version) => new MakeReferralResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<WithdrawReferralResponse> WithdrawReferral(WithdrawReferralRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new RequestReader(vocabulary);
        var id = reader.PathToChange(request.RequestId, request.PathId);
        var on = reader.Day("withdrawn_on", request.WithdrawnOn) ?? days.Today;
        reader.EnsureValid();
        return (await paths.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            path => ReferralDecisions.Withdraw(path, on),
            (after, version) => new WithdrawReferralResponse { Path = after.ToWire(version) },
            context.CancellationToken)).OrFail();
    }
}
