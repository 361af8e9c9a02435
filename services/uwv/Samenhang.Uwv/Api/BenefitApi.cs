using Grpc.Core;
using Samenhang.Api;
using Samenhang.Domains;
using Samenhang.Domains.Records;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Uwv.Benefits;
using Benefit = Samenhang.Uwv.Benefits.Benefit;
using BenefitLaw = Samenhang.Uwv.Benefits.BenefitLaw;
using BenefitStatus = Samenhang.Uwv.Benefits.BenefitStatus;
using Wire = Samenhang.Protos.Uwv.V1;

namespace Samenhang.Uwv.Api;

/// <summary>The gRPC methods for benefits: parse, handle, reply.</summary>
public sealed class BenefitApi(DomainRulebook<UwvDomain> rulebook, RecordDesk<UwvDomain, Benefit, BenefitEvent> benefits, Days days) : BenefitService.BenefitServiceBase
{
    /// <inheritdoc/>
    public override async Task<ApplyForBenefitResponse> ApplyForBenefit(ApplyForBenefitRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var pseudonym = reader.New(request.RequestId, request.CasePseudonym);
        var asked = new Benefit
        {
            Id = "",
            CasePseudonym = pseudonym,
            Law = reader.Required<Wire.BenefitLaw, BenefitLaw>("law", request.Law),
            Status = BenefitStatus.Applied,
            AppliedOn = reader.Day("applied_on", request.AppliedOn),
            NeedIds = reader.Needs(request.NeedIds),
        };
        reader.EnsureValid();
        return (await benefits.CreateAsync(
            RequestIdentity.Of(request.RequestId, request),
            id => BenefitDecisions.Apply(asked with { Id = id }, rulebook.Vocabulary),
            (record, version) => new ApplyForBenefitResponse { Benefit = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GrantBenefitResponse> GrantBenefit(GrantBenefitRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "benefit_id", request.BenefitId);
        var on = reader.Day("decided_on", request.DecidedOn);
        var from = reader.RequiredDay("from", request.From);
        var percent = reader.Percent(request.HasIncapacityPercent, request.IncapacityPercent);
        var permanence = reader.Permanence(request.Permanence);
        reader.EnsureValid();
        return (await benefits.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => BenefitDecisions.Grant(current, on, from, percent, permanence, rulebook.Vocabulary),
            (record, version) => new GrantBenefitResponse { Benefit = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<RefuseBenefitResponse> RefuseBenefit(RefuseBenefitRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "benefit_id", request.BenefitId);
        var on = reader.Day("decided_on", request.DecidedOn);
        var reason = reader.RefusalReason(request.RefusalReason);
        reader.EnsureValid();
        return (await benefits.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => BenefitDecisions.Refuse(current, on, reason),
            (record, version) => new RefuseBenefitResponse { Benefit = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<EndBenefitResponse> EndBenefit(EndBenefitRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = Reader();
        var id = reader.Change(request.RequestId, "benefit_id", request.BenefitId);
        var to = reader.Day("to", request.To);
        reader.EnsureValid();
        var ending = (await benefits.FindAsync(id, context.CancellationToken)).OrFail().Record;
        var others = (await benefits.OfCaseAsync(ending.CasePseudonym!, context.CancellationToken)).Select(item => item.Record).ToList();
        return (await benefits.ChangeAsync(
            RequestIdentity.Of(request.RequestId, request, request.HasExpectedVersion ? request.ExpectedVersion : null),
            id,
            current => BenefitDecisions.End(current, to, others.Any(other => other.Id != id && other.Status == BenefitStatus.Granted)),
            (record, version) => new EndBenefitResponse { Benefit = record.ToWire(version) },
            context.CancellationToken)).OrFail();
    }

    /// <inheritdoc/>
    public override async Task<GetBenefitResponse> GetBenefit(GetBenefitRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var (record, version) = (await benefits.FindAsync(request.BenefitId, context.CancellationToken)).OrFail();
        return new GetBenefitResponse { Benefit = record.ToWire(version) };
    }

    /// <inheritdoc/>
    public override async Task<ListBenefitsResponse> ListBenefits(ListBenefitsRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var found = await benefits.OfCaseAsync(request.CasePseudonym, context.CancellationToken);
        return new ListBenefitsResponse { Benefits = { found.Select(item => item.Record.ToWire(item.Version)) } };
    }

    private UwvReader Reader() => new(rulebook.Vocabulary, days);
}
