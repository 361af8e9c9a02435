using Microsoft.Extensions.DependencyInjection;
using Samenhang.Domains.Records;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Store;

/// <summary>Which records a case or a person has in this domain: the questions that a single stream cannot answer.</summary>
public sealed class RecordTable<TDomain>(IServiceProvider services)
    where TDomain : IDomain
{
    /// <summary>The ids of the records of a case, the oldest first.</summary>
    public Task<IReadOnlyList<string>> OfCaseAsync(string kind, string casePseudonym, CancellationToken cancellationToken) =>
        IdsAsync("SELECT record_id FROM record WHERE kind = @kind AND case_pseudonym = @key ORDER BY record_id", kind, casePseudonym, cancellationToken);

    /// <summary>The ids of the records about a person, by the domain's own name for that person, the oldest first.</summary>
    public Task<IReadOnlyList<string>> OfReferenceAsync(string kind, string ownReference, CancellationToken cancellationToken) =>
        IdsAsync("SELECT record_id FROM record WHERE kind = @kind AND own_reference = @key ORDER BY record_id", kind, ownReference, cancellationToken);

    private Task<IReadOnlyList<string>> IdsAsync(string sql, string kind, string key, CancellationToken cancellationToken) =>
        services.GetRequiredKeyedService<IEventStore>(TDomain.Name).QueryAsync(
            (connection, cancel) => connection.RowsAsync(sql, row => row.GetString(0), cancel, ("@kind", kind), ("@key", key)),
            cancellationToken);
}

/// <summary>Keeps <see cref="RecordTable{TDomain}"/> up to date.</summary>
public sealed class RecordProjection<TRecord, TEvent> : IProjection<RecordState<TRecord>, TEvent>
    where TRecord : class, IRecord
    where TEvent : RecordEvent<TRecord>
{
    /// <inheritdoc/>
    public void Write(StreamChange<RecordState<TRecord>, TEvent> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        var record = change.State.Current!;
        rows.Add(
            """
            INSERT INTO record (kind, record_id, case_pseudonym, own_reference) VALUES (@kind, @id, @case, @reference)
            ON CONFLICT (kind, record_id) DO UPDATE SET case_pseudonym = excluded.case_pseudonym, own_reference = excluded.own_reference
            """,
            ("@kind", TRecord.Kind),
            ("@id", record.Id),
            ("@case", record.CasePseudonym),
            ("@reference", record.OwnReference));
    }
}
