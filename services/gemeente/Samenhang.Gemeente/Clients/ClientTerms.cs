using Samenhang.Deadlines.Terms;
using Samenhang.Gemeente.Assignments;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.ProviderRequests;

namespace Samenhang.Gemeente.Clients;

/// <summary>A term that runs.</summary>
/// <param name="Rule">The rule that sets it.</param>
/// <param name="About">What it is about.</param>
/// <param name="StartedOn">The day that started it.</param>
/// <param name="DueOn">The last day in time; while it stands still, the last day if it went on at once.</param>
/// <param name="SuspendedSince">Since when it stands still; null when it runs.</param>
public sealed record ClientTerm(string Rule, string About, DateOnly StartedOn, DateOnly DueOn, DateOnly? SuspendedSince = null);

/// <summary>Which terms run for a file. Pure: what was met, answered or withdrawn leaves no term.</summary>
public static class ClientTerms
{
    /// <summary>All of them, the first due first.</summary>
    public static IReadOnlyList<ClientTerm> Of(ClientFile client, MessageRules rules)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(rules);
        return [.. Reports(client, rules).Concat(Applications(client, rules)).Concat(Deliveries(client, rules)).Concat(Requests(client, rules))
            .Concat(Claims(client, rules)).Concat(Messages(client, rules))
            .OrderBy(term => term.DueOn).ThenBy(term => term.Rule, StringComparer.Ordinal).ThenBy(term => term.About, StringComparer.Ordinal)];
    }

    private static IEnumerable<ClientTerm> Reports(ClientFile client, MessageRules rules) =>
        from report in client.Reports
        where report.Investigation?.ConcludedOn is null
        select Term(rules, "WMO_2_3_2", $"report/{report.Id}", report.ReportedOn);

    private static IEnumerable<ClientTerm> Applications(ClientFile client, MessageRules rules) =>
        from application in client.Applications
        where application is { Decision: null, WithdrawnOn: null }
        let rule = application.Law == "Wmo" ? "WMO_2_3_5" : "AWB_4_13"
        let due = rules.Due(rule, application.AppliedOn, application.Standstills.Select(s => new Suspension(s.From, s.To, s.By, $"{s.Reason}")))
        select new ClientTerm(
            rule, $"application/{application.Id}", application.AppliedOn, due, application.Standstills is [.., { To: null } open] && open.From <= due ? open.From : null);

    /// <summary>A start is due after the first day, or after the assignment when that came later; a stop after the last day, also when it was planned.</summary>
    private static IEnumerable<ClientTerm> Deliveries(ClientFile client, MessageRules rules)
    {
        foreach (var assignment in client.Assignments)
        {
            var about = $"assignment/{assignment.Number}";
            switch (client.StatusOf(assignment, rules))
            {
                case AssignmentStatus.Assigned:
                    var assignedOn = DateOnly.FromDateTime(assignment.AssignedAt);
                    yield return Term(rules, "OP271", about, assignment.From > assignedOn ? assignment.From : assignedOn);
                    break;
                case AssignmentStatus.Started when assignment.To is { } last:
                    yield return Term(rules, "OP272", about, last);
                    break;
            }
        }
    }

    private static IEnumerable<ClientTerm> Requests(ClientFile client, MessageRules rules)
    {
        foreach (var request in client.Requests.Where(client.IsOpen))
        {
            var about = $"request/{request.Reference}";
            var rule = request.Number is null ? "OP274" : "OP346";
            var investigated = request.Answer?.Kind == AnswerKind.InInvestigation;
            var start = investigated ? request.WrittenOn : request.ReceivedOn;
            yield return new ClientTerm(rule, about, start, investigated ? rules.DueWhenInvestigated(rule, start) : rules.Due(rule, start));
            if (request.Law == "Jeugdwet")
            {
                yield return Term(rules, "OP359", about, request.ReceivedOn);
            }
        }
    }

    private static IEnumerable<ClientTerm> Claims(ClientFile client, MessageRules rules) =>
        from claim in client.Claims
        where claim.AnsweredOn is null
        select Term(rules, "OP090x4", $"claim/{claim.MessageId}", claim.ReceivedOn);

    private static IEnumerable<ClientTerm> Messages(ClientFile client, MessageRules rules) =>
        from message in client.Sent
        where !message.Held && client.Returns.All(returned => returned.MessageId != message.Id)
        select Term(rules, "OP090", $"message/{message.Id}", message.On);

    private static ClientTerm Term(MessageRules rules, string rule, string about, DateOnly start) => new(rule, about, start, rules.Due(rule, start));
}
