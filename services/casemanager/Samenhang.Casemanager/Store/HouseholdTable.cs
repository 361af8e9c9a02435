using Samenhang.Casemanager.Domain.Households;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Store;

/// <summary>In which households a case is or was.</summary>
public sealed class HouseholdTable(IServiceProvider services) : IProjection<HouseholdState, HouseholdChange>
{
    // Looked up late: the store is made with the projections.
    private IEventStore Store => services.GetRequiredKeyedService<IEventStore>(ServiceNames.Casemanager);

    /// <inheritdoc/>
    public void Write(StreamChange<HouseholdState, HouseholdChange> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var joined in change.Events.OfType<MemberJoined>())
        {
            rows.Add(
                "INSERT INTO household_member (household_id, case_id) VALUES (@household, @case) ON CONFLICT DO NOTHING",
                ("@household", change.Key),
                ("@case", joined.CaseId));
        }

        foreach (var forgotten in change.Events.OfType<MemberForgotten>())
        {
            rows.Add("DELETE FROM household_member WHERE household_id = @household AND case_id = @case", ("@household", change.Key), ("@case", forgotten.CaseId));
        }
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM household_member WHERE household_id = @household", ("@household", key));
    }

    /// <summary>The households in which a case is or was.</summary>
    public Task<IReadOnlyList<string>> OfCaseAsync(string caseId, CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            "SELECT household_id FROM household_member WHERE case_id = @case ORDER BY household_id", row => row.GetString(0), cancel, ("@case", caseId)),
        cancellationToken);

    /// <summary>The households in which any of these cases is or was; asks nothing when there is none.</summary>
    public async Task<IReadOnlyList<string>> OfCasesAsync(IReadOnlyCollection<string> caseIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        if (caseIds.Count == 0)
        {
            return [];
        }

        var parameters = caseIds.Select((caseId, place) => ($"@case{place}", (object?)caseId)).ToArray();
        return await Store.QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                $"SELECT DISTINCT household_id FROM household_member WHERE case_id IN ({string.Join(", ", parameters.Select(parameter => parameter.Item1))})",
                row => row.GetString(0),
                cancel,
                parameters),
            cancellationToken);
    }

    /// <summary>The ids of all households.</summary>
    public Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellationToken) => Store.QueryAsync(
        (connection, cancel) => connection.RowsAsync(
            "SELECT DISTINCT household_id FROM household_member ORDER BY household_id", row => row.GetString(0), cancel),
        cancellationToken);
}
