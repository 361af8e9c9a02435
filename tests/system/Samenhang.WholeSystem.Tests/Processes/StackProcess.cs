using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Grpc.Net.Client;
using Npgsql;
using Samenhang.Engines;
using Samenhang.Host.Commands.Stack;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Processes;

/// <summary><c>run stack</c> as a user starts it, on a data folder of the test's own.</summary>
public sealed class StackProcess : IAsyncDisposable
{
    private static readonly TimeSpan CommandWithin = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder parent = new();
    private readonly List<string> said = [];
    private readonly StackFolder folder;
    private Process? supervisor;

    /// <summary>Nothing runs yet.</summary>
    public StackProcess()
    {
        PrivateFolder.MakePassable(parent.Path); // The engines run as users of their own.
        folder = new StackFolder(parent.File("stack"));
    }

    /// <summary>What it printed since its last start.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    internal StackState State => folder.State ?? throw new InvalidOperationException("No stack has started.");

    /// <summary>The supervisor's process.</summary>
    public int SupervisorId => supervisor!.Id;

    /// <summary>Starts it and returns when it has told everything.</summary>
    public async Task StartAsync(params string[] options)
    {
        said.Clear();
        supervisor = Process.Start(Command(["stack", "--lang", "en", "--data", folder.Path, .. options]))!;
        supervisor.OutputDataReceived += (_, line) => Keep(line.Data);
        supervisor.ErrorDataReceived += (_, line) => Keep(line.Data);
        supervisor.BeginOutputReadLine();
        supervisor.BeginErrorReadLine();
        await Patience.Until(
            () => supervisor.HasExited ? throw new InvalidOperationException($"The stack ended with status {supervisor.ExitCode}: {Said}") : Said.Contains("Stop with Ctrl+C", StringComparison.Ordinal),
            "the stack runs",
            TimeSpan.FromMinutes(5));
    }

    internal StackSecrets Secrets => StackSecrets.ReadOrMake(folder.SecretsFile);

    /// <summary>Who may do what with the file of secrets.</summary>
    public UnixFileMode RightsOnSecrets => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(folder.SecretsFile);

    /// <summary>Runs a query in the database as the role of a service.</summary>
    public async Task<object?> QueryAsAsync(string service, string sql)
    {
        var port = int.Parse(State.Parts.Single(one => one.Name == "postgresql").Address.Split(':')[1], CultureInfo.InvariantCulture);
        await using var connection = new NpgsqlConnection(DatabaseRoles.ConnectionString(service, port, Secrets) + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection to a replica of the casemanager.</summary>
    public GrpcChannel ChannelTo(string part) => DevelopmentChannel.Open(State.Parts.Single(one => one.Name == part).Address);

    /// <summary>Ends a part as kill -9 does, and returns which process it was.</summary>
    public ProcessMark Kill(string part)
    {
        var mark = State.Parts.Single(one => one.Name == part).Process!;
        mark.Send(Signal.Kill);
        return mark;
    }

    /// <summary>Runs <c>run stack status</c> or <c>stop</c>; its status and what it printed.</summary>
    public async Task<(int Status, string Said)> AskAsync(string what)
    {
        using var process = Process.Start(Command(["stack", what, "--lang", "en", "--data", folder.Path]))!;
        using var limit = new CancellationTokenSource(CommandWithin);
        var text = process.StandardOutput.ReadToEndAsync(limit.Token);
        var faults = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await text + await faults);
    }

    /// <summary>Waits for the end of the supervisor.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(CommandWithin);
        await supervisor!.WaitForExitAsync(limit.Token);
        return supervisor.ExitCode;
    }

    /// <summary>The command lines of all processes of this machine that name the data folder.</summary>
    public IReadOnlyList<string> ProcessesLeft() => [.. Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _))
        .Select(CommandLineOf)
        .Where(line => line.Contains(folder.Path, StringComparison.Ordinal))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (supervisor is { HasExited: false })
        {
            supervisor.Kill();
            await supervisor.WaitForExitAsync();
        }

        await folder.EndLeftoversAsync(TimeProvider.System);
        supervisor?.Dispose();
        parent.Dispose();
    }

    private static string CommandLineOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // It has ended since.
        }
    }

    private static ProcessStartInfo Command(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Samenhang.Host.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SAMENHANG_HOME"] = typeof(StackProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "RepositoryRoot").Value;
        return start;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (said)
            {
                said.Add(line);
            }
        }
    }
}

/// <summary>A test that needs RabbitMQ and PostgreSQL: skipped where they are not, except under CI=true, where that is a failure.</summary>
public sealed class StackFactAttribute : FactAttribute
{
    /// <summary>Looks whether both are there.</summary>
    public StackFactAttribute()
    {
        if (!(RabbitMqServer.IsInstalled && Engines.PostgreSqlServer.IsInstalled) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "Needs rabbitmq-server and postgresql: ./test installs them as root.";
        }
    }
}
