using System.Data.Common;
using System.Globalization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Escalations;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>What those who hold cases search and sort by, and what waits for them.</summary>
public sealed class WorklistTable(IServiceProvider services, [FromKeyedServices(ServiceNames.Casemanager)] StoreKeys keys, TimeProvider time) : IProjection<CaseState, CaseChange>
{
    private const int LongestChange = 400;
    private const string NoTerm = "9999-12-31";

    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <summary>What stands of a case in the list: who holds it, and sentences about it.</summary>
    public static SealedTable SealsCases { get; } = new()
    {
        Name = "worklist_case",
        Key = ["case_id"],
        Texts = ["assignee_name", "gravest_nl", "gravest_en", "change_nl", "change_en"],
        Besides = ["assignee"],
        Also = (keys, row, rows) => rows.Add(
            "UPDATE worklist_case SET assignee = @assignee WHERE case_id = @case AND assignee = @was",
            ("@assignee", HolderKey(keys, Holder.Of(row.Texts[0]!).Subject)),
            ("@case", row.Key[0]),
            ("@was", row.Besides[0])),
    };

    /// <summary>What waits in a case.</summary>
    public static SealedTable SealsLines { get; } = new()
    {
        Name = "worklist_line", Key = ["case_id", "kind", "item"], Texts = ["text_nl", "text_en", "step_nl", "step_en", "from_who", "to_who"],
    };

    /// <inheritdoc/>
    public void Write(StreamChange<CaseState, CaseChange> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        var (key, _, state, changes) = change;
        if (changes.All(c => c is CoverageAsked or CoverageAnswered or CoverageTimedOut))
        {
            return;
        }

        var now = time.GetUtcNow();
        if (changes.Any(c => c is CaseOpened or DayBegan))
        {
            // Also when a day begins: cases of before this table get their words so.
            WriteWords(keys, key, state.Opened!.Title, state.Opened.Tenant, rows);
        }

        var standing = WorklistLines.Standing(state).DistinctBy(line => (line.Kind, line.Item)).ToList();
        WriteCase(key, state, changes, standing, now, rows);
        if (changes.Any(c => c is PlanMade or PlanConfirmed or FindingChange or HandOverChange or WorkChange or QuestionChange))
        {
            WriteFamilies(key, state, rows);
            rows.Add("DELETE FROM worklist_line WHERE case_id = @case AND kind <> 3", ("@case", key));
            WriteLines(key, standing, rows);
        }

        WriteLines(key, WorklistLines.Answers(state, changes, DateOnly.FromDateTime(now.UtcDateTime)).DistinctBy(line => line.Item), rows);
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM worklist_case WHERE case_id = @case", ("@case", key));
        rows.Add("DELETE FROM worklist_word WHERE case_id = @case", ("@case", key));
        rows.Add("DELETE FROM worklist_family WHERE case_id = @case", ("@case", key));
        rows.Add("DELETE FROM worklist_line WHERE case_id = @case", ("@case", key));
    }

    /// <summary>Cases, in an order; null when too many would have to be sorted by title.</summary>
    public async Task<IReadOnlyList<WorklistRow>?> SearchAsync(WorklistQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await Store.QueryAsync((connection, cancel) => WorklistSearch.RunAsync(connection, keys, query, cancel), cancellationToken);
    }

    /// <summary>What waits in the cases of a person.</summary>
    /// <param name="assignee">The person.</param>
    /// <param name="answeredSince">Answers of before this day are old news.</param>
    /// <param name="actedBefore">Cases in which nobody did anything since are stalled.</param>
    /// <param name="max">How many.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<(string CaseId, string Title, WorklistLine Line)>> WaitingAsync(
        string assignee, DateOnly answeredSince, DateTimeOffset actedBefore, int max, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            $"""
            SELECT * FROM (
                SELECT w.case_id, c.title, l.kind, l.item, l.severity, l.since, l.due, l.text_nl, l.text_en, l.step_nl, l.step_en, l.from_who, l.to_who
                FROM worklist_case w JOIN worklist_line l ON l.case_id = w.case_id JOIN case_row c ON c.case_id = w.case_id
                WHERE w.assignee IN ({Holders}) AND (l.kind <> 3 OR l.since >= @answered)
                UNION ALL
                SELECT w.case_id, c.title, 5, '', w.severity, substr(w.acted_at, 1, 10), NULL, NULL, NULL, NULL, NULL, NULL, NULL
                FROM worklist_case w JOIN case_row c ON c.case_id = w.case_id
                WHERE w.assignee IN ({Holders}) AND w.severity >= 2 AND w.acted_at < @acted
            ) AS waiting
            ORDER BY severity DESC, coalesce(due, '9999-12-31'), since, case_id, kind, item LIMIT @max
            """,
            row => (row.GetString(0), keys.Open(row.GetString(1), CaseTable.Title, row.GetString(0)), new WorklistLine(
                (WaitingKind)row.GetInt32(2), row.GetString(3), row.GetInt32(4), Day(row.GetString(5)), row.IsDBNull(6) ? null : Day(row.GetString(6)),
                SentenceOf(Line(row, 7, "text_nl"), Line(row, 8, "text_en")), SentenceOf(Line(row, 9, "step_nl"), Line(row, 10, "step_en")),
                Line(row, 11, "from_who"), Line(row, 12, "to_who"))),
            cancel,
            [.. HolderParameters(assignee), ("@answered", Text(answeredSince)), ("@acted", SearchWords.Text(actedBefore)), ("@max", max)]),
        cancellationToken);

    /// <summary>How many cases a person has.</summary>
    public Task<int> CountAsync(string assignee, CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            $"SELECT count(*) FROM worklist_case WHERE assignee IN ({Holders})", row => row.GetInt32(0), cancel, [.. HolderParameters(assignee)])).Single(),
        cancellationToken);

    internal static Sentence? SentenceOf(string? nl, string? en) => nl is null ? null : new Sentence(nl, en ?? "");

    internal static void WriteWords(StoreKeys keys, string caseId, string title, string? tenant, RowWrites rows) => rows.AddRows(
        "INSERT INTO worklist_word (word, case_id) VALUES",
        [.. SearchWords.Of($"{title} {tenant}").Select(word => new object?[] { keys.Word(word), caseId })],
        "ON CONFLICT (word, case_id) DO NOTHING");

    /// <summary>By what a person finds the own cases; nobody is found as nobody.</summary>
    internal static string HolderKey(StoreKeys keys, string subject, RingKey? key = null) => subject.Length == 0 ? "" : keys.Find(subject, "worklist_case.assignee", key);

    // With every key of the ring: a case that was given before a new key came is found too.
    private string Holders => string.Join(", ", keys.Ring.All.Select((_, place) => $"@holder{place}"));

    private IEnumerable<(string, object?)> HolderParameters(string subject) =>
        keys.Ring.All.Select((key, place) => ($"@holder{place}", (object?)HolderKey(keys, subject, key)));

    private string? Line(DbDataReader row, int column, string name) =>
        row.IsDBNull(column) ? null : keys.Open(row.GetString(column), $"worklist_line.{name}", row.GetString(0));

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void WriteCase(string key, CaseState state, IReadOnlyList<CaseChange> changes, List<WorklistLine> standing, DateTimeOffset now, RowWrites rows)
    {
        var gravest = WorklistLines.AskingAttention(state).OrderByDescending(finding => finding.Severity).FirstOrDefault();
        var severity = gravest is null ? 0 : (int)gravest.Severity + 1;
        var due = standing.Min(line => line.Due);
        string? Closed(string column, string? text) => keys.Close(text, $"worklist_case.{column}", key);
        rows.Add(
            """
            INSERT INTO worklist_case (case_id, area, urgency, severity, round_status, changed_at, acted_at, next_due, assignee, assignee_name, gravest_nl, gravest_en, change_nl, change_en)
            VALUES (@case, @area, @urgency, @severity, @status, @now, @now, @due, @assignee, @name, @gravestNl, @gravestEn, @changeNl, @changeEn)
            ON CONFLICT (case_id) DO UPDATE SET
                urgency = excluded.urgency, severity = excluded.severity, round_status = excluded.round_status, next_due = excluded.next_due,
                assignee = excluded.assignee, assignee_name = excluded.assignee_name, gravest_nl = excluded.gravest_nl, gravest_en = excluded.gravest_en,
                change_nl = excluded.change_nl, change_en = excluded.change_en,
                changed_at = CASE WHEN @news = 1 THEN excluded.changed_at ELSE worklist_case.changed_at END,
                acted_at = CASE WHEN @acted = 1 THEN excluded.acted_at ELSE worklist_case.acted_at END
            """,
            ("@case", key),
            ("@area", state.Opened!.Tenant ?? ""),
            ("@urgency", $"{3 - severity}{(due is { } day ? Text(day) : NoTerm)}"),
            ("@severity", severity),
            ("@status", (int)CaseTable.StatusOf(state)),
            ("@now", SearchWords.Text(now)),
            ("@due", due is { } last ? Text(last) : null),
            ("@assignee", HolderKey(keys, state.Assigned?.Assignee ?? "")),
            ("@name", Closed("assignee_name", new Holder(state.Assigned?.Assignee ?? "", state.Assigned?.Name ?? "").ToString())),
            ("@gravestNl", Closed("gravest_nl", gravest?.Title.Nl)),
            ("@gravestEn", Closed("gravest_en", gravest?.Title.En)),
            ("@changeNl", Closed("change_nl", Joined(state.PlanSince?.Difference.Select(line => line.Nl)))),
            ("@changeEn", Closed("change_en", Joined(state.PlanSince?.Difference.Select(line => line.En)))),
            ("@news", changes.Any(c => c is not (DayBegan or RoundStarted or CoverageAsked or CoverageAnswered or CoverageTimedOut or PlanConfirmed)) ? 1 : 0),
            ("@acted", IsOfPerson(changes) ? 1 : 0));
    }

    private static void WriteFamilies(string key, CaseState state, RowWrites rows)
    {
        rows.Add("DELETE FROM worklist_family WHERE case_id = @case", ("@case", key));
        rows.AddRows(
            "INSERT INTO worklist_family (family, case_id) VALUES",
            [.. WorklistLines.AskingAttention(state).Select(finding => finding.Family).Distinct(StringComparer.Ordinal).Select(family => new object?[] { family, key })]);
    }

    private void WriteLines(string key, IEnumerable<WorklistLine> lines, RowWrites rows)
    {
        string? Closed(string column, string? text) => keys.Close(text, $"worklist_line.{column}", key);
        rows.AddRows(
            "INSERT INTO worklist_line (case_id, kind, item, severity, since, due, text_nl, text_en, step_nl, step_en, from_who, to_who) VALUES",
            [.. lines.Select(line => new object?[]
            {
                key, (int)line.Kind, line.Item, line.Severity, Text(line.Since), line.Due is { } due ? Text(due) : null,
                Closed("text_nl", line.Text?.Nl), Closed("text_en", line.Text?.En), Closed("step_nl", line.Step?.Nl), Closed("step_en", line.Step?.En),
                Closed("from_who", line.From), Closed("to_who", line.To),
            })],
            "ON CONFLICT (case_id, kind, item) DO UPDATE SET since = excluded.since, text_nl = excluded.text_nl, from_who = excluded.from_who");
    }

    // What a domain told or a clock did is no act of who holds the case.
    private static bool IsOfPerson(IReadOnlyList<CaseChange> changes) => !changes.Any(c => c is RecordHeard)
        && changes.Any(c => c is CaseOpened or CaseAssigned or FactsRecorded or NeedAdded or ProvisionRecorded or PartyRecorded or ConsentRecorded or ConsentWithdrawn or CaseEventRecorded
            or EvidenceRecorded or FindingTreated or WorkWritten or ProposalDeclined or HandOverChange or EscalationChange or QuestionLeftOpen or DeadlineSuspended or DeadlineResumed);

    private static string? Joined(IEnumerable<string>? lines)
    {
        var text = lines is null ? "" : string.Join(" ", lines);
        return text.Length == 0 ? null : text.Length <= LongestChange ? text : string.Concat(text.AsSpan(0, LongestChange - 1), "…");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Who holds a case, as it lies sealed in one column.</summary>
/// <param name="Subject">The person, as the issuer of the sign-in gives it; empty = nobody.</param>
/// <param name="Name">The name, for lists.</param>
internal sealed record Holder(string Subject, string Name)
{
    /// <summary>The other way round of <see cref="ToString"/>.</summary>
    public static Holder Of(string text) => text.Split('\n', 2) is [var subject, var name] ? new(subject, name) : new("", text);

    /// <summary>On two lines: a name has none.</summary>
    public override string ToString() => $"{Subject}\n{Name}";
}
