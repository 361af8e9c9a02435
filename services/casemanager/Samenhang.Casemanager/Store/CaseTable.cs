using System.Data.Common;
using System.Globalization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>The worklist, the pseudonyms and the rounds that wait: what cannot be asked of one stream.</summary>
public sealed class CaseTable(IServiceProvider services, Pseudonyms pseudonyms, TimeProvider time) : IProjection<CaseState, CaseChange>
{
    private static readonly string[] Domains = [ServiceNames.Zvw, ServiceNames.Gemeente, ServiceNames.Uwv, ServiceNames.Employer];

    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <inheritdoc/>
    public async Task WriteAsync(StreamChange<CaseState, CaseChange> change, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(transaction);
        var (key, version, state, changes) = change;
        if (changes[0] is CaseOpened)
        {
            foreach (var service in Domains)
            {
                await transaction.ExecuteAsync(
                    "INSERT INTO pseudonym (service, pseudonym, case_id) VALUES ($service, $pseudonym, $case)",
                    cancellationToken,
                    ("$service", service),
                    ("$pseudonym", pseudonyms.Of(service, key)),
                    ("$case", key));
            }
        }

        // What a person has settled asks no attention on the worklist.
        var findings = state.Plan?.Findings.Where(finding => state.Findings.Find(FindingRegister.KeyOf(finding)) is not { AsksAttention: false }).ToList() ?? [];
        await transaction.ExecuteAsync(
            """
            INSERT INTO case_row (case_id, title, tenant, version, plan_version, severity, finding_count, round, round_status, waiting_since)
            VALUES ($case, $title, $tenant, $version, $plan, $severity, $findings, $round, $status, $waiting)
            ON CONFLICT (case_id) DO UPDATE SET
                version = excluded.version, plan_version = excluded.plan_version, severity = excluded.severity,
                finding_count = excluded.finding_count, round = excluded.round, round_status = excluded.round_status,
                waiting_since = CASE WHEN excluded.waiting_since IS NULL OR $asked THEN excluded.waiting_since ELSE coalesce(case_row.waiting_since, excluded.waiting_since) END
            """,
            cancellationToken,
            ("$case", key),
            ("$title", state.Opened!.Title),
            ("$tenant", state.Opened.Tenant),
            ("$version", version),
            ("$plan", state.Plan?.Version ?? 0),
            ("$severity", findings.Count == 0 ? 0 : (int)findings.Max(finding => finding.Severity) + 1),
            ("$findings", findings.Count),
            ("$round", state.Round),
            ("$status", (int)StatusOf(state)),
            ("$waiting", state.Pending.IsEmpty ? null : Text(time.GetUtcNow())),
            ("$asked", changes.Any(c => c is CoverageAsked) ? 1 : 0));
    }

    /// <summary>The case that a domain knows by a pseudonym; null when none is.</summary>
    public Task<string?> CaseOfAsync(string service, string pseudonym, CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            "SELECT case_id FROM pseudonym WHERE service = $service AND pseudonym = $pseudonym",
            row => row.GetString(0),
            cancel,
            ("$service", service),
            ("$pseudonym", pseudonym))).SingleOrDefault(),
        cancellationToken);

    /// <summary>The cases that wait for answers since before a moment, with their round.</summary>
    public Task<IReadOnlyList<(string CaseId, int Round)>> WaitingSinceBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            "SELECT case_id, round FROM case_row WHERE waiting_since < $moment ORDER BY waiting_since LIMIT 500",
            row => (row.GetString(0), row.GetInt32(1)),
            cancel,
            ("$moment", Text(moment))),
        cancellationToken);

    /// <summary>The ids of all cases.</summary>
    public Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync("SELECT case_id FROM case_row ORDER BY case_id", row => row.GetString(0), cancel),
        cancellationToken);

    /// <summary>The version of a case's newest plan; 0 = none, null = no such case.</summary>
    public Task<int?> PlanVersionAsync(string caseId, CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            "SELECT plan_version FROM case_row WHERE case_id = $case", row => (int?)row.GetInt32(0), cancel, ("$case", caseId))).SingleOrDefault(),
        cancellationToken);

    /// <summary>A part of the worklist, the newest case first.</summary>
    /// <param name="tenant">Only of this tenant; null = all.</param>
    /// <param name="minimumSeverity">Only with a finding at least as grave (1 info, 2 attention, 3 urgent); 0 = all.</param>
    /// <param name="before">Only cases opened before this one; null = from the newest.</param>
    /// <param name="max">How many.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<CaseRow>> ListAsync(string? tenant, int minimumSeverity, string? before, int max, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            """
            SELECT case_id, title, tenant, version, plan_version, severity, finding_count, round_status FROM case_row
            WHERE ($tenant IS NULL OR tenant = $tenant) AND severity >= $severity AND ($before IS NULL OR case_id < $before)
            ORDER BY case_id DESC LIMIT $max
            """,
            row => new CaseRow(
                row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt32(4), row.GetInt32(5),
                row.GetInt32(6), (RoundStatus)row.GetInt32(7)),
            cancel,
            ("$tenant", tenant),
            ("$severity", minimumSeverity),
            ("$before", before),
            ("$max", max)),
        cancellationToken);

    /// <summary>Where a case stands in asking its domains.</summary>
    public static RoundStatus StatusOf(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsAsking ? RoundStatus.Asking : state.Plan is null ? RoundStatus.NothingToAsk : RoundStatus.Planned;
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>Where a case stands in asking its domains.</summary>
public enum RoundStatus
{
    /// <summary>No need yet, so nothing was asked.</summary>
    NothingToAsk = 1,

    /// <summary>Domains are being asked.</summary>
    Asking = 2,

    /// <summary>The newest plan holds.</summary>
    Planned = 3,
}

/// <summary>One line of the worklist.</summary>
public sealed record CaseRow(string CaseId, string Title, string? Tenant, long Version, int PlanVersion, int Severity, int FindingCount, RoundStatus Status);

internal static class Sql
{
    public static async Task ExecuteAsync(this DbTransaction transaction, string text, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        Fill(command, text, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        this DbConnection connection, string text, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        Fill(command, text, parameters);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static void Fill(DbCommand command, string text, (string Name, object? Value)[] parameters)
    {
#pragma warning disable CA2100 // Every text is a constant of this folder; values go in as parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
