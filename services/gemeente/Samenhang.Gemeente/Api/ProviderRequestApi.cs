using Grpc.Core;
using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.ProviderRequests;
using Samenhang.Protos.Gemeente.V1;
using Kept = Samenhang.Gemeente.ProviderRequests;

namespace Samenhang.Gemeente.Api;

/// <summary>What providers ask and claim: parse, handle, reply.</summary>
public sealed class ProviderRequestApi(ClientDesk desk, ClientReaders readers, MessageRules rules) : ProviderRequestService.ProviderRequestServiceBase
{
    /// <inheritdoc/>
    public override Task<RequestAssignmentResponse> RequestAssignment(RequestAssignmentRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var from = reader.RequiredDay("from", request.From);
        var made = new Kept.ProviderRequest
        {
            Provider = reader.Provider(request.ProviderAgb),
            Reference = reader.Reference("provider_reference", request.ProviderReference),
            WrittenOn = reader.RequiredDay("written_on", request.WrittenOn),
            ReceivedOn = reader.Day("received_on", request.ReceivedOn),
            Product = reader.Product("product", request.Product),
            From = from,
            To = reader.LastDay("to", from, request.To),
            Scheme = request.Scheme,
            Law = reader.Scheme("scheme", request.Scheme)?.Law,
            NeedIds = reader.Needs("need_ids", request.NeedIds),
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => ProviderRequestDecisions.Take(client, made, rules), (_, client) => new RequestAssignmentResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<RequestChangeResponse> RequestChange(RequestChangeRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var from = reader.RequiredDay("from", request.From);
        var made = new Kept.ProviderRequest
        {
            Provider = reader.Provider(request.ProviderAgb),
            Reference = reader.Reference("provider_reference", request.ProviderReference),
            WrittenOn = reader.RequiredDay("written_on", request.WrittenOn),
            ReceivedOn = reader.Day("received_on", request.ReceivedOn),
            Number = reader.Number("assignment_number", request.AssignmentNumber),
            Product = reader.Product("product", request.Product),
            From = from,
            To = reader.LastDay("to", from, request.To),
            NeedIds = [],
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => ProviderRequestDecisions.Take(client, made, rules), (_, client) => new RequestChangeResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<AnswerRequestResponse> AnswerRequest(AnswerRequestRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var provider = reader.Provider(request.ProviderAgb);
        var reference = reader.Reference("provider_reference", request.ProviderReference);
        var on = reader.Day("answered_on", request.AnsweredOn);
        var message = new SentMessage { Id = reader.Reference("message_id", request.MessageId), On = on };
        var kind = reader.Member("answer", request.Answer) switch
        {
            RequestAnswer.Rejected => AnswerKind.Rejected,
            RequestAnswer.InInvestigation => AnswerKind.InInvestigation,
            _ => AnswerKind.Accepted,
        };
        var reason = reader.RefusalReason(kind == AnswerKind.Rejected, request.RefusalReason);
        reader.Empty(request.ResidenceElsewhere && kind != AnswerKind.Rejected, "residence_elsewhere", "Alleen een afwijzing heeft een reden.", "Only a rejection has a reason.");
        reader.EnsureValid();
        var answer = new GivenAnswer(kind, on, reason, request.ResidenceElsewhere);
        return desk.HandleAsync(
            asked,
            client => ProviderRequestDecisions.Answer(client, provider, reference, answer, message, rules),
            (_, client) => new AnswerRequestResponse { Client = client },
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ReceiveClaimResponse> ReceiveClaim(ReceiveClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var claim = new Kept.Claim
        {
            Provider = reader.Provider(request.ProviderAgb),
            MessageId = reader.Reference("message_id", request.MessageId),
            ReceivedOn = reader.Day("received_on", request.ReceivedOn),
            AmountCents = reader.Cents("amount_cents", request.AmountCents, 1),
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => ClaimDecisions.Take(client, claim, rules), (_, client) => new ReceiveClaimResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<AnswerClaimResponse> AnswerClaim(AnswerClaimRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var provider = reader.Provider(request.ProviderAgb);
        var messageId = reader.Reference("message_id", request.MessageId);
        var on = reader.Day("answered_on", request.AnsweredOn);
        var approved = reader.Cents("approved_cents", request.ApprovedCents, 0);
        reader.EnsureValid();
        return desk.HandleAsync(
            asked,
            client => ClaimDecisions.Answer(client, provider, messageId, on, approved),
            (_, client) => new AnswerClaimResponse { Client = client },
            context.CancellationToken);
    }
}
