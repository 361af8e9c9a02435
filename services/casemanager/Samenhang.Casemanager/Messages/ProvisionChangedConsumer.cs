using MassTransit;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Messages;

/// <summary>Takes in what happens to provisions in the domains; the case then asks again what it touches.</summary>
public sealed partial class ProvisionChangedConsumer(CaseDesk cases, ILogger<ProvisionChangedConsumer> logger) : IConsumer<ProvisionChanged>, IConsumer<EmployerProvisionChanged>
{
    private const string RefusalFact = "prov.refusalReason";

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<ProvisionChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var changed = context.Message;
        return TakeAsync(context, changed.Domain, changed.CasePseudonym, new ProvisionEntry
        {
            Id = changed.ProvisionId,
            Scheme = changed.Scheme,
            Domain = changed.Domain,
            Status = changed.Status,
            NeedIds = changed.NeedIds,
            ProviderId = changed.ProviderId,
            Product = changed.Product,
            RequestedOn = changed.RequestedOn,
            From = changed.From,
            To = changed.To,
            Facts = Facts(changed.RefusalReason),
        });
    }

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EmployerProvisionChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var changed = context.Message;
        return TakeAsync(context, ServiceNames.Employer, changed.CasePseudonym, new ProvisionEntry
        {
            Id = changed.ProvisionId,
            Scheme = Codes<EmployerScheme>.Of(changed.Scheme),
            Domain = ServiceNames.Employer,
            Status = Codes<TrackStatus>.Of(changed.Status),
            NeedIds = changed.NeedIds,
            RequestedOn = changed.RequestedOn,
            From = changed.From,
            To = changed.To,
            Facts = Facts(changed.RefusalReason is { } reason ? Codes<RefusalReason>.Of(reason) : null),
        });
    }

    private static Dictionary<string, Value> Facts(string? refusalReason) =>
        refusalReason is null ? [] : new() { [RefusalFact] = Value.Of(refusalReason) };

    // A domain also keeps provisions of people for whom nobody opened a case here.
    private async Task TakeAsync(ConsumeContext context, string service, string pseudonym, ProvisionEntry provision)
    {
        var known = await cases.HearAsync(
            service,
            pseudonym,
            context.MessageId!.Value,
            (state, now) => new CaseCommand.RecordProvision(Fitting(provision, state)) { At = now },
            context.CancellationToken);
        if (!known)
        {
            LogUnknownCase(logger, service, provision.Id);
        }
    }

    // A domain may name a need that the case does not have (any more): the provision is told all the same.
    private static ProvisionEntry Fitting(ProvisionEntry provision, CaseState state) =>
        provision with { NeedIds = [.. provision.NeedIds.Where(id => state.Needs.Any(need => need.Id == id))] };

    [LoggerMessage(3004, LogLevel.Information, "Provision {ProvisionId} of {Service} belongs to no case that is known here.", EventName = "ProvisionOfUnknownCase")]
    private static partial void LogUnknownCase(ILogger logger, string service, string provisionId);
}
