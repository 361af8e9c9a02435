using System.Collections.Concurrent;
using System.Globalization;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>The worklist, the pseudonyms and the rounds that wait: what cannot be asked of one stream.</summary>
public sealed class CaseTable(IServiceProvider services, [FromKeyedServices(ServiceNames.Casemanager)] StoreKeys keys, Pseudonyms pseudonyms, TimeProvider time) : IProjection<CaseState, CaseChange>
{
    /// <summary>Where titles are sealed.</summary>
    internal const string Title = "case_row.title";

    private const int MostSevere = 3;
    private const string RowColumns = "case_id, title, tenant, version, plan_version, severity, finding_count, round_status";

    private static readonly string[] Domains = [ServiceNames.Zvw, ServiceNames.Gemeente, ServiceNames.Uwv, ServiceNames.Employer];

    // A pseudonym never comes to belong to another case, so what was found holds for ever.
    private const int MostKnown = 50_000;
    private readonly ConcurrentDictionary<(string Service, string Pseudonym), string> known = new();

    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <summary>The titles, and with each the words by which its case is found.</summary>
    public static SealedTable Seals { get; } = new()
    {
        Name = "case_row",
        Key = ["case_id"],
        Texts = ["title"],
        Besides = ["tenant"],
        Also = (keys, row, rows) =>
        {
            rows.Add("DELETE FROM worklist_word WHERE case_id = @case", ("@case", row.Key[0]));
            WorklistTable.WriteWords(keys, (string)row.Key[0], row.Texts[0]!, row.Besides[0], rows);
        },
    };

    /// <inheritdoc/>
    public void Write(StreamChange<CaseState, CaseChange> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        var (key, version, state, changes) = change;
        if (changes[0] is CaseOpened)
        {
            // Whatever comes of this append, a pseudonym can belong to no other case.
            foreach (var service in Domains)
            {
                Remember(service, pseudonyms.Of(service, key), key);
            }

            rows.Add(
                "INSERT INTO pseudonym (service, pseudonym, case_id) VALUES " + string.Join(", ", Domains.Select(service => $"('{service}', @{service}, @case)")),
                [("@case", key), .. Domains.Select(service => ($"@{service}", (object?)pseudonyms.Of(service, key)))]);
        }

        // What a person has settled asks no attention on the worklist.
        var findings = state.Plan?.Findings.Where(finding => state.Findings.Find(FindingRegister.KeyOf(finding)) is not { AsksAttention: false }).ToList() ?? [];
        rows.Add(
            """
            INSERT INTO case_row (case_id, title, tenant, version, plan_version, severity, finding_count, round, round_status, waiting_since)
            VALUES (@case, @title, @tenant, @version, @plan, @severity, @findings, @round, @status, @waiting)
            ON CONFLICT (case_id) DO UPDATE SET
                version = excluded.version, plan_version = excluded.plan_version, severity = excluded.severity,
                finding_count = excluded.finding_count, round = excluded.round, round_status = excluded.round_status,
                waiting_since = CASE WHEN excluded.waiting_since IS NULL OR @asked = 1 THEN excluded.waiting_since ELSE coalesce(case_row.waiting_since, excluded.waiting_since) END
            """,
            ("@case", key),
            ("@title", keys.Close(state.Opened!.Title, Title, key)),
            ("@tenant", state.Opened.Tenant),
            ("@version", version),
            ("@plan", state.Plan?.Version ?? 0),
            ("@severity", findings.Count == 0 ? 0 : (int)findings.Max(finding => finding.Severity) + 1),
            ("@findings", findings.Count),
            ("@round", state.Round),
            ("@status", (int)StatusOf(state)),
            ("@waiting", state.Pending.IsEmpty ? null : Text(time.GetUtcNow())),
            ("@asked", changes.Any(c => c is CoverageAsked) ? 1 : 0));
    }

    /// <inheritdoc/>
    /// <remarks>The pseudonyms stay: by them a message that a domain sent before it heard is known as one about what was erased.</remarks>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM case_row WHERE case_id = @case", ("@case", key));
    }

    /// <summary>The case that a domain knows by a pseudonym; null when none is.</summary>
    public async ValueTask<string?> CaseOfAsync(string service, string pseudonym, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((service, pseudonym), out var caseId))
        {
            return caseId;
        }

        var found = await Store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                "SELECT case_id FROM pseudonym WHERE service = @service AND pseudonym = @pseudonym",
                row => row.GetString(0),
                cancel,
                ("@service", service),
                ("@pseudonym", pseudonym)),
            cancellationToken);
        if (found.SingleOrDefault() is { } newlyFound)
        {
            Remember(service, pseudonym, newlyFound);
        }

        return found.SingleOrDefault();
    }

    private void Remember(string service, string pseudonym, string caseId)
    {
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[(service, pseudonym)] = caseId;
    }

    /// <summary>The cases that wait for answers since before a moment, with their round.</summary>
    public Task<IReadOnlyList<(string CaseId, int Round)>> WaitingSinceBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            "SELECT case_id, round FROM case_row WHERE waiting_since < @moment ORDER BY waiting_since LIMIT 500",
            row => (row.GetString(0), row.GetInt32(1)),
            cancel,
            ("@moment", Text(moment))),
        cancellationToken);

    /// <summary>How many rounds wait for answers.</summary>
    public Task<long> OpenRoundsAsync(CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync("SELECT count(*) FROM case_row WHERE waiting_since IS NOT NULL", row => row.GetInt64(0), cancel)).Single(),
        cancellationToken);

    /// <summary>The ids of all cases.</summary>
    public Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync("SELECT case_id FROM case_row ORDER BY case_id", row => row.GetString(0), cancel),
        cancellationToken);

    /// <summary>The version of a case's newest plan; 0 = none, null = no such case.</summary>
    public Task<int?> PlanVersionAsync(string caseId, CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            "SELECT plan_version FROM case_row WHERE case_id = @case", row => (int?)row.GetInt32(0), cancel, ("@case", caseId))).SingleOrDefault(),
        cancellationToken);

    /// <summary>The municipality of a case, also of one that was erased, empty for none; null when there was no such case.</summary>
    public Task<string?> TenantAsync(string caseId, CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            "SELECT coalesce(tenant, '') FROM case_row WHERE case_id = @case UNION ALL SELECT area FROM erasure WHERE case_id = @case", row => row.GetString(0), cancel, ("@case", caseId))).SingleOrDefault(),
        cancellationToken);

    /// <summary>A part of the worklist, the newest case first.</summary>
    /// <param name="tenant">Only of this tenant; null = all.</param>
    /// <param name="alsoOfNone">Those of no tenant too.</param>
    /// <param name="minimumSeverity">Only with a finding at least as grave (1 info, 2 attention, 3 urgent); 0 = all.</param>
    /// <param name="before">Only cases opened before this one; null = from the newest.</param>
    /// <param name="max">How many.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<CaseRow>> ListAsync(string? tenant, bool alsoOfNone, int minimumSeverity, string? before, int max, CancellationToken cancellationToken)
    {
        // A part for each severity: each is read from the end of an index, so the answer costs the same among a million cases as among ten.
        string[] tenants = tenant is null ? [""] : alsoOfNone ? ["tenant = @tenant AND ", "tenant IS NULL AND "] : ["tenant = @tenant AND "];
        var later = before is null ? "" : "case_id < @before AND ";
        var parts = from severity in Enumerable.Range(minimumSeverity, MostSevere - minimumSeverity + 1)
                    from of in tenants
                    select $"SELECT * FROM (SELECT {RowColumns} FROM case_row WHERE {of}{later}severity = {severity} ORDER BY case_id DESC LIMIT @max) AS part{severity}";
        (string, object?)[] parameters = [("@max", max), .. tenant is null ? [] : new (string, object?)[] { ("@tenant", tenant) }, .. before is null ? [] : new (string, object?)[] { ("@before", before) }];
        return Store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                $"{string.Join(" UNION ALL ", parts)} ORDER BY case_id DESC LIMIT @max",
                row => new CaseRow(
                    row.GetString(0), keys.Open(row.GetString(1), Title, row.GetString(0)), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), row.GetInt32(4), row.GetInt32(5),
                    row.GetInt32(6), (RoundStatus)row.GetInt32(7)),
                cancel,
                parameters),
            cancellationToken);
    }

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
