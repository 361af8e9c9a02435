using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace Samenhang.TestSupport;

/// <summary>
/// A PostgreSQL of the test's own, on a free port and in a folder of its own. As an xunit class fixture it starts once for a class; it can
/// be killed and started again with what it had on disk.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime, IAsyncDisposable
{
    private const string Versions = "/usr/lib/postgresql";
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private Process? _server;
    private int _databases;

    /// <summary>Settings as <c>name=value</c>. Default: those of a test. A process that is killed loses nothing that the operating system holds, so it need not wait for the disk.</summary>
    public IReadOnlyList<string> Settings { get; init; } = ["fsync=off"];

    /// <summary>Where it listens; the same after a restart.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The disk on which the database files are; null is that of the test.</summary>
    public SmallDisk? Disk { get; init; }

    /// <summary>The folder of the database files.</summary>
    public string DataFolder => Path.Combine(Disk?.Folder ?? _folder.Path, "data");

    /// <summary>True when it ended by itself or was killed.</summary>
    public bool HasEnded => _server?.HasExited ?? true;

    /// <summary>True when the server is here, or can be installed.</summary>
    public static bool IsPossible => Directory.Exists(Versions) || (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"));

    /// <summary>Where its programs are, such as pg_dump.</summary>
    public static string Programs => Directory.GetDirectories(Versions).Order(StringComparer.Ordinal).Last() + "/bin/";

    /// <summary>The processor time that it has used since its start.</summary>
    public TimeSpan ProcessorTime => ProcessTree.ProcessorTimeOf(_server!.Id);

    /// <summary>How a client of the test reaches a database of it.</summary>
    public string ConnectionStringOf(string database) => $"Host={Loopback};Port={Text(Port)};Username=postgres;Database={database}";

    /// <summary>Makes an empty database and tells how to reach it.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"test_{Text(Interlocked.Increment(ref _databases))}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionStringOf(name);
    }

    /// <summary>Runs a statement as the owner of the server.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionStringOf(database) + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes the database files and starts it.</summary>
    public async Task InitializeAsync()
    {
        if (!IsPossible)
        {
            throw new InvalidOperationException("This test needs postgresql, which is not here and cannot be installed (no root or no apt-get).");
        }

        if (!Directory.Exists(Versions))
        {
            await DebianPackages.InstallAsync("postgresql");
        }

        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; the package brings a user for it.
            using var change = Process.Start("chown", ["postgres", _folder.Path, Path.GetDirectoryName(DataFolder)!]);
            await change.WaitForExitAsync();
        }

        using var init = Run("initdb", ["-D", DataFolder, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        using var limit = new CancellationTokenSource(StartLimit);
        await init.WaitForExitAsync(limit.Token);
        if (init.ExitCode != 0)
        {
            throw new InvalidOperationException($"initdb ended with status {init.ExitCode}.");
        }

        await StartAsync();
    }

    /// <summary>Starts it, or starts it again, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        string[] settings = [$"listen_addresses={Loopback}", $"unix_socket_directories={_folder.Path}", "max_connections=200", .. Settings];
        _server = Run("postgres", ["-D", DataFolder, "-p", Text(Port), .. settings.SelectMany(setting => new[] { "-c", setting })]);
        await Patience.Until(AnswersAsync, $"PostgreSQL answers on port {Port}", StartLimit);
    }

    /// <summary>Ends it as kill -9 does: every process of it at once.</summary>
    public async Task KillAsync()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
            _server = null;
            File.Delete(Path.Combine(DataFolder, "postmaster.pid")); // Its number may belong to another process by the next start.
        }
    }

    /// <summary>Kills it and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private Process Run(string program, string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Programs + program, .. arguments])
            : new ProcessStartInfo(Programs + program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, _folder.Path);
        var process = Process.Start(start)!;
        process.BeginOutputReadLine(); // An unread pipe that fills would stop it.
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<bool> AnswersAsync()
    {
        if (_server!.HasExited)
        {
            throw new InvalidOperationException($"PostgreSQL ended at its start with status {_server.ExitCode}.");
        }

        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // Not yet: Patience bounds the wait.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
