using System.Globalization;

namespace Samenhang.Engines;

/// <summary>
/// A PostgreSQL of its own in a folder: it listens on this machine only, wants a password from everybody (scram-sha-256), checks its
/// pages, and runs as the user of its package when this process is root.
/// </summary>
public sealed class PostgreSqlServer
{
    /// <summary>The name of the administrator.</summary>
    public const string Administrator = "postgres";

    private static readonly TimeSpan ToolWithin = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly string _password;
    private readonly string _programs;
    private readonly SystemUser? _user;

    /// <summary>A server in a folder, whether it was made already or not.</summary>
    /// <param name="folder">The folder of its data; nothing else lies in it.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="administratorPassword">Of <see cref="Administrator"/>; counts when the folder is made.</param>
    /// <exception cref="EngineException">PostgreSQL is not installed, or not in the version that made the folder.</exception>
    public PostgreSqlServer(string folder, int port, string administratorPassword)
    {
        _folder = Path.GetFullPath(folder);
        Port = port;
        _password = administratorPassword;
        _user = SystemUser.ForEngine("postgres");
        var madeBy = IsMade ? File.ReadAllText(VersionFile).Trim() : null;
        _programs = Programs(madeBy) ?? throw new EngineException(madeBy is null ? "PostgreSQL is not installed." : $"The data were made by PostgreSQL {madeBy}, which is not installed.");
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Most connections that it takes at once.</summary>
    public int MostConnections { get; init; } = 200;

    private bool IsMade => File.Exists(VersionFile);

    private string VersionFile => Path.Combine(_folder, "PG_VERSION");

    /// <summary>Whether its programs are on this machine.</summary>
    public static bool IsInstalled => Programs(null) is not null;

    /// <summary>Makes the folder when it was not made yet.</summary>
    /// <returns>Whether it was made now.</returns>
    /// <exception cref="EngineException">It cannot be made.</exception>
    public async Task<bool> PrepareAsync(CancellationToken cancellation)
    {
        if (_user is not null && PrivateFolder.BarrierTo(_folder) is { } barrier)
        {
            throw new EngineException($"User '{_user.Name}' cannot pass the folder {barrier}: choose a data folder outside it.");
        }

        if (IsMade)
        {
            return false;
        }

        // What an interrupted first start left is no database yet.
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        PrivateFolder.Make(_folder, _user);
        var secret = _folder + ".password";
        try
        {
            PrivateFolder.Write(secret, _password, _user);
            await new ProcessPlan
            {
                Program = Path.Combine(_programs, "initdb"),
                Arguments = ["--pgdata", _folder, "--username", Administrator, "--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--no-instructions"],
                RunAs = _user,
                Folder = "/",
            }.RunAsync(null, ToolWithin, cancellation);
        }
        finally
        {
            File.Delete(secret);
        }

        return true;
    }

    /// <summary>How the server is started. It ends in good order on <see cref="Signal.Interrupt"/>.</summary>
    public ProcessPlan Plan(string log) => new()
    {
        Program = Path.Combine(_programs, "postgres"),
        Arguments =
        [
            "-D", _folder, "-p", Text(Port),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=" + Text(MostConnections), "-c", "log_line_prefix=%m [%p] %u ", "-c", "log_min_error_statement=panic",
        ],
        RunAs = _user,
        Folder = "/",
        Log = log,
    };

    /// <summary>Whether it takes connections.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await RunSqlAsync("SELECT 1;", cancellation);
            return true;
        }
        catch (EngineException)
        {
            return false; // Not yet: who waits bounds the wait, and the log tells.
        }
    }

    /// <summary>Runs statements as the administrator, with the commands of psql.</summary>
    /// <exception cref="EngineException">One failed.</exception>
    public Task<string> RunSqlAsync(string statements, CancellationToken cancellation) => new ProcessPlan
    {
        Program = Path.Combine(_programs, "psql"),
        Arguments = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--host", "127.0.0.1", "--port", Text(Port), "--username", Administrator, "--dbname", "postgres"],
        Variables = new Dictionary<string, string?> { ["PGPASSWORD"] = _password, ["PGCONNECT_TIMEOUT"] = "5", ["PGSSLMODE"] = "disable" },
        Folder = "/",
    }.RunAsync(statements, ToolWithin, cancellation);

    private static string? Programs(string? version)
    {
        const string Debian = "/usr/lib/postgresql";
        if (!Directory.Exists(Debian))
        {
            return null;
        }

        return Directory.EnumerateDirectories(Debian)
            .Where(folder => version is null || Path.GetFileName(folder) == version)
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
