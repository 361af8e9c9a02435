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

/// <summary>The gRPC methods for the employer's line: parse, handle, reply.</summary>
public sealed class AbsenceApi(DomainRulebook<EmployerDomain> rulebook, RecordDesk<EmployerDomain, Absence, AbsenceEvent> absences, Days days)
    : AbsenceService.AbsenceServiceBase
{
    /// <inheritdoc/>
    public override async Task<ReportAbsenceResponse> ReportAbsence(ReportAbsenceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var reported = reader.Reported(request);
        reader.EnsureValid();
        var earlier = await absences.OfReferenceAsync(reported.PersonnelNumber, context.CancellationToken);
        return (await absences.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => AbsenceDecisions.Report(reported with { Id = id }, [.. earlier.Select(item => item.Record)], TermsOn(reported.FirstSickDay)),
            (absence, version) => new ReportAbsenceResponse { Absence = absence.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override Task<LinkAbsenceResponse> LinkAbsence(LinkAbsenceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var pseudonym = reader.Case(request.CasePseudonym);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.Link(current, pseudonym),
            (absence, version) => new LinkAbsenceResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<CorrectFirstSickDayResponse> CorrectFirstSickDay(CorrectFirstSickDayRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var day = reader.RequiredDay("first_sick_day", request.FirstSickDay);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.CorrectFirstSickDay(current, day),
            (absence, version) => new CorrectFirstSickDayResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<ReportMilestoneResponse> ReportMilestone(ReportMilestoneRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var milestone = reader.Milestone(request.Milestone);
        var day = reader.Day("reached_on", request.ReachedOn);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.Reach(current, milestone, day),
            (absence, version) => new ReportMilestoneResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<AnswerAdviceResponse> AnswerAdvice(AnswerAdviceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var deviation = reader.Deviation(request);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.AnswerAdvice(current, deviation),
            (absence, version) => new AnswerAdviceResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<ReportRecoveryResponse> ReportRecovery(ReportRecoveryRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var day = reader.Day("recovered_from", request.RecoveredFrom);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.Recover(current, day),
            (absence, version) => new ReportRecoveryResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<ReportRelapseResponse> ReportRelapse(ReportRelapseRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var day = reader.RequiredDay("first_sick_day", request.FirstSickDay);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.Relapse(current, day, TermsOn(day)),
            (absence, version) => new ReportRelapseResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override Task<ReportWageSanctionResponse> ReportWageSanction(ReportWageSanctionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, request.AbsenceId);
        var sanction = reader.Sanction(request);
        reader.EnsureValid();
        return ChangeAsync(
            Identity(request.RequestId, request, request.HasExpectedVersion, request.ExpectedVersion),
            id,
            current => AbsenceDecisions.Sanction(current, sanction, TermsOn(sanction.From)),
            (absence, version) => new ReportWageSanctionResponse { Absence = absence.ToWire(version) },
            context);
    }

    /// <inheritdoc/>
    public override async Task<GetAbsenceResponse> GetAbsence(GetAbsenceRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (absence, version) = (await absences.FindAsync(request.AbsenceId, context.CancellationToken)).OrFail();
        return new GetAbsenceResponse { Absence = absence.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListAbsencesResponse> ListAbsences(ListAbsencesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var number = reader.PersonnelNumber(request.PersonnelNumber);
        reader.EnsureValid();
        var found = await absences.OfReferenceAsync(number, context.CancellationToken);
        return new ListAbsencesResponse { Absences = { found.Select(item => item.Record.ToWire(item.Version)) } };
    }

    /// <inheritdoc/>
    public override async Task<ListTermsResponse> ListTerms(ListTermsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var on = reader.Day("on", request.On);
        reader.EnsureValid();
        var (absence, _) = (await absences.FindAsync(request.AbsenceId, context.CancellationToken)).OrFail();
        return new ListTermsResponse { Terms = { AbsenceClock.Of(absence, rulebook.Vocabulary, on).Select(AbsenceWriter.ToWire) } };
    }

    private AbsenceTerms TermsOn(DateOnly day) => AbsenceTerms.On(rulebook.Vocabulary, day);

    private static RequestIdentity Identity(string requestId, Google.Protobuf.IMessage request, bool hasVersion, long version) =>
        RequestIdentity.Of(requestId, request, hasVersion ? version : null);

    private AbsenceReader Reader() => new(rulebook.Vocabulary, days);

    private async Task<TReply> ChangeAsync<TReply>(
        RequestIdentity request, string id, Func<Absence, Result<AbsenceEvent>> decide, Func<Absence, long, TReply> reply, ServerCallContext context)
        where TReply : class, Google.Protobuf.IMessage<TReply>, new() =>
        (await absences.ChangeAsync(request, id, decide, reply, context.CancellationToken)).OrFail();
}
