using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Domains.Provisions;
using Samenhang.Platform.Store;

namespace Samenhang.Domains.Store;

/// <summary>Which provisions a case has in this domain: the one question that a single stream cannot answer.</summary>
public sealed class ProvisionTable<TDomain>(IServiceProvider services) : IProjection<ProvisionState<TDomain>, ProvisionEvent<TDomain>>
    where TDomain : IDomain
{
    /// <inheritdoc/>
    public async Task WriteAsync(
        StreamChange<ProvisionState<TDomain>, ProvisionEvent<TDomain>> change, DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO provision (provision_id, case_pseudonym) VALUES ($id, $case) ON CONFLICT (provision_id) DO NOTHING";
        command.AddParameter("$id", change.Key);
        command.AddParameter("$case", change.State.Current!.CasePseudonym);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The ids of the provisions of a case, the first requested first.</summary>
    public Task<IReadOnlyList<string>> OfCaseAsync(string casePseudonym, CancellationToken cancellationToken) =>
        services.GetRequiredKeyedService<IEventStore>(TDomain.Name).QueryAsync(
            async (connection, cancel) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT provision_id FROM provision WHERE case_pseudonym = $case ORDER BY provision_id";
                command.AddParameter("$case", casePseudonym);
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

internal static class CommandParameters
{
    public static void AddParameter(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
