using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.ProviderRequests;
using Samenhang.Gemeente.Support;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Hosting;

namespace Samenhang.Gemeente.Clients;

/// <summary>
/// What the file of a client says about the case. It never says who delivers support or where: a name of a shelter is an address, and the
/// case needs neither (OP003).
/// </summary>
public sealed class ClientNews(MessageRules rules)
{
    /// <summary>All provisions as they stand, and the letters of the decision that was just taken.</summary>
    public CaseNews Of(ClientEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var client = happened.After;
        return new CaseNews
        {
            // While where the client is must stay secret, the case keeps it out of everything too. Told each time: an older message that comes later is not read.
            Facts = client.SafetyBlockSince is not null || client.SafetyBlockLiftedOn is not null
                ? [new KnownFact("client.addressProtected", new KnownValue { Bool = client.SafetyBlockSince is not null })]
                : [],
            Provisions =
            [
                .. client.Applications.Select(application => OfApplication(client, application)),
                .. client.Assignments.Where(assignment => assignment.ApplicationId is null).Select(assignment => OfAssignment(client, assignment)),
                .. client.Requests.Where(request => request.Number is null && !IsHonoured(client, request)).Select(request => OfRequest(client, request)),
            ],
            Evidence =
            [
                .. happened switch
                {
                    ClientEvent.ApplicationDecided decided => [Letter(client.Application(decided.ApplicationId)!)],
                    ClientEvent.CaseLinked => client.Applications.Where(application => application.Decision is not null).Select(Letter),
                    _ => Enumerable.Empty<EvidenceView>(),
                },
            ],
        };
    }

    /// <summary>The id in the case of what an application asks for.</summary>
    public static string ProvisionOf(ClientFile client, Application application)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(application);
        return application.CaseProvisionId ?? Id(client, "application", application.Id);
    }

    /// <summary>The id in the case of what was assigned; that of the request when it answers one, whichever of the two came first.</summary>
    public static string ProvisionOf(ClientFile client, Assignment assignment)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(assignment);
        return assignment.ApplicationId is { } id ? ProvisionOf(client, client.Application(id)!)
            : assignment.ProviderReference is { } reference ? Id(client, "request", $"{assignment.Provider}/{reference}")
            : Id(client, "assignment", assignment.Number);
    }

    private static string Id(ClientFile client, string kind, string name) => $"{client.Id}-{ClientName.Digest($"{client.Id}\n{kind}\n{name}", 16)}";

    private static bool IsHonoured(ClientFile client, ProviderRequest request) =>
        client.Assignments.Any(assignment => assignment.Provider == request.Provider && assignment.ProviderReference == request.Reference);

    private ProvisionView OfApplication(ClientFile client, Application application)
    {
        var assignments = client.Assignments.Where(assignment => assignment.ApplicationId == application.Id).ToList();
        var decision = application.Decision;
        var (status, from, to) = decision switch
        {
            null => (application.WithdrawnOn is null ? "requested" : "withdrawn", null, null),
            { Granted: false } => ("refused", null, null),
            { Form: DeliveryForm.Budget } => (decision.EndDecidedOn >= decision.To ? "ended" : "running", decision.From, decision.To),
            _ => Delivered(client, assignments, decision),
        };
        return new ProvisionView
        {
            Id = ProvisionOf(client, application),
            Scheme = application.Scheme,
            Domain = ServiceNames.Gemeente,
            Status = status,
            NeedIds = application.NeedIds,
            RequestedOn = application.AppliedOn,
            From = from,
            To = to,
            Product = decision?.Product?.ToString(),
            Facts = Facts(decision?.RefusalReason, decision is { Granted: true }, Extension(client, assignments)),
        };
    }

    private ProvisionView OfAssignment(ClientFile client, Assignment assignment)
    {
        var start = client.StartOf(assignment)?.Day;
        var stop = client.StopOf(assignment)?.Day;
        return new ProvisionView
        {
            Id = ProvisionOf(client, assignment),
            Scheme = assignment.Scheme,
            Domain = ServiceNames.Gemeente,
            Status = client.StatusOf(assignment, rules) switch
            {
                AssignmentStatus.Assigned => "granted",
                AssignmentStatus.Started => "running",
                AssignmentStatus.Stopped => "ended",
                AssignmentStatus.Withdrawn => "withdrawn",
            },
            NeedIds = assignment.NeedIds,
            RequestedOn = client.Requests.FirstOrDefault(request => request.Provider == assignment.Provider && request.Reference == assignment.ProviderReference)?.ReceivedOn,
            From = start ?? assignment.From,
            To = stop ?? assignment.To,
            Product = assignment.Product.ToString(),
            Facts = Facts(null, client.StatusOf(assignment, rules) != AssignmentStatus.Withdrawn, Extension(client, [assignment])),
        };
    }

    private static ProvisionView OfRequest(ClientFile client, ProviderRequest request) => new()
    {
        Id = Id(client, "request", $"{request.Provider}/{request.Reference}"),
        Scheme = request.Scheme!,
        Domain = ServiceNames.Gemeente,
        Status = client.StateOf(request) switch
        {
            AnswerKind.Accepted => "granted",
            AnswerKind.Rejected => "refused",
            AnswerKind.InInvestigation or null => "requested",
        },
        NeedIds = request.NeedIds,
        RequestedOn = request.ReceivedOn,
        Product = request.Product.ToString(),
        Facts = Facts(request.Answer?.RefusalReason, false, null),
    };

    /// <summary>Support in kind runs while any of its assignments runs, and has ended when all that began have stopped.</summary>
    private (string Status, DateOnly? From, DateOnly? To) Delivered(ClientFile client, List<Assignment> assignments, Decision granted)
    {
        var statuses = assignments.Select(assignment => client.StatusOf(assignment, rules)).ToList();
        var from = assignments.Select(assignment => client.StartOf(assignment)?.Day).Where(day => day is not null).Min() ?? granted.From;
        return statuses.Contains(AssignmentStatus.Started) ? ("running", from, granted.To)
            : statuses.Contains(AssignmentStatus.Stopped) ? ("ended", from, assignments.Max(assignment => client.StopOf(assignment)?.Day))
            : (granted.EndDecidedOn >= granted.To ? "ended" : "granted", granted.From, granted.To);
    }

    private static DateOnly? Extension(ClientFile client, IReadOnlyList<Assignment> assignments) => client.Requests
        .Where(request => assignments.Any(assignment => assignment.Number == request.Number && assignment.Provider == request.Provider)).Max(request => (DateOnly?)request.ReceivedOn);

    private static List<KnownFact> Facts(string? refusalReason, bool paid, DateOnly? extension)
    {
        var facts = new List<KnownFact>();
        if (refusalReason is not null)
        {
            facts.Add(new KnownFact("prov.refusalReason", new KnownValue { Code = refusalReason }));
        }

        // Told as not known while nothing is granted: an assignment that was withdrawn had told it.
        facts.Add(new KnownFact("prov.actualPayer", paid ? new KnownValue { Code = ServiceNames.Gemeente } : new KnownValue()));

        if (extension is { } on)
        {
            facts.Add(new KnownFact("prov.extensionRequestedOn", new KnownValue { Day = on }));
        }

        return facts;
    }

    private static EvidenceView Letter(Application application) => new(
        "decision-letter",
        application.Decision!.On,
        ServiceNames.Gemeente,
        [
            new KnownFact("scheme", new KnownValue { Code = application.Scheme }),
            new KnownFact("result", new KnownValue { Code = application.Decision.Granted ? "granted" : "refused" }),
        ]);
}
