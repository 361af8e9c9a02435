using Grpc.Core;
using Samenhang.Api;
using Samenhang.Domains;
using Samenhang.Domains.Records;
using Samenhang.Employer.Absences;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Employer.V1;
using Absence = Samenhang.Employer.Absences.Absence;

namespace Samenhang.Employer.Api;

/// <summary>The gRPC methods for the company physician: parse, handle, reply. Kept apart from those of the employer's line.</summary>
public sealed class CompanyPhysicianApi(DomainRulebook<EmployerDomain> rulebook, RecordDesk<EmployerDomain, Absence, AbsenceEvent> absences, Days days)
    : CompanyPhysicianService.CompanyPhysicianServiceBase
{
    /// <inheritdoc/>
    public override Task<GiveAdviceResponse> GiveAdvice(GiveAdviceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var advice = reader.Advice(request);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => PhysicianDecisions.Advise(current, advice),
            (absence, version) => new GiveAdviceResponse { Guidance = absence.ToGuidance(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<RecordOpenConsultationResponse> RecordOpenConsultation(RecordOpenConsultationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var held = reader.RequiredAnswer("open_consultation", request.OpenConsultation);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => PhysicianDecisions.RecordOpenConsultation(current, held),
            (absence, version) => new RecordOpenConsultationResponse { Guidance = absence.ToGuidance(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<RecordAlignmentResponse> RecordAlignment(RecordAlignmentRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var partner = reader.Partner(request.Partner);
        var day = reader.Day("held_on", request.HeldOn);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => PhysicianDecisions.Align(current, partner, day),
            (absence, version) => new RecordAlignmentResponse { Guidance = absence.ToGuidance(version) },
            context);
    }

    /// <inheritdoc/>
    public override async Task<GetGuidanceResponse> GetGuidance(GetGuidanceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (absence, version) = (await absences.FindAsync(request.AbsenceId, context.CancellationToken)).OrFail();
        return new GetGuidanceResponse { Guidance = absence.ToGuidance(version) };
    }

    private static RequestIdentity Identity(string requestId, Google.Protobuf.IMessage request, bool hasVersion, long version) =>
        RequestIdentity.Of(requestId, request, hasVersion ? version : null);

    private AbsenceReader Reader() => new(rulebook.Vocabulary, days);

    private async Task<TReply> ChangeAsync<TReply>(
        RequestIdentity request, string id, Func<Absence, Result<AbsenceEvent>> decide, Func<Absence, long, TReply> reply, ServerCallContext context)
        where TReply : class, Google.Protobuf.IMessage<TReply>, new() =>
        (await absences.ChangeAsync(request, id, decide, reply, context.CancellationToken)).OrFail();
}
