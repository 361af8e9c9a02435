using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Samenhang.Language;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Vault;

/// <summary>
/// The one place where a BSN lies, apart from events and projections: a file of its own, or a schema of its own in PostgreSQL. The number is sealed and
/// bound to its case; a keyed hash beside it finds the cases of a number. What the rest of the system may know is whether there is one.
/// </summary>
public sealed class BsnVault : IDisposable, ISealedRows
{
    private const string Schema = "vault";
    private const string Column = "identity.bsn";
    private const int AtOnce = 200;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS identity (case_id TEXT PRIMARY KEY, bsn_hash TEXT NOT NULL, bsn TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS identity_by_bsn ON identity (bsn_hash);
        CREATE TABLE IF NOT EXISTS key_used (one INTEGER PRIMARY KEY CHECK (one = 1), fingerprint TEXT NOT NULL);
        """;

    private readonly StoreOptions store;
    private readonly string? connectionString;
    private readonly CaseKey key;
    private readonly StoreKeys keys;
    private readonly SemaphoreSlim opening = new(1, 1);
    private DbDataSource? opened;

    /// <summary>Opens nothing yet.</summary>
    public BsnVault(IOptions<SamenhangOptions> options, IConfiguration configuration, CaseKey key, KeyRing ring)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        store = options.Value.Store;
        connectionString = configuration["Samenhang:Vault:ConnectionString"];
        this.key = key;
        keys = new StoreKeys(Schema, ring);
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
                connection,
                "INSERT INTO identity (case_id, bsn_hash, bsn) VALUES (@case, @hash, @bsn) ON CONFLICT (case_id) DO NOTHING",
                cancel,
                ("@case", caseId),
                ("@hash", keys.Find(bsn.Reveal(), Column)),
                ("@bsn", keys.Close(bsn.Reveal(), Column, caseId))),
            cancellationToken);
    }

    /// <summary>Forgets the BSN of a case that was erased; nothing when it is not known.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    public Task ForgetAsync(string caseId, CancellationToken cancellationToken) => WithAsync(
        async (connection, cancel) => await ExecuteAsync(connection, "DELETE FROM identity WHERE case_id = @case", cancel, ("@case", caseId)), cancellationToken);

    /// <summary>The BSN of a case; null when it is not known.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    public async Task<Bsn?> ReadAsync(string caseId, CancellationToken cancellationToken) => await WithAsync(
        async (connection, cancel) => (await connection.RowsAsync(
            "SELECT bsn FROM identity WHERE case_id = @case",
            row => Bsn.TryParse(keys.Open(row.GetString(0), Column, caseId), out var bsn) ? bsn : null,
            cancel,
            ("@case", caseId))).SingleOrDefault(),
        cancellationToken);

    /// <summary>The cases of a person.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    public Task<IReadOnlyList<string>> CasesOfAsync(Bsn bsn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bsn);

        // With every key of the ring: what was kept before a new key came is found too.
        var hashes = keys.FindAll(bsn.Reveal(), Column).Select((hash, place) => ($"@hash{place}", (object?)hash)).ToArray();
        return WithAsync(
            (connection, cancel) => connection.RowsAsync(
                $"SELECT case_id FROM identity WHERE bsn_hash IN ({string.Join(", ", hashes.Select(hash => hash.Item1))}) ORDER BY case_id", row => row.GetString(0), cancel, hashes),
            cancellationToken);
    }

    /// <inheritdoc/>
    public string Name => "vault.identity";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken cancellationToken)
    {
        var rows = await WithAsync(
            (connection, cancel) => connection.RowsAsync(
                "SELECT case_id, bsn, bsn_hash FROM identity",
                row => (KeyId: StoreKeys.KeyIdOf(row.GetString(1)) ?? "-", Opens: Opens(row.GetString(0), row.GetString(1), row.GetString(2))),
                cancel),
            cancellationToken);
        return [.. rows.GroupBy(row => row.KeyId).Select(group => new SealedCount(group.Key, group.Count(), group.Count(row => !row.Opens)))];
    }

    /// <inheritdoc/>
    public Task<int> RenewSomeAsync(CancellationToken cancellationToken) => WithAsync(
        async (connection, cancel) =>
        {
            var old = await connection.RowsAsync(
                "SELECT case_id, bsn FROM identity WHERE bsn NOT LIKE @active LIMIT @most",
                row => (CaseId: row.GetString(0), Lying: row.GetString(1)),
                cancel,
                ("@active", keys.Ring.Active.Id + ".%"),
                ("@most", AtOnce));
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            foreach (var (caseId, lying) in old)
            {
                var bsn = keys.Open(lying, Column, caseId);
                await ExecuteAsync(
                    connection,
                    "UPDATE identity SET bsn = @bsn, bsn_hash = @hash WHERE case_id = @case AND bsn = @was",
                    cancel,
                    ("@bsn", keys.Close(bsn, Column, caseId)),
                    ("@hash", keys.Find(bsn, Column)),
                    ("@case", caseId),
                    ("@was", lying));
            }

            await transaction.CommitAsync(cancel);
            return old.Count;
        },
        cancellationToken);

    /// <summary>Whether the BSN of a case is known.</summary>
    /// <exception cref="StoreUnavailableException">The vault cannot be reached now.</exception>
    public Task<bool> KnowsAsync(string caseId, CancellationToken cancellationToken) => WithAsync(
        async (connection, cancel) => (await connection.RowsAsync("SELECT case_id FROM identity WHERE case_id = @case", _ => true, cancel, ("@case", caseId))).Count > 0,
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
        if (connection is not NpgsqlConnection)
        {
            await ExecuteAsync(connection, "PRAGMA secure_delete = ON", cancellationToken);
        }

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

        await SealOldAsync(connection, cancellationToken);

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

    /// <summary>Numbers that lay here before there were seals are sealed, and their table goes.</summary>
    private async Task SealOldAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var isServer = connection is NpgsqlConnection;
        var find = isServer ? "SELECT 1 FROM pg_tables WHERE schemaname = 'vault' AND tablename = 'client'" : "SELECT 1 FROM sqlite_master WHERE name = 'client'";
        if ((await connection.RowsAsync(find, _ => true, cancellationToken)).Count == 0)
        {
            return;
        }

        foreach (var (caseId, bsn) in await connection.RowsAsync("SELECT case_id, bsn FROM client", row => (row.GetString(0), row.GetString(1)), cancellationToken))
        {
            await ExecuteAsync(
                connection,
                "INSERT INTO identity (case_id, bsn_hash, bsn) VALUES (@case, @hash, @bsn) ON CONFLICT (case_id) DO NOTHING",
                cancellationToken,
                ("@case", caseId),
                ("@hash", keys.Find(bsn, Column)),
                ("@bsn", keys.Close(bsn, Column, caseId)));
        }

        // SQLite overwrites what it drops; of a PostgreSQL table nothing is left in a dump, and its file goes.
        await ExecuteAsync(connection, "DROP TABLE client", cancellationToken);
    }

    private bool Opens(string caseId, string lying, string hash)
    {
        try
        {
            var bsn = keys.Open(lying, Column, caseId);
            return Bsn.TryParse(bsn, out _) && keys.FindAll(bsn, Column).Contains(hash);
        }
        catch (Exception cause) when (cause is CryptographicException or FormatException or OptionsValidationException)
        {
            return false; // Altered, moved, or under a key that is not in the ring: it is counted.
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
