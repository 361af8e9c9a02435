using Microsoft.Data.Sqlite;
using Npgsql;
using Samenhang.Platform.Store;
using Samenhang.Platform.Store.PostgreSql;
using Samenhang.Platform.Store.Sqlite;

namespace Samenhang.Platform.Trail;

/// <summary>The trail of a service for whoever only looks at it: nothing is made or brought up to date.</summary>
public static class StoredTrail
{
    /// <summary>The trail in a SQLite file, also of a service that runs, or in a copy of it.</summary>
    public static ITrailReader OfFile(string path) => new File(path);

    /// <summary>The trail in a schema of a PostgreSQL database.</summary>
    public static ITrailReader OfDatabase(string connectionString, string schema) => new Database(connectionString, schema);

    private sealed class File(string path) : ITrailReader
    {
        public async Task<T> ReadAsync<T>(Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        {
            try
            {
                await using var connection = new SqliteConnection(
                    new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
                await connection.OpenAsync(cancellationToken);
                return await SqliteTrail.ReadAsync(connection, read, cancellationToken);
            }
            catch (SqliteException cause)
            {
                throw new StoreUnavailableException(cause);
            }
        }
    }

    private sealed class Database(string connectionString, string schema) : ITrailReader
    {
        public async Task<T> ReadAsync<T>(Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        {
            try
            {
                await using var source = PostgreSqlConnections.Unpooled(PostgreSqlConnections.Settings(connectionString, schema));
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return await PostgreSqlTrail.ReadAsync(connection, read, cancellationToken);
            }
            catch (NpgsqlException cause)
            {
                throw new StoreUnavailableException(cause);
            }
        }
    }
}
