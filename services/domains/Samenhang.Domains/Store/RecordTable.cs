using System.Data.Common;
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
        IdsAsync("SELECT record_id FROM record WHERE kind = $kind AND case_pseudonym = $key ORDER BY record_id", kind, casePseudonym, cancellationToken);

    /// <summary>The ids of the records about a person, by the domain's own name for that person, the oldest first.</summary>
    public Task<IReadOnlyList<string>> OfReferenceAsync(string kind, string ownReference, CancellationToken cancellationToken) =>
        IdsAsync("SELECT record_id FROM record WHERE kind = $kind AND own_reference = $key ORDER BY record_id", kind, ownReference, cancellationToken);

    private Task<IReadOnlyList<string>> IdsAsync(string sql, string kind, string key, CancellationToken cancellationToken) =>
        services.GetRequiredKeyedService<IEventStore>(TDomain.Name).QueryAsync(
            async (connection, cancel) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.AddParameter("$kind", kind);
                command.AddParameter("$key", key);
                var ids = new List<string>();
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                {
                    ids.Add(rows.GetString(0));
                }

                return (IReadOnlyList<string>)ids;
            },
            cancellationToken);
}

/// <summary>Keeps <see cref="RecordTable{TDomain}"/> up to date.</summary>
public sealed class RecordProjection<TRecord, TEvent> : IProjection<RecordState<TRecord>, TEvent>
    where TRecord : class, IRecord
    where TEvent : RecordEvent<TRecord>
{
    /// <inheritdoc/>
    public async Task WriteAsync(StreamChange<RecordState<TRecord>, TEvent> change, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(transaction);
        var record = change.State.Current!;
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO record (kind, record_id, case_pseudonym, own_reference) VALUES ($kind, $id, $case, $reference)
            ON CONFLICT (kind, record_id) DO UPDATE SET case_pseudonym = excluded.case_pseudonym, own_reference = excluded.own_reference
            """;
        command.AddParameter("$kind", TRecord.Kind);
        command.AddParameter("$id", record.Id);
        command.AddParameter("$case", record.CasePseudonym);
        command.AddParameter("$reference", record.OwnReference);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Parameters of commands.</summary>
public static class CommandParameters
{
    /// <summary>Adds a parameter; null is the NULL of the database.</summary>
    public static void AddParameter(this DbCommand command, string name, object? value)
    {
        ArgumentNullException.ThrowIfNull(command);
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
