using System.Globalization;
using System.Text.Json;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>Which cases were erased, and of which of them something must still follow.</summary>
public sealed class ErasureTable(IServiceProvider services, [FromKeyedServices(ServiceNames.Casemanager)] StoreKeys keys) : IProjection<ErasureState, ErasureChange>
{
    private const string Following = "erasure.to_follow";

    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <summary>What must follow: who did it stands in it.</summary>
    public static SealedTable Seals { get; } = new() { Name = "erasure", Key = ["case_id"], Texts = ["to_follow"] };

    /// <inheritdoc/>
    /// <remarks>With its stream everything that must follow is done or on its way.</remarks>
    public void Write(StreamChange<ErasureState, ErasureChange> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("UPDATE erasure SET to_follow = NULL WHERE case_id = @case", ("@case", change.Key));
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM erasure WHERE case_id = @case", ("@case", key));
    }

    /// <summary>What is written in the transaction that erases a case, so that what must follow does, also after a crash.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="area">Its municipality, or null.</param>
    /// <param name="erased">Who did it, and who must hear of it.</param>
    public IReadOnlyList<RowWrite> Erased(string caseId, string? area, CaseErased erased)
    {
        ArgumentNullException.ThrowIfNull(erased);
        var rows = new RowWrites();
        rows.Add(
            "INSERT INTO erasure (case_id, area, erased_on, to_follow) VALUES (@case, @area, @on, @follow)",
            ("@case", caseId),
            ("@area", area ?? ""),
            ("@on", erased.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            ("@follow", keys.Close(JsonSerializer.Serialize(erased), Following, caseId)));
        return rows.All;
    }

    /// <summary>When a case was erased; null when it was not.</summary>
    public Task<DateTimeOffset?> FindAsync(string caseId, CancellationToken cancellationToken) => Store.QueryAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            "SELECT erased_on FROM erasure WHERE case_id = @case",
            row => (DateTimeOffset?)DateTimeOffset.Parse(row.GetString(0), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            cancel,
            ("@case", caseId))).SingleOrDefault(),
        cancellationToken);

    /// <summary>The erasures of which something must still follow.</summary>
    /// <param name="caseId">Only that of this case; null = all.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<(string CaseId, CaseErased Erased)>> ToFollowAsync(string? caseId, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            $"SELECT case_id, to_follow FROM erasure WHERE to_follow IS NOT NULL{(caseId is null ? "" : " AND case_id = @case")} ORDER BY case_id LIMIT 500",
            row => (row.GetString(0), JsonSerializer.Deserialize<CaseErased>(keys.Open(row.GetString(1), Following, row.GetString(0)))!),
            cancel,
            caseId is null ? [] : [("@case", caseId)]),
        cancellationToken);
}
