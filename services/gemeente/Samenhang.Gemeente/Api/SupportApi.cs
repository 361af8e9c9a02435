using Grpc.Core;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Protos.Gemeente.V1;
using Kept = Samenhang.Gemeente.Support;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Gemeente.Api;

/// <summary>From report to decision: parse, handle, reply.</summary>
public sealed class SupportApi(ClientDesk desk, ClientReaders readers, MessageRules rules) : SupportService.SupportServiceBase
{
    /// <inheritdoc/>
    public override Task<ReportNeedResponse> ReportNeed(ReportNeedRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("report_id", request.ReportId);
        var on = reader.Day("reported_on", request.ReportedOn);
        reader.EnsureValid();
        return desk.HandleAsync(asked, client => Kept.ReportDecisions.Take(client, id, on), (_, client) => new ReportNeedResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<StartInvestigationResponse> StartInvestigation(StartInvestigationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("report_id", request.ReportId);
        var on = reader.Day("started_on", request.StartedOn);
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => Kept.ReportDecisions.Start(client, id, on), (_, client) => new StartInvestigationResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ConcludeInvestigationResponse> ConcludeInvestigation(ConcludeInvestigationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("report_id", request.ReportId);
        var on = reader.Day("concluded_on", request.ConcludedOn);
        var result = reader.Member("result", request.Result) switch
        {
            InvestigationResult.OwnStrength => Kept.InvestigationResult.OwnStrength,
            InvestigationResult.GeneralFacility => Kept.InvestigationResult.GeneralFacility,
            InvestigationResult.OtherLaw => Kept.InvestigationResult.OtherLaw,
            InvestigationResult.ClientWithdrew => Kept.InvestigationResult.ClientWithdrew,
            _ => Kept.InvestigationResult.IndividualProvision,
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => Kept.ReportDecisions.Conclude(client, id, on, result), (_, client) => new ConcludeInvestigationResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ApplyResponse> Apply(ApplyRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var scheme = reader.Scheme("scheme", request.Scheme);
        var made = new Kept.Application
        {
            Id = reader.Reference("application_id", request.ApplicationId),
            ReportId = reader.OptionalReference("report_id", request.ReportId),
            Scheme = request.Scheme,
            Law = scheme?.Law ?? "",
            IsRight = scheme?.EntitlementKind == "right",
            NeedIds = reader.Needs("need_ids", request.NeedIds),
            CaseProvisionId = reader.OptionalId("case_provision_id", request.CaseProvisionId),
            AppliedOn = reader.Day("applied_on", request.AppliedOn),
        };
        if (made is { Law: "Wmo", ReportId: null })
        {
            reader.Add("report_id", "Bij de Wmo gaat een melding voor de aanvraag. Noem de melding.", "For the Wmo a report goes before the application. Name the report.");
        }

        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => Kept.ApplicationDecisions.Apply(client, made, rules), (_, client) => new ApplyResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<WithdrawApplicationResponse> WithdrawApplication(WithdrawApplicationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("application_id", request.ApplicationId);
        var on = reader.Day("withdrawn_on", request.WithdrawnOn);
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => Kept.ApplicationDecisions.Withdraw(client, id, on), (_, client) => new WithdrawApplicationResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<SuspendDecisionResponse> SuspendDecision(SuspendDecisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("application_id", request.ApplicationId);
        var from = reader.Day("from", request.From);
        var by = reader.Id("by", request.By);
        var reason = reader.Member("reason", request.Reason) switch
        {
            StandstillReason.InformationFromAbroad => Kept.StandstillReason.InformationFromAbroad,
            StandstillReason.ApplicantAgreed => Kept.StandstillReason.ApplicantAgreed,
            StandstillReason.DelayOfApplicant => Kept.StandstillReason.DelayOfApplicant,
            StandstillReason.ForceMajeure => Kept.StandstillReason.ForceMajeure,
            _ => Kept.StandstillReason.IncompleteApplication,
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked,
            client => Kept.ApplicationDecisions.Suspend(client, id, new Kept.Standstill(from, null, by, reason)),
            (_, client) => new SuspendDecisionResponse { Client = client },
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ResumeDecisionResponse> ResumeDecision(ResumeDecisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("application_id", request.ApplicationId);
        var on = reader.Day("on", request.On);
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => Kept.ApplicationDecisions.Resume(client, id, on), (_, client) => new ResumeDecisionResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<DecideApplicationResponse> DecideApplication(DecideApplicationRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("application_id", request.ApplicationId);
        var on = reader.Day("decided_on", request.DecidedOn);
        var refused = reader.Member("decision", request.Decision) == Wire.Decision.Refuse;
        var reason = reader.RefusalReason(refused, request.RefusalReason);
        var decision = refused ? Refused(reader, request, on, reason) : Granted(reader, request, on);
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => Kept.ApplicationDecisions.Decide(client, id, decision, rules), (_, client) => new DecideApplicationResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<EndDecisionResponse> EndDecision(EndDecisionRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var id = reader.Reference("application_id", request.ApplicationId);
        var on = reader.Day("decided_on", request.DecidedOn);
        var to = reader.RequiredDay("to", request.To);
        reader.EnsureValid();
        return desk.HandleAsync(asked, client => Kept.ApplicationDecisions.End(client, id, on, to), (_, client) => new EndDecisionResponse { Client = client }, context.CancellationToken);
    }

    private static Kept.Decision Granted(ClientReader reader, DecideApplicationRequest request, DateOnly on)
    {
        var from = reader.RequiredDay("from", request.From);
        return new Kept.Decision
        {
            Granted = true,
            On = on,
            Form = reader.Member("form", request.Form) == DeliveryForm.Budget ? Kept.DeliveryForm.Budget : Kept.DeliveryForm.InKind,
            Product = reader.Product("product", request.Product),
            From = from,
            To = reader.LastDay("to", from, request.To),
        };
    }

    private static Kept.Decision Refused(ClientReader reader, DecideApplicationRequest request, DateOnly on, string? reason)
    {
        const string Nl = "Dit hoort alleen bij een toekenning.";
        const string En = "This belongs to a grant only.";
        reader.Empty(request.Form != DeliveryForm.Unspecified, "form", Nl, En);
        reader.Empty(request.Product is not null, "product", Nl, En);
        reader.Empty(request.From is not null, "from", Nl, En);
        reader.Empty(request.To is not null, "to", Nl, En);
        return new Kept.Decision { Granted = false, On = on, RefusalReason = reason };
    }
}
