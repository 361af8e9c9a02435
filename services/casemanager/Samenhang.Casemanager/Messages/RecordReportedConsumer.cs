using MassTransit;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Vault;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Cases;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Messages;

/// <summary>Takes in what the records of the domains say about a case; the case then asks again what it touches.</summary>
public sealed partial class RecordReportedConsumer(CaseDesk cases, Pseudonyms pseudonyms, ILogger<RecordReportedConsumer> logger)
    : IConsumer<RecordReported>, IConsumer<EmployerProvisionChanged>, IConsumer<EmployerAbsenceChanged>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<RecordReported> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var reported = context.Message;
        return TakeAsync(context, reported.Domain, reported.CasePseudonym, reported.Kind, reported.RecordId, reported.Version, KnownWords.Read(() => Read(reported.News)));
    }

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EmployerProvisionChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var changed = context.Message;
        return TakeAsync(context, ServiceNames.Employer, changed.CasePseudonym, "provision", changed.RecordId, changed.Version, KnownWords.Read(() => new RecordNews
        {
            Provisions =
            [
                new ProvisionEntry
                {
                    Id = changed.ProvisionId,
                    Scheme = Codes<EmployerScheme>.Of(changed.Scheme),
                    Domain = ServiceNames.Employer,
                    Status = Codes<TrackStatus>.Of(changed.Status),
                    NeedIds = changed.NeedIds,
                    RequestedOn = changed.RequestedOn,
                    From = changed.From,
                    To = changed.To,
                    Facts = changed.RefusalReason is { } reason ? new Dictionary<string, Value> { ["prov.refusalReason"] = Value.Of(Codes<RefusalReason>.Of(reason)) } : [],
                },
            ],
        }));
    }

    /// <inheritdoc/>
    public Task Consume(ConsumeContext<EmployerAbsenceChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var changed = context.Message;
        return TakeAsync(context, ServiceNames.Employer, changed.CasePseudonym, "absence", changed.RecordId, changed.Version, KnownWords.Read(() => AbsenceReading.Read(changed)));
    }

    private static RecordNews Read(CaseNews news) => new()
    {
        Facts = Read(news.Facts),
        Provisions = [.. news.Provisions.Select(p => new ProvisionEntry
        {
            Id = p.Id,
            Scheme = p.Scheme,
            Domain = p.Domain,
            Status = p.Status,
            NeedIds = p.NeedIds,
            ProviderId = p.ProviderId,
            Payer = p.Payer,
            RequestedOn = p.RequestedOn,
            From = p.From,
            To = p.To,
            Product = p.Product,
            Goal = p.Goal,
            Facts = Read(p.Facts),
        })],
        Parties = [.. news.Parties.Select(p => new PartyEntry
        {
            Id = p.Id,
            Role = p.Role,
            Profession = p.Profession,
            Organisation = p.Organisation,
            Service = p.Service,
            ProvisionIds = p.ProvisionIds,
            Facts = Read(p.Facts),
        })],
        Events = news.Events,
        Evidence = Read(news.Evidence),
        EvidenceTakenBack = Read(news.EvidenceTakenBack),
    };

    private static IReadOnlyList<Evidence> Read(IReadOnlyList<EvidenceView> evidence) => [.. evidence.Select(e => new Evidence(e.Type, e.Date, e.By, Read(e.Fields)))];

    /// <summary>News of the employer under the ids of the case: the employer knows needs and provisions by names of its own.</summary>
    private RecordNews Back(RecordNews news, CaseState state)
    {
        var ids = pseudonyms.ForEmployer(state.Opened!.CaseId).Back(state.Needs.Select(need => need.Id).Concat(state.Provisions.Select(provision => provision.Id)));
        return news with { Provisions = [.. news.Provisions.Select(p => p with { Id = ids.Of(p.Id), NeedIds = [.. p.NeedIds.Select(ids.Of)] })] };
    }

    private static Dictionary<string, Value> Read(IReadOnlyList<KnownFact> facts) => facts.ToDictionary(f => f.Fact, f => f.Value.ToValue());

    // A domain also keeps records of people for whom nobody opened a case here.
    private async Task TakeAsync(ConsumeContext context, string service, string pseudonym, string kind, string recordId, long version, RecordNews news)
    {
        var known = await cases.HearAsync(
            service,
            pseudonym,
            context.MessageId!.Value,
            (state, now) => new CaseCommand.HearRecord(service, $"{kind}/{recordId}", version, service == ServiceNames.Employer ? Back(news, state) : news) { At = now },
            context.CancellationToken);
        if (!known)
        {
            LogUnknownCase(logger, service, kind, recordId);
        }
    }

    [LoggerMessage(3004, LogLevel.Information, "Record {Kind}/{RecordId} of {Service} belongs to no case that is known here.", EventName = "RecordOfUnknownCase")]
    private static partial void LogUnknownCase(ILogger logger, string service, string kind, string recordId);
}
