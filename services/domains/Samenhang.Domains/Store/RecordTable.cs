using Microsoft.Extensions.DependencyInjection;
using Samenhang.Domains.Records;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Store;

/// <summary>Which records a case or a person has in this domain: the questions that a single stream cannot answer.</summary>
public sealed class RecordTable<TDomain>(IServiceProvider services)
    where TDomain : IDomain
{
    /// <summary>The ids of the records of a case, the oldest first.</summary>
    public Task<IReadOnlyList<string>> OfCaseAsync(string kind, string casePseudonym, CancellationToken cancellationToken) =>
        IdsAsync("case_pseudonym", kind, [casePseudonym], cancellationToken);

    /// <summary>The ids of the records about a person, by the domain's own name for that person, the oldest first.</summary>
    public Task<IReadOnlyList<string>> OfReferenceAsync(string kind, string ownReference, CancellationToken cancellationToken) =>
        IdsAsync("own_reference", kind, services.GetRequiredKeyedService<StoreKeys>(TDomain.Name).FindAll(ownReference, RecordSeals.Reference), cancellationToken);

    /// <summary>The cases of the records with an id, whatever their kind; null for a record that belongs to none. Empty = there is no such record.</summary>
    public Task<IReadOnlyList<string?>> CasesOfAsync(string id, CancellationToken cancellationToken) =>
        services.GetRequiredKeyedService<IEventStore>(TDomain.Name).QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                "SELECT case_pseudonym FROM record WHERE record_id = @id", row => row.IsDBNull(0) ? null : row.GetString(0), cancel, ("@id", id)),
            cancellationToken);

    private Task<IReadOnlyList<string>> IdsAsync(string column, string kind, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        services.GetRequiredKeyedService<IEventStore>(TDomain.Name).QueryAsync(
            (connection, cancel) => connection.RowsAsync(
                $"SELECT record_id FROM record WHERE kind = @kind AND {column} IN ({string.Join(", ", keys.Select((_, place) => $"@key{place}"))}) ORDER BY record_id",
                row => row.GetString(0),
                cancel,
                [("@kind", kind), .. keys.Select((key, place) => ($"@key{place}", (object?)key))]),
            cancellationToken);
}

/// <summary>What is sealed of records: by which name the domain knows the person. It may be anything, a number of another register too.</summary>
internal static class RecordSeals
{
    public const string Reference = "record.own_reference";
    public const string Sealed = "record.sealed_reference";

    public static SealedTable Table { get; } = new()
    {
        Name = "record",
        Key = ["record_id", "kind"],
        Texts = ["sealed_reference"],
        Also = (keys, row, rows) => rows.Add(
            "UPDATE record SET own_reference = @reference WHERE record_id = @id AND kind = @kind",
            ("@reference", row.Texts[0] is { } reference ? keys.Find(reference, Reference) : null),
            ("@id", row.Key[0]),
            ("@kind", row.Key[1])),
    };
}

/// <summary>Keeps <see cref="RecordTable{TDomain}"/> up to date.</summary>
public sealed class RecordProjection<TDomain, TRecord, TEvent>(IServiceProvider services) : IProjection<RecordState<TRecord>, TEvent>
    where TDomain : IDomain
    where TRecord : class, IRecord
    where TEvent : RecordEvent<TRecord>
{
    /// <inheritdoc/>
    public void Write(StreamChange<RecordState<TRecord>, TEvent> change, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(rows);
        var record = change.State.Current!;
        var keys = services.GetRequiredKeyedService<StoreKeys>(TDomain.Name);
        rows.Add(
            """
            INSERT INTO record (kind, record_id, case_pseudonym, own_reference, sealed_reference) VALUES (@kind, @id, @case, @reference, @sealed)
            ON CONFLICT (kind, record_id) DO UPDATE SET
                case_pseudonym = excluded.case_pseudonym, own_reference = excluded.own_reference, sealed_reference = excluded.sealed_reference
            """,
            ("@kind", TRecord.Kind),
            ("@id", record.Id),
            ("@case", record.CasePseudonym),
            ("@reference", record.OwnReference is { } reference ? keys.Find(reference, RecordSeals.Reference) : null),
            ("@sealed", keys.Close(record.OwnReference, RecordSeals.Sealed, record.Id)));
    }

    /// <inheritdoc/>
    public void Forget(string key, RowWrites rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Add("DELETE FROM record WHERE kind = @kind AND record_id = @id", ("@kind", TRecord.Kind), ("@id", key));
    }
}
