using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Samenhang.Access;
using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.ReadTrail;
using Samenhang.Casemanager.Rights;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Protos.Casemanager.V1;
using ErasureGround = Samenhang.Casemanager.Domain.Rights.ErasureGround;
using RestrictionGround = Samenhang.Casemanager.Domain.Rights.RestrictionGround;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>The gRPC methods by which a person uses the rights on the own data.</summary>
public sealed class RightsApi(CaseDesk cases, CaseRules rules, CaseVisits trail, BsnVault vault, Pseudonyms pseudonyms, ErasureDesk erasures, TimeProvider time)
    : RightsService.RightsServiceBase
{
    // Well below what a client takes in one message unless it says otherwise (4 MB).
    private const int PartSize = 256 * 1024;

    private readonly PersonalDataGathering gathering = new(rules.Vocabulary);

    /// <inheritdoc/>
    public override async Task ExportPersonalData(ExportPersonalDataRequest request, IServerStreamWriter<ExportPersonalDataResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.CaseId(request.CaseId);
        reader.EnsureValid();
        var cancellation = context.CancellationToken;
        var log = (await cases.LogAsync(caseId, cancellation)).OrFail();

        // The document is for the person, whoever fetches it: what is confidential now stays out of it for everybody.
        var visits = await trail.VisitsAsync(caseId, withConfidential: false, cancellation);
        var document = PersonalDataGathering.Write(gathering.Gather(
            log,
            (await vault.ReadAsync(caseId, cancellation))?.ToString(),
            [.. ServiceNames.All.Where(service => service != ServiceNames.Casemanager).Select(service => new HeldReceiver(service, pseudonyms.Of(service, caseId)))],
            [.. visits.Select(Held)],
            time.GetUtcNow()));
        for (var sent = 0; sent < document.Length; sent += PartSize)
        {
            await responseStream.WriteAsync(
                new ExportPersonalDataResponse
                {
                    FileName = sent == 0 ? $"persoonsgegevens-{caseId}.json" : "",
                    Part = ByteString.CopyFrom(document, sent, Math.Min(PartSize, document.Length - sent)),
                },
                cancellation);
        }
    }

    /// <inheritdoc/>
    public override async Task<RestrictProcessingResponse> RestrictProcessing(RestrictProcessingRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var reason = reader.Reason("reason", request.Reason);
        if (WireLists.ToOwn<Wire.RestrictionGround, RestrictionGround>(request.Ground) is not { } ground)
        {
            reader.Fault("ground", "Noem de grond van artikel 18 AVG.", "Name the ground of article 18 GDPR.");
            ground = default;
        }

        reader.EnsureValid();
        var caller = context.Caller();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.RestrictProcessing(ground, reason, caller.Role.ToCode(), caller.Subject) { At = now },
            after => new RestrictProcessingResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<LiftRestrictionResponse> LiftRestriction(LiftRestrictionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var reason = reader.Reason("reason", request.Reason);
        reader.EnsureValid();
        var caller = context.Caller();
        return (await cases.HandleAsync(
            caseId,
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            now => new CaseCommand.LiftRestriction(reason, caller.Role.ToCode(), caller.Subject) { At = now },
            after => new LiftRestrictionResponse { Version = after.Version },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<EraseCaseResponse> EraseCase(EraseCaseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = new CaseRequests(rules.Vocabulary);
        var caseId = reader.Change(request.RequestId, request.CaseId);
        var reason = reader.Reason("reason", request.Reason);
        if (WireLists.ToOwn<Wire.ErasureGround, ErasureGround>(request.Ground) is not { } ground)
        {
            reader.Fault("ground", "Noem de grond van artikel 17 AVG.", "Name the ground of article 17 GDPR.");
            ground = default;
        }

        reader.EnsureValid();
        var caller = context.Caller();
        var erasedAt = (await erasures.EraseAsync(
            caseId, request.HasExpectedVersion ? request.ExpectedVersion : null, ground, reason, caller.Role.ToCode(), caller.Subject, context.CancellationToken)).OrFail();
        return new EraseCaseResponse { ErasedAt = Timestamp.FromDateTimeOffset(erasedAt) };
    }

    private HeldVisit Held(Visit visit)
    {
        var line = visit.Last.Line;
        return new HeldVisit(
            line.OccurredOn, visit.Times, line.Subject, line.Role, line.Organisation, visit.Part.ToString(), line.Action.ToString(), line.Outcome.ToString(),
            line.Purpose, line.Ground, trail.EmergencyOf(visit));
    }
}
