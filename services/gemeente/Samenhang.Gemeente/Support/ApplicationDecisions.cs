using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Support;

/// <summary>What may happen to applications and decisions, and when. Pure.</summary>
public static class ApplicationDecisions
{
    private const string Wmo = "Wmo";

    /// <summary>The client applies. For the Wmo that comes after the investigation, or after its term.</summary>
    public static Result<ClientEvent?> Apply(ClientFile client, Application made, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(rules);
        if (client.Application(made.Id) is { } known)
        {
            return known.IsSame(made) ? Refusals.Nothing
                : Refusals.Forbidden("APPLICATION_KNOWN", Subject(made.Id), "Onder dit nummer is al een andere aanvraag bekend.", "Another application is known under this number.");
        }

        if (made.ReportId is { } reportId)
        {
            if (client.Report(reportId) is not { } report)
            {
                return new Error.NotFound("report", reportId);
            }

            if (Refusals.TooEarly(Subject(made.Id), report.ReportedOn, made.AppliedOn) is { } tooEarly)
            {
                return tooEarly;
            }

            var due = rules.Due("WMO_2_3_2", report.ReportedOn);
            if (made.Law == Wmo && !(report.Investigation?.ConcludedOn <= made.AppliedOn) && made.AppliedOn <= due)
            {
                return rules.Refuse("WMO_2_3_2_9", Subject(made.Id), $"Het onderzoek loopt nog, tot en met {due:yyyy-MM-dd}.", $"The investigation still runs, up to {due:yyyy-MM-dd}.");
            }
        }

        return new ClientEvent.ApplicationMade(Put(client, made));
    }

    /// <summary>The client withdraws an application that was not decided.</summary>
    public static Result<ClientEvent?> Withdraw(ClientFile client, string id, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Application(id) switch
        {
            null => new Error.NotFound("application", id),
            { Decision: not null } => Decided(id),
            { WithdrawnOn: { } day } => day == on ? Refusals.Nothing : Decided(id),
            { } open when Refusals.TooEarly(Subject(id), open.AppliedOn, on) is { } tooEarly => tooEarly,
            { } open => new ClientEvent.ApplicationWithdrawn(Put(client, open with { WithdrawnOn = on })),
        };
    }

    /// <summary>The term of the decision stands still from a day on.</summary>
    public static Result<ClientEvent?> Suspend(ClientFile client, string id, Standstill standstill)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(standstill);
        return client.Application(id) switch
        {
            null => new Error.NotFound("application", id),
            { } application when application.Standstills.Contains(standstill) => Refusals.Nothing,
            { } application when application.Decision is not null || application.WithdrawnOn is not null => Decided(id),
            { Standstills: [.., { To: null }] } => Refusals.Forbidden("TERM_SUSPENDED", Subject(id), "Deze termijn staat al stil.", "This term stands still already."),
            { } application when Refusals.TooEarly(Subject(id), Earliest(application), standstill.From) is { } tooEarly => tooEarly,
            { } application => new ClientEvent.TermSuspended(Put(client, application with { Standstills = [.. application.Standstills, standstill] })),
        };
    }

    /// <summary>The term goes on; the day itself counts again.</summary>
    public static Result<ClientEvent?> Resume(ClientFile client, string id, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Application(id) switch
        {
            null => new Error.NotFound("application", id),
            { Standstills: [.., { To: null } open] } application => Refusals.TooEarly(Subject(id), open.From.AddDays(1), on) is { } tooEarly
                ? tooEarly
                : new ClientEvent.TermResumed(Put(client, application with { Standstills = [.. application.Standstills.SkipLast(1), open with { To = on.AddDays(-1) }] })),
            { Standstills: [.., { To: { } last }] } when last.AddDays(1) == on => Refusals.Nothing,
            _ => Refusals.Forbidden("TERM_NOT_SUSPENDED", Subject(id), "Deze termijn staat niet stil.", "This term does not stand still."),
        };
    }

    /// <summary>The municipality decides. A budget may not stand beside the same product in kind (OP043).</summary>
    public static Result<ClientEvent?> Decide(ClientFile client, string id, Decision decision, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(rules);
        switch (client.Application(id))
        {
            case null:
                return new Error.NotFound("application", id);
            case { Decision: { } already }:
                return already == decision ? Refusals.Nothing : Decided(id);
            case { WithdrawnOn: not null }:
                return Decided(id);
            case { } open when Refusals.TooEarly(Subject(id), open.AppliedOn, decision.On) is { } tooEarly:
                return tooEarly;
            case { } open:
                if (decision is { Form: DeliveryForm.Budget, Product: { } product, From: { } from }
                    && client.Assignments.FirstOrDefault(assignment => client.StatusOf(assignment, rules) != AssignmentStatus.Withdrawn
                        && assignment.Product.IsSameAs(product) && assignment.Overlaps(from, decision.To)) is { } inKind)
                {
                    return rules.Refuse("OP043", Subject(id), $"Toewijzing {inKind.Number} loopt in de periode van het pgb.", $"Assignment {inKind.Number} runs in the period of the budget.");
                }

                return new ClientEvent.ApplicationDecided(Put(client, open with { Decision = decision }), id);
        }
    }

    /// <summary>A granted provision ends on another day than was decided.</summary>
    public static Result<ClientEvent?> End(ClientFile client, string id, DateOnly decidedOn, DateOnly to)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Application(id) is not { } application)
        {
            return new Error.NotFound("application", id);
        }

        if (application.Decision is not { Granted: true } granted)
        {
            return Refusals.Forbidden("APPLICATION_NOT_GRANTED", Subject(id), "Deze aanvraag is niet toegekend.", "This application was not granted.");
        }

        if (granted.EndDecidedOn == decidedOn && granted.To == to)
        {
            return Refusals.Nothing;
        }

        if ((Refusals.TooEarly(Subject(id), granted.On, decidedOn) ?? Refusals.TooEarly(Subject(id), granted.From!.Value, to)) is { } tooEarly)
        {
            return tooEarly;
        }

        return granted.To < to
            ? Refusals.Forbidden("DAY_TOO_LATE", Subject(id), $"De voorziening eindigt al op {granted.To:yyyy-MM-dd}.", $"The provision ends on {granted.To:yyyy-MM-dd} already.")
            : new ClientEvent.DecisionEnded(Put(client, application with { Decision = granted with { To = to, EndDecidedOn = decidedOn } }));
    }

    private static Error Decided(string id) =>
        Refusals.Forbidden("APPLICATION_DECIDED", Subject(id), "Over deze aanvraag is al beslist, of zij is ingetrokken.", "This application was decided or withdrawn already.");

    private static DateOnly Earliest(Application application) => application.Standstills is [.., { To: { } last }] ? last.AddDays(1) : application.AppliedOn;

    private static string Subject(string id) => $"application/{id}";

    private static ClientFile Put(ClientFile client, Application application) =>
        client with { Applications = client.Applications.With(application, known => known.Id) };
}
