using System.Data.Common;

namespace Samenhang.Platform.Store;

/// <summary>Reads projection tables, inside <see cref="IEventStore.QueryAsync{T}"/>.</summary>
public static class ProjectionQueries
{
    /// <summary>The rows of one query.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">A constant text that every store understands, with parameters written <c>@name</c>.</param>
    /// <param name="read">Makes a value of a row.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <param name="parameters">Name (with the <c>@</c>) and value; null is the NULL of the database.</param>
    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(parameters);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The caller's constant; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
