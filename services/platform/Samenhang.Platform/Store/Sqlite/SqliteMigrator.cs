using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Samenhang.Platform.Store.Sqlite;

/// <summary>Brings a SQLite database to the newest schema, in one transaction.</summary>
internal static class SqliteMigrator
{
    public static void Migrate(SqliteConnection connection, IEnumerable<Migrations> sets, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                migration_set TEXT    NOT NULL,
                number        INTEGER NOT NULL,
                name          TEXT    NOT NULL,
                sha256        TEXT    NOT NULL,
                applied_on    TEXT    NOT NULL,
                PRIMARY KEY (migration_set, number)
            ) STRICT, WITHOUT ROWID
            """);
        foreach (var set in sets)
        {
            foreach (var step in set.Steps)
            {
                Apply(connection, set.Set, step, now);
            }
        }

        transaction.Commit();
    }

    private static void Apply(SqliteConnection connection, string set, Migration step, DateTimeOffset now)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(step.Sql)));
        var applied = connection.Scalar<string>(
            "SELECT sha256 FROM schema_migration WHERE migration_set = $set AND number = $number",
            ("$set", set), ("$number", step.Number));
        if (applied == hash)
        {
            return;
        }

        if (applied is not null)
        {
            throw new InvalidOperationException(
                $"Migration '{set}/{step.Name}' was applied to '{connection.DataSource}' with another text. An applied migration is never edited: add a new one.");
        }

        connection.Execute(step.Sql);
        connection.Execute(
            """
            INSERT INTO schema_migration (migration_set, number, name, sha256, applied_on)
            VALUES ($set, $number, $name, $sha256, $now)
            """,
            ("$set", set), ("$number", step.Number), ("$name", step.Name), ("$sha256", hash),
            ("$now", now.ToString("O", CultureInfo.InvariantCulture)));
    }
}
