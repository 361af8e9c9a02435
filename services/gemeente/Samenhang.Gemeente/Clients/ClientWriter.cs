using Samenhang.Api.Writing;
using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.ProviderRequests;
using Samenhang.Gemeente.Support;
using Wire = Samenhang.Protos.Gemeente.V1;

namespace Samenhang.Gemeente.Clients;

/// <summary>Writes the file of a client as the contracts say it.</summary>
public static class ClientWriter
{
    /// <summary>A file with its version and the terms that run on a day. Under a safety block nobody reads in it who delivers.</summary>
    public static Wire.Client ToWire(this ClientFile client, long version, MessageRules rules, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(rules);
        string Shown(string provider) => client.SafetyBlockSince is null ? provider : "";
        return new Wire.Client
        {
            Client_ = client.Name.ToWire(),
            CasePseudonym = client.CasePseudonym ?? "",
            SafetyBlockSince = client.SafetyBlockSince.ToWire(),
            Reports = { client.Reports.OrderBy(report => report.ReportedOn).Select(ToWire) },
            Applications = { client.Applications.Select(application => ToWire(client, application)) },
            Assignments = { client.Assignments.Select(assignment => ToWire(client, assignment, rules, Shown)) },
            ProviderRequests = { client.Requests.Select(request => ToWire(client, request, Shown)) },
            Claims = { client.Claims.Select(claim => ToWire(claim, Shown)) },
            HeldMessageIds = { client.Sent.Where(message => message.Held).Select(message => message.Id) },
            OpenTerms = { ClientTerms.Of(client, rules).Select(term => term.ToWire(client.Name, rules, today)) },
            Version = version,
        };
    }

    /// <summary>A term as it stands on a day.</summary>
    public static Wire.OpenTerm ToWire(this ClientTerm term, ClientName client, MessageRules rules, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(rules);
        var rule = rules.Of(term.Rule);
        return new Wire.OpenTerm
        {
            Client = client.ToWire(),
            RuleId = rule.Id,
            Rule = new Protos.Common.V1.Sentence { Nl = rule.Nl, En = rule.En },
            About = term.About,
            Owner = rule.Owner == TermKeeper.Provider ? Wire.TermOwner.Provider : Wire.TermOwner.Municipality,
            StartedOn = term.StartedOn.ToWire(),
            DueOn = term.DueOn.ToWire(),
            Status = (term.SuspendedSince <= today, today.CompareTo(term.DueOn)) switch
            {
                (true, _) => Wire.TermStatus.Suspended,
                (_, > 0) => Wire.TermStatus.Overdue,
                (_, 0) => Wire.TermStatus.Due,
                (_, < 0) => Wire.TermStatus.Running,
            },
            SuspendedSince = term.SuspendedSince.ToWire(),
        };
    }

    private static Wire.ClientReference ToWire(this ClientName name) => new() { MunicipalityCode = name.MunicipalityCode, ClientReference_ = name.Reference };

    private static Wire.Report ToWire(Report report) => new()
    {
        ReportId = report.Id,
        ReportedOn = report.ReportedOn.ToWire(),
        InvestigationStartedOn = report.Investigation?.StartedOn.ToWire(),
        InvestigationConcludedOn = report.Investigation?.ConcludedOn.ToWire(),
        InvestigationResult = report.Investigation?.Result is { } result ? ToWire(result) : Wire.InvestigationResult.Unspecified,
    };

    private static Wire.InvestigationResult ToWire(InvestigationResult result) => result switch
    {
        InvestigationResult.OwnStrength => Wire.InvestigationResult.OwnStrength,
        InvestigationResult.GeneralFacility => Wire.InvestigationResult.GeneralFacility,
        InvestigationResult.IndividualProvision => Wire.InvestigationResult.IndividualProvision,
        InvestigationResult.OtherLaw => Wire.InvestigationResult.OtherLaw,
        InvestigationResult.ClientWithdrew => Wire.InvestigationResult.ClientWithdrew,
    };

    private static Wire.Application ToWire(ClientFile client, Application application) => new()
    {
        ApplicationId = application.Id,
        ReportId = application.ReportId ?? "",
        Scheme = application.Scheme,
        NeedIds = { application.NeedIds },
        CaseProvisionId = ClientNews.ProvisionOf(client, application),
        AppliedOn = application.AppliedOn.ToWire(),
        WithdrawnOn = application.WithdrawnOn.ToWire(),
        Decision = application.Decision is { } decision ? ToWire(decision) : null,
        EntitlementKind = application.IsRight ? Wire.EntitlementKind.Right : Wire.EntitlementKind.Provision,
        Standstills = { application.Standstills.Select(ToWire) },
    };

    private static Wire.Standstill ToWire(Standstill standstill) => new()
    {
        From = standstill.From.ToWire(),
        To = standstill.To.ToWire(),
        By = standstill.By,
        Reason = standstill.Reason switch
        {
            StandstillReason.IncompleteApplication => Wire.StandstillReason.IncompleteApplication,
            StandstillReason.InformationFromAbroad => Wire.StandstillReason.InformationFromAbroad,
            StandstillReason.ApplicantAgreed => Wire.StandstillReason.ApplicantAgreed,
            StandstillReason.DelayOfApplicant => Wire.StandstillReason.DelayOfApplicant,
            StandstillReason.ForceMajeure => Wire.StandstillReason.ForceMajeure,
        },
    };

    private static Wire.ApplicationDecision ToWire(Decision decision) => new()
    {
        Granted = decision.Granted,
        DecidedOn = decision.On.ToWire(),
        RefusalReason = decision.RefusalReason ?? "",
        Form = decision.Form is { } form ? ToWire(form) : Wire.DeliveryForm.Unspecified,
        Product = decision.Product is { } product ? ToWire(product) : null,
        From = decision.From.ToWire(),
        To = decision.To.ToWire(),
    };

    private static Wire.DeliveryForm ToWire(DeliveryForm form) => form switch
    {
        DeliveryForm.InKind => Wire.DeliveryForm.InKind,
        DeliveryForm.Budget => Wire.DeliveryForm.Budget,
    };

    private static Wire.Assignment ToWire(ClientFile client, Assignment assignment, MessageRules rules, Func<string, string> shown) => new()
    {
        AssignmentNumber = assignment.Number,
        AssignedAt = new Wire.Stamp
        {
            Date = DateOnly.FromDateTime(assignment.AssignedAt).ToWire(),
            Time = assignment.AssignedAt.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
        },
        ProviderAgb = shown(assignment.Provider),
        Product = ToWire(assignment.Product),
        From = assignment.From.ToWire(),
        To = assignment.To.ToWire(),
        ChangeReason = assignment.ChangeReason ?? "",
        Volume = assignment.Volume is { } volume ? new Wire.Volume { Amount = volume.Amount, Unit = volume.Unit, Frequency = volume.Frequency } : null,
        ProviderReference = assignment.ProviderReference ?? "",
        ApplicationId = assignment.ApplicationId ?? "",
        Scheme = assignment.Scheme,
        CaseProvisionId = ClientNews.ProvisionOf(client, assignment),
        Status = client.StatusOf(assignment, rules) switch
        {
            AssignmentStatus.Assigned => Wire.AssignmentStatus.Assigned,
            AssignmentStatus.Started => Wire.AssignmentStatus.Started,
            AssignmentStatus.Stopped => Wire.AssignmentStatus.Stopped,
            AssignmentStatus.Withdrawn => Wire.AssignmentStatus.Withdrawn,
        },
        StartedOn = client.StartOf(assignment)?.Day.ToWire(),
        StoppedOn = client.StopOf(assignment)?.Day.ToWire(),
    };

    private static Wire.ProviderRequest ToWire(ClientFile client, ProviderRequest request, Func<string, string> shown) => new()
    {
        ProviderAgb = shown(request.Provider),
        ProviderReference = request.Reference,
        AssignmentNumber = request.Number ?? "",
        Product = ToWire(request.Product),
        From = request.From.ToWire(),
        To = request.To.ToWire(),
        WrittenOn = request.WrittenOn.ToWire(),
        Status = client.StateOf(request) is { } answer ? ToWire(answer) : Wire.ProviderRequestStatus.Open,
        AnsweredOn = request.Answer?.On.ToWire(),
    };

    private static Wire.ProviderRequestStatus ToWire(AnswerKind answer) => answer switch
    {
        AnswerKind.InInvestigation => Wire.ProviderRequestStatus.InInvestigation,
        AnswerKind.Accepted => Wire.ProviderRequestStatus.Accepted,
        AnswerKind.Rejected => Wire.ProviderRequestStatus.Rejected,
    };

    private static Wire.Claim ToWire(Claim claim, Func<string, string> shown) => new()
    {
        ProviderAgb = shown(claim.Provider),
        MessageId = claim.MessageId,
        ReceivedOn = claim.ReceivedOn.ToWire(),
        AmountCents = claim.AmountCents,
        AnsweredOn = claim.AnsweredOn.ToWire(),
        ApprovedCents = claim.ApprovedCents ?? 0,
    };

    private static Wire.Product ToWire(Product product) => new() { Category = product.Category ?? "", Code = product.Code ?? "" };
}
