using Samenhang.Gemeente.Clients;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Support;

/// <summary>What may happen to reports and investigations, and when. Pure.</summary>
public static class ReportDecisions
{
    /// <summary>Takes in a report.</summary>
    public static Result<ClientEvent?> Take(ClientFile client, string id, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Report(id) switch
        {
            null => new ClientEvent.NeedReported(Put(client, new Report { Id = id, ReportedOn = on })),
            { } known when known.ReportedOn == on => Refusals.Nothing,
            { } known => Refusals.Forbidden("REPORT_KNOWN", Subject(id),
                $"Deze melding is al bekend, van {known.ReportedOn:yyyy-MM-dd}.", $"This report is known already, of {known.ReportedOn:yyyy-MM-dd}."),
        };
    }

    /// <summary>The investigation begins.</summary>
    public static Result<ClientEvent?> Start(ClientFile client, string id, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Report(id) switch
        {
            null => new Error.NotFound("report", id),
            { Investigation: { } running } => running.StartedOn == on ? Refusals.Nothing
                : Refusals.Forbidden("INVESTIGATION_STARTED", Subject(id), "Dit onderzoek is al begonnen.", "This investigation has begun already."),
            { } report when Refusals.TooEarly(Subject(id), report.ReportedOn, on) is { } tooEarly => tooEarly,
            { } report => new ClientEvent.InvestigationStarted(Put(client, report with { Investigation = new Investigation(on) })),
        };
    }

    /// <summary>The investigation is concluded.</summary>
    public static Result<ClientEvent?> Conclude(ClientFile client, string id, DateOnly on, InvestigationResult result)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Report(id) switch
        {
            null => new Error.NotFound("report", id),
            { Investigation: null } => Refusals.Forbidden("INVESTIGATION_NOT_STARTED", Subject(id), "Dit onderzoek is nog niet begonnen.", "This investigation has not begun."),
            { Investigation: { ConcludedOn: { } concluded } done } => concluded == on && done.Result == result ? Refusals.Nothing
                : Refusals.Forbidden("INVESTIGATION_CONCLUDED", Subject(id), "Dit onderzoek is al afgerond.", "This investigation was concluded already."),
            { Investigation: { } running } when Refusals.TooEarly(Subject(id), running.StartedOn, on) is { } tooEarly => tooEarly,
            { Investigation: { } running } report => new ClientEvent.InvestigationConcluded(
                Put(client, report with { Investigation = running with { ConcludedOn = on, Result = result } })),
        };
    }

    private static string Subject(string id) => $"report/{id}";

    private static ClientFile Put(ClientFile client, Report report) => client with { Reports = client.Reports.With(report, known => known.Id) };
}
