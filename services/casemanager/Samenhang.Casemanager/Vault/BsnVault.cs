using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Samenhang.Language;
using Samenhang.Platform.Hosting;

namespace Samenhang.Casemanager.Vault;

/// <summary>
/// The one place where a BSN lies: a database file of its own, apart from events and projections. Nothing reads a number back yet;
/// what the rest of the system may know is whether there is one.
/// </summary>
public sealed class BsnVault(IOptions<SamenhangOptions> options, CaseKey key) : IDisposable
{
    private readonly Lazy<SqliteConnection> connection = new(() => Open(options.Value.Store.Folder));
    private readonly Lock turn = new();

    /// <summary>Keeps the BSN of a case. A second time changes nothing: a case is about one client.</summary>
    public void Keep(string caseId, Bsn bsn)
    {
        ArgumentNullException.ThrowIfNull(bsn);
        lock (turn)
        {
            using var command = connection.Value.CreateCommand();
            command.CommandText = "INSERT INTO client (case_id, bsn) VALUES ($case, $bsn) ON CONFLICT (case_id) DO NOTHING";
            command.Parameters.AddWithValue("$case", caseId);
            command.Parameters.AddWithValue("$bsn", bsn.Reveal());
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Whether the BSN of a case is known.</summary>
    public bool Knows(string caseId)
    {
        lock (turn)
        {
            using var command = connection.Value.CreateCommand();
            command.CommandText = "SELECT count(*) FROM client WHERE case_id = $case";
            command.Parameters.AddWithValue("$case", caseId);
            return (long)command.ExecuteScalar()! > 0;
        }
    }

    /// <summary>Stands for a BSN where two requests are compared; nobody can turn it back.</summary>
    public string Fingerprint(Bsn bsn)
    {
        ArgumentNullException.ThrowIfNull(bsn);
        return Convert.ToHexStringLower(key.Hash($"bsn\n{bsn.Reveal()}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (connection.IsValueCreated)
        {
            connection.Value.Dispose();
        }
    }

    private static SqliteConnection Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "casemanager.vault.db");
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        opened.Open();
        using var command = opened.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = 5000;
            CREATE TABLE IF NOT EXISTS client (case_id TEXT PRIMARY KEY, bsn TEXT NOT NULL);
            """;
        command.ExecuteNonQuery();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return opened;
    }
}
