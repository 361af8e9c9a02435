using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Samenhang.Platform.Store.PostgreSql;

/// <summary>Brings one schema to the newest version, in one transaction. Several processes may start at once: one does it, the others wait.</summary>
internal static class PostgreSqlMigrator
{
    public static async Task MigrateAsync(
        NpgsqlDataSource source, string schema, IReadOnlyList<Migrations> sets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtextextended('samenhang migrations ' || @schema, 0))", cancellationToken, ("schema", schema));

        // Looked up first: a role that may not make schemas can work in one that was made for it.
        if (await ScalarAsync(connection, "SELECT 1 FROM pg_namespace WHERE nspname = @schema", cancellationToken, ("schema", schema)) is null)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA {Quote(schema)}", cancellationToken);
        }

        await ExecuteAsync(
            connection,
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                migration_set text        NOT NULL,
                number        int         NOT NULL,
                name          text        NOT NULL,
                sha256        text        NOT NULL,
                applied_on    timestamptz NOT NULL,
                PRIMARY KEY (migration_set, number)
            )
            """,
            cancellationToken);
        foreach (var set in sets)
        {
            foreach (var step in set.Steps)
            {
                await ApplyAsync(connection, schema, set.Set, step, now, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, string schema, string set, Migration step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(step.Sql)));
        var applied = (string?)await ScalarAsync(
            connection,
            "SELECT sha256 FROM schema_migration WHERE migration_set = @set AND number = @number",
            cancellationToken,
            ("set", set),
            ("number", step.Number));
        if (applied == hash)
        {
            return;
        }

        if (applied is not null)
        {
            throw new InvalidOperationException(
                $"Migration '{set}/{step.Name}' was applied to schema '{schema}' with another text. An applied migration is never edited: add a new one.");
        }

        await ExecuteAsync(connection, step.Sql, cancellationToken);
        await ExecuteAsync(
            connection,
            "INSERT INTO schema_migration (migration_set, number, name, sha256, applied_on) VALUES (@set, @number, @name, @sha256, @now)",
            cancellationToken,
            ("set", set),
            ("number", step.Number),
            ("name", step.Name),
            ("sha256", hash),
            ("now", now));
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = Prepare(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<object?> ScalarAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = Prepare(connection, sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlCommand Prepare(NpgsqlConnection connection, string sql, (string Name, object Value)[] parameters)
    {
#pragma warning disable CA2100 // Every text comes from this folder or from an embedded migration; values are parameters.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
