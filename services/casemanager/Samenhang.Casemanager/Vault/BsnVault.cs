using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Vault;

/// <summary>
/// The one place where a BSN lies, apart from events and projections: a file of its own, or a schema of its own in PostgreSQL. Nothing reads
/// a number back yet; what the rest of the system may know is whether there is one.
/// </summary>
public sealed class BsnVault : IDisposable
{
    private const string Schema = "vault";

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS client (case_id TEXT PRIMARY KEY, bsn TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS key_used (one INTEGER PRIMARY KEY CHECK (one = 1), fingerprint TEXT NOT NULL);
        """;

    private readonly StoreOptions store;
    private readonly string? connectionString;
    private readonly CaseKey key;
    private readonly SemaphoreSlim opening = new(1, 1);
    private DbDataSource? opened;

    /// <summary>Opens nothing yet.</summary>
    public BsnVault(IOptions<SamenhangOptions> options, IConfiguration configuration, CaseKey key)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        store = options.Value.Store;
        connectionString = configuration["Samenhang:Vault:ConnectionString"];
        this.key = key;
    }

    /// <summary>Makes the vault when it is not there, and sees that it was made with this key.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    /// <exception cref="OptionsValidationException">The vault belongs to another key.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken) => WithAsync((_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Keeps the BSN of a case. A second time changes nothing: a case is about one client.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    public Task KeepAsync(string caseId, Bsn bsn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bsn);
        return WithAsync(
            async (connection, cancel) => await ExecuteAsync(
                connection, "INSERT INTO client (case_id, bsn) VALUES (@case, @bsn) ON CONFLICT (case_id) DO NOTHING", cancel, ("@case", caseId), ("@bsn", bsn.Reveal())),
            cancellationToken);
    }

    /// <summary>Whether the BSN of a case is known.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    public Task<bool> KnowsAsync(string caseId, CancellationToken cancellationToken) => WithAsync(
        async (connection, cancel) => (await connection.RowsAsync("SELECT case_id FROM client WHERE case_id = @case", _ => true, cancel, ("@case", caseId))).Count > 0,
        cancellationToken);

    /// <summary>Stands for a BSN where two requests are compared; nobody can turn it back.</summary>
    public string Fingerprint(Bsn bsn)
    {
        ArgumentNullException.ThrowIfNull(bsn);
        return Convert.ToHexStringLower(key.Hash($"bsn\n{bsn.Reveal()}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        opened?.Dispose();
        opening.Dispose();
    }

    private async Task<T> WithAsync<T>(Func<DbConnection, CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await (opened ?? await OpenAsync(cancellationToken)).OpenConnectionAsync(cancellationToken);
            return await act(connection, cancellationToken);
        }
        catch (DbException cause)
        {
            // Every statement here is a constant that works: what fails is the disk, the database or the way to it.
            throw new StoreUnavailableException(cause);
        }
    }

    private async Task<DbDataSource> OpenAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            if (opened is null)
            {
                var source = store.Kind == StoreKind.PostgreSql ? Server() : File();
                try
                {
                    await MakeAsync(source, cancellationToken);
                }
                catch
                {
                    await source.DisposeAsync();
                    throw;
                }

                opened = source;
            }

            return opened;
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task MakeAsync(DbDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (connection is NpgsqlConnection)
        {
            // One process makes it, others wait. The schema is looked up first: a role that may make none can work in one that was made for it.
            await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtextextended('samenhang migrations vault', 0))", cancellationToken);
            if ((await connection.RowsAsync("SELECT 1 FROM pg_namespace WHERE nspname = @schema", _ => true, cancellationToken, ("@schema", Schema))).Count == 0)
            {
                await ExecuteAsync(connection, $"CREATE SCHEMA {Schema}", cancellationToken);
            }
        }

        await ExecuteAsync(connection, Tables, cancellationToken);

        // Pseudonyms made with another key would match no case any more: better no start than that.
        await ExecuteAsync(
            connection,
            "INSERT INTO key_used (one, fingerprint) VALUES (1, @fingerprint) ON CONFLICT (one) DO NOTHING",
            cancellationToken,
            ("@fingerprint", Convert.ToHexStringLower(key.Hash("which key"))));
        var used = await connection.RowsAsync("SELECT fingerprint FROM key_used", row => row.GetString(0), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (used.Single() != Convert.ToHexStringLower(key.Hash("which key")))
        {
            throw new OptionsValidationException(
                "Samenhang:Vault:Key", typeof(CaseKey), ["Samenhang:Vault:Key is not the key that this store was made with: give every casemanager the key of the store."]);
        }
    }

    private NpgsqlDataSource Server() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(string.IsNullOrEmpty(connectionString) ? store.ConnectionString : connectionString)
        {
            SearchPath = Schema, ApplicationName = "samenhang-vault", MaxPoolSize = 4, Timeout = 5,
        });

    private DbDataSource File()
    {
        Directory.CreateDirectory(store.Folder);
        var path = Path.Combine(store.Folder, "casemanager.vault.db");
        var source = SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        using (var connection = source.OpenConnection())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL"; // Stays with the file. What is committed there is on disk (synchronous is FULL).
            command.ExecuteNonQuery();
        }

        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return source;
    }

    private static async Task<int> ExecuteAsync(
        DbConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
