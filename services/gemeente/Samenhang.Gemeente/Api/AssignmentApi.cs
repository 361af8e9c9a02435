using Grpc.Core;
using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Protos.Gemeente.V1;
using Kept = Samenhang.Gemeente.Assignments;

namespace Samenhang.Gemeente.Api;

/// <summary>Assignments and what providers tell of their delivery: parse, handle, reply.</summary>
public sealed class AssignmentApi(ClientDesk desk, ClientReaders readers, MessageRules rules) : AssignmentService.AssignmentServiceBase
{
    /// <inheritdoc/>
    public override Task<AssignSupportResponse> AssignSupport(AssignSupportRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var message = new SentMessage { Id = reader.Reference("message_id", request.MessageId), On = reader.Day("written_on", request.WrittenOn) };
        var provider = reader.Provider(request.ProviderAgb);
        reader.Empty(request.Products.Count == 0, "products", "Noem ten minste één product.", "Name at least one product.");
        var products = reader.Items("products", request.Products, (path, product) => Read(reader, path, product, provider));
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => AssignmentDecisions.Assign(client, message, products, rules), (_, client) => new AssignSupportResponse { Client = client }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ReportStartResponse> ReportStart(ReportStartRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var told = new Delivery
        {
            Kind = DeliveryKind.Start,
            MessageId = reader.Reference("message_id", request.MessageId),
            WrittenAt = reader.Moment("written_at", request.WrittenAt),
            Provider = reader.Provider(request.ProviderAgb),
            Number = reader.Number("assignment_number", request.AssignmentNumber),
            Day = reader.RequiredDay("started_on", request.StartedOn),
            Removed = reader.Removed(request.Status),
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked,
            client => DeliveryDecisions.Take(client, told),
            (file, client) => new ReportStartResponse { Client = client, AssignmentKnown = file.Assignment(told.Number) is not null },
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ReportStopResponse> ReportStop(ReportStopRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var told = new Delivery
        {
            Kind = DeliveryKind.Stop,
            MessageId = reader.Reference("message_id", request.MessageId),
            WrittenAt = reader.Moment("written_at", request.WrittenAt),
            Provider = reader.Provider(request.ProviderAgb),
            Number = reader.Number("assignment_number", request.AssignmentNumber),
            Day = reader.RequiredDay("stopped_on", request.StoppedOn),
            Reason = reader.Code("reason", request.Reason),
            Removed = reader.Removed(request.Status),
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked,
            client => DeliveryDecisions.Take(client, told),
            (file, client) => new ReportStopResponse { Client = client, AssignmentKnown = file.Assignment(told.Number) is not null },
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<RecordReturnResponse> RecordReturn(RecordReturnRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var reader = readers.New();
        var asked = reader.Request(request, request.RequestId, request.Client, request.HasExpectedVersion ? request.ExpectedVersion : null);
        var returned = new ReturnMessage
        {
            MessageId = reader.Reference("message_id", request.MessageId),
            ReceivedOn = reader.Day("received_on", request.ReceivedOn),
            Codes = reader.Items("return_codes", request.ReturnCodes, (path, code) =>
            {
                reader.Empty(code.Length != 4, path, "Een retourcode heeft vier tekens.", "A return code has four characters.");
                return code;
            }),
        };
        reader.EnsureValid();
        return desk.HandleAsync(
            asked, client => DeliveryDecisions.Return(client, returned), (_, client) => new RecordReturnResponse { Client = client }, context.CancellationToken);
    }

    private static Kept.Assignment Read(ClientReader reader, string path, AssignedProduct product, string provider)
    {
        var applicationId = reader.OptionalReference($"{path}.application_id", product.ApplicationId);
        if (applicationId is null)
        {
            reader.Scheme($"{path}.scheme", product.Scheme);
        }
        else
        {
            reader.Empty(product.Scheme.Length > 0, $"{path}.scheme", "De regeling is die van de aanvraag.", "The scheme is that of the application.");
            reader.Empty(product.NeedIds.Count > 0, $"{path}.need_ids", "De behoeften zijn die van de aanvraag.", "The needs are those of the application.");
        }

        var from = reader.RequiredDay($"{path}.from", product.From);
        return new Kept.Assignment
        {
            Number = reader.Number($"{path}.assignment_number", product.AssignmentNumber),
            AssignedAt = reader.Moment($"{path}.assigned_at", product.AssignedAt),
            Provider = provider,
            Product = reader.Product($"{path}.product", product.Product),
            From = from,
            To = reader.LastDay($"{path}.to", from, product.To),
            ChangeReason = reader.OptionalCode($"{path}.change_reason", product.ChangeReason),
            Volume = reader.Volume($"{path}.volume", product.Volume),
            ProviderReference = reader.OptionalReference($"{path}.provider_reference", product.ProviderReference),
            ApplicationId = applicationId,
            Scheme = product.Scheme,
            NeedIds = reader.Needs($"{path}.need_ids", product.NeedIds),
        };
    }
}
