using System.Data.Common;
using System.Globalization;
using Samenhang.Api;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Reports;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>
/// Counts for those who steer without reading a case: a row for each time in which something asked attention, written in the transaction of the
/// change. Nothing that is read from it holds the id of a case.
/// </summary>
public sealed class SteeringTable(IServiceProvider services, Vocabulary vocabulary, Days days) : IProjection<CaseState, CaseChange>
{
    private const int Urgent = (int)Severity.Urgent + 1;

    private readonly SteeringSpells spells = new(vocabulary, Days.Of);

    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <inheritdoc/>
    public void Write(StreamChange<CaseState, CaseChange> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        var (key, _, state, changes) = change;
        if (changes.Any(SteeringSpells.IsDoneBySomebody))
        {
            rows.Add(
                "INSERT INTO steering_day (case_id, day) VALUES (@case, @day) ON CONFLICT (case_id, day) DO NOTHING",
                ("@case", key),
                ("@day", Text(days.Today)));
        }

        if (!changes.Any(c => c is CaseOpened or PlanMade or PlanConfirmed or FindingChange or HandOverChange or PartyRecorded))
        {
            return;
        }

        rows.Add(
            "INSERT INTO steering_case (case_id, region, fixed_day) VALUES (@case, @region, @fixed) ON CONFLICT (case_id) DO NOTHING",
            ("@case", key),
            ("@region", state.Opened!.Tenant),
            ("@fixed", Text(state.Opened.AsOf)));

        // A plan without the term does not tell since when somebody waited: what an earlier plan told stays.
        rows.AddRows(
            "INSERT INTO steering_spell (case_id, subject, family, item, number, severity, organisation, waiting_since, opened_on, closed_on) VALUES",
            [.. spells.Of(state).Select(spell => new object?[]
            {
                key, spell.Subject, spell.Family, spell.Item, spell.Number, spell.Severity, spell.Organisation, Text(spell.WaitingSince), Text(spell.OpenedOn), Text(spell.ClosedOn),
            })],
            """
            ON CONFLICT (case_id, subject, item, number) DO UPDATE SET
                family = excluded.family, severity = excluded.severity, closed_on = excluded.closed_on,
                organisation = CASE WHEN steering_spell.closed_on IS NULL THEN excluded.organisation ELSE steering_spell.organisation END,
                waiting_since = coalesce(excluded.waiting_since, steering_spell.waiting_since)
            """);
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM steering_case WHERE case_id = @case", ("@case", key));
        rows.Add("DELETE FROM steering_spell WHERE case_id = @case", ("@case", key));
        rows.Add("DELETE FROM steering_day WHERE case_id = @case", ("@case", key));
    }

    /// <summary>How many cases there were in a period, per region and organisation. A case counts at one organisation: that of its gravest, then oldest.</summary>
    /// <param name="measure">What is counted.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="stalledDays">After how many days without anybody doing anything a plan is stalled.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public Task<IReadOnlyList<CountedGroup>> CountAsync(SteeringMeasure measure, DateOnly from, DateOnly to, int stalledDays, CancellationToken cancellationToken) => measure switch
    {
        SteeringMeasure.BlindSpot => CountAsync(SteeringNames.Uncovered, null, from, to, cancellationToken),
        SteeringMeasure.DoubleFunding => CountAsync(SteeringNames.Overlap, null, from, to, cancellationToken),
        SteeringMeasure.Waiting => WaitingAsync(from, to, cancellationToken),
        SteeringMeasure.HandOverWithoutReceiver => CountAsync(SteeringNames.HandOver, SteeringNames.Released, from, to, cancellationToken),
        SteeringMeasure.StalledPlan => StalledAsync(to, stalledDays, cancellationToken),
    };

    private Task<IReadOnlyList<CountedGroup>> CountAsync(string family, string? subject, DateOnly from, DateOnly to, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            """
            SELECT region, organisation, count(*) FROM (
                SELECT c.region, s.organisation,
                    row_number() OVER (PARTITION BY s.case_id ORDER BY s.severity DESC, s.opened_on, s.subject, s.item, s.number) AS place
                FROM steering_spell s JOIN steering_case c ON c.case_id = s.case_id
                WHERE (s.family = @family OR s.subject = @subject) AND s.opened_on <= @to AND (s.closed_on IS NULL OR s.closed_on >= @from)
            ) AS met WHERE place = 1 GROUP BY region, organisation
            """,
            Counted,
            cancel,
            ("@family", family),
            ("@subject", subject),
            ("@from", Text(from)),
            ("@to", Text(to))),
        cancellationToken);

    private Task<IReadOnlyList<CountedGroup>> StalledAsync(DateOnly to, int stalledDays, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            """
            SELECT region, organisation, count(*) FROM (
                SELECT c.region, s.organisation,
                    row_number() OVER (PARTITION BY s.case_id ORDER BY s.opened_on, s.subject, s.item, s.number) AS place
                FROM steering_spell s JOIN steering_case c ON c.case_id = s.case_id
                WHERE s.severity = @urgent AND s.opened_on <= @before AND (s.closed_on IS NULL OR s.closed_on > @to)
                    AND NOT EXISTS (SELECT 1 FROM steering_day d WHERE d.case_id = s.case_id AND d.day > @before AND d.day <= @to)
            ) AS stalled WHERE place = 1 GROUP BY region, organisation
            """,
            Counted,
            cancel,
            ("@urgent", Urgent),
            ("@before", Text(to.AddDays(-stalledDays))),
            ("@to", Text(to))),
        cancellationToken);

    private async Task<IReadOnlyList<CountedGroup>> WaitingAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var waiting = await Store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                """
                SELECT region, organisation, waiting_since, closed_on, fixed_day FROM (
                    SELECT c.region, s.organisation, s.waiting_since, s.closed_on, c.fixed_day,
                        row_number() OVER (PARTITION BY s.case_id ORDER BY s.waiting_since IS NULL, s.waiting_since, s.opened_on, s.item, s.number) AS place
                    FROM steering_spell s JOIN steering_case c ON c.case_id = s.case_id
                    WHERE s.subject = @subject AND s.opened_on <= @to AND (s.closed_on IS NULL OR s.closed_on >= @from)
                ) AS met WHERE place = 1
                """,
                row => (Region: Optional(row, 0), Organisation: Optional(row, 1), Since: Day(row, 2), ClosedOn: Day(row, 3), FixedDay: Day(row, 4)),
                cancel,
                ("@subject", SteeringNames.WaitingTime),
                ("@from", Text(from)),
                ("@to", Text(to))),
            cancellationToken);
        return [.. waiting.GroupBy(one => (one.Region, one.Organisation)).Select(met => new CountedGroup(
            met.Key.Region,
            met.Key.Organisation,
            met.Count(),
            [.. met.Where(one => one.Since is not null).Select(one => (one.FixedDay ?? (one.ClosedOn < to ? one.ClosedOn.Value : to)).DayNumber - one.Since!.Value.DayNumber)]))];
    }

    private static CountedGroup Counted(DbDataReader row) => new(Optional(row, 0), Optional(row, 1), row.GetInt32(2), []);

    private static string? Optional(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateOnly? Day(DbDataReader row, int column) =>
        Optional(row, column) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
