using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace Samenhang.TestSupport;

/// <summary>
/// A RabbitMQ of the test's own: free ports, folders, cookie and port mapper (epmd) apart from every other broker on the machine.
/// As an xunit class fixture it starts once for a class; it can be killed and started again with what it had on disk.
/// </summary>
public sealed class RabbitMqBroker : IAsyncLifetime, IAsyncDisposable
{
    // The script of the package itself: Debian's wrapper around it would change user and log folder.
    private const string ServerScript = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string ControlScript = "/usr/lib/rabbitmq/bin/rabbitmqctl";
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder _folder = new();
    private readonly int _distributionPort = FreePort();
    private readonly int _epmdPort;
    private readonly string _home; // Erlang makes its cookie here.
    private readonly bool _ownsEpmd;
    private Process? _epmd;
    private Process? _server;

    /// <summary>A broker by itself.</summary>
    public RabbitMqBroker() => (_epmdPort, _home, _ownsEpmd) = (FreePort(), _folder.Path, true);

    /// <summary>A broker that can find the other one: the same port mapper and the same cookie. See <see cref="RabbitMqCluster"/>.</summary>
    internal RabbitMqBroker(RabbitMqBroker other) => (_epmdPort, _home) = (other._epmdPort, other._home);

    /// <summary>Where it listens for AMQP; the same after a restart.</summary>
    public int Port { get; } = FreePort();

    /// <summary>The virtual host that <see cref="Settings"/> and <see cref="ConnectAsync"/> name. A test that wants another makes it first.</summary>
    public string VirtualHost { get; set; } = "/";

    /// <summary>Its name among Erlang nodes.</summary>
    internal string NodeName => $"samenhang-{Port}@localhost";

    /// <summary>The settings that point a Samenhang host to this broker.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Samenhang:Transport"] = "RabbitMq",
        ["Samenhang:RabbitMq:Host"] = Loopback,
        ["Samenhang:RabbitMq:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Samenhang:RabbitMq:VirtualHost"] = VirtualHost,
    };

    /// <summary>The processor time that it has used since its start.</summary>
    public TimeSpan ProcessorTime => ProcessTree.ProcessorTimeOf(_server!.Id);

    /// <summary>True when the server is here, or can be installed.</summary>
    public static bool IsPossible => File.Exists(ServerScript) || (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"));

    /// <summary>Installs the server when it is missing and starts it.</summary>
    public async Task InitializeAsync()
    {
        if (!IsPossible)
        {
            // The tests that need it are skipped, or under CI=true fail by themselves: see RabbitMqFactAttribute.
            return;
        }

        if (!File.Exists(ServerScript))
        {
            await DebianPackages.InstallAsync("rabbitmq-server");
        }

        await StartAsync();
    }

    /// <summary>Starts it, or starts it again, and returns when it answers.</summary>
    public async Task StartAsync()
    {
        File.WriteAllText(_folder.File("enabled_plugins"), "[].");
        if (_ownsEpmd)
        {
            _epmd ??= Run("/usr/bin/epmd", ["-port", Text(_epmdPort), "-address", Loopback]);
        }

        _server = Run(ServerScript, []);
        await Patience.Until(AnswersAsync, $"RabbitMQ answers on port {Port}; its logs were in {_folder.Path}", StartLimit);
    }

    /// <summary>Ends it in good order, with everything on disk.</summary>
    public async Task StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", Text(_server!.Id)]);
        using var limit = new CancellationTokenSource(StartLimit);
        await _server.WaitForExitAsync(limit.Token);
        await ForgetServerAsync();
    }

    /// <summary>
    /// Ends it as kill -9 does: nothing is flushed, connections break. A quorum queue that this version of RabbitMQ made in the
    /// last minutes does not come back from that (its registration is written late): make the queues, <see cref="StopAsync"/>,
    /// <see cref="StartAsync"/>, and only then kill.
    /// </summary>
    public async Task KillAsync()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            await ForgetServerAsync();
        }
    }

    /// <summary>Runs <c>rabbitmqctl</c> on this broker; fails with what it says when it fails.</summary>
    /// <returns>What it writes to standard output.</returns>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        using var process = Start(ControlScript, ["--quiet", "--node", NodeName, .. arguments]);
        using var limit = new CancellationTokenSource(StartLimit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)} failed: {await output}{await errors}");
    }

    /// <summary>How many messages wait in a queue, and how many consumers listen to it; null when there is no such queue.</summary>
    public async Task<(uint Messages, uint Consumers)?> LookAtQueueAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            var found = await channel.QueueDeclarePassiveAsync(queue);
            return (found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    /// <summary>A connection of the test's own.</summary>
    public Task<IConnection> ConnectAsync()
        => ConnectAsync("guest", "guest");

    /// <summary>A connection as one of its users.</summary>
    public Task<IConnection> ConnectAsync(string user, string password)
        => new ConnectionFactory { HostName = Loopback, Port = Port, VirtualHost = VirtualHost, UserName = user, Password = password, AutomaticRecoveryEnabled = false }
            .CreateConnectionAsync();

    /// <summary>Kills it and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _epmd?.Kill();
        _epmd?.Dispose();
        _folder.Dispose();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private Process Run(string program, string[] arguments)
    {
        var process = Start(program, arguments);
        process.BeginOutputReadLine(); // An unread pipe that fills would stop the server.
        process.BeginErrorReadLine();
        return process;
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        foreach (var (name, value) in new Dictionary<string, string?>
        {
            ["PATH"] = path,
            ["HOME"] = _home,
            ["LC_ALL"] = "C.UTF-8",
            ["ERL_EPMD_PORT"] = Text(_epmdPort),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = _folder.File("rabbitmq"),
            ["RABBITMQ_NODENAME"] = NodeName,
            ["RABBITMQ_NODE_IP_ADDRESS"] = Loopback,
            ["RABBITMQ_NODE_PORT"] = Text(Port),
            ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
            ["RABBITMQ_MNESIA_BASE"] = _folder.File("mnesia"),
            ["RABBITMQ_LOG_BASE"] = _folder.File("log"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _folder.File("enabled_plugins"),
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<bool> AnswersAsync()
    {
        if (_server!.HasExited)
        {
            throw new InvalidOperationException($"RabbitMQ ended at its start with status {_server.ExitCode}.");
        }

        try
        {
            await using var connection = await new ConnectionFactory { HostName = Loopback, Port = Port, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false; // Not yet: Patience bounds the wait.
        }
    }

    private async Task ForgetServerAsync()
    {
        _server!.Dispose();
        _server = null;
        await Patience.Until(() => CanBind(Port) && CanBind(_distributionPort), "the ports of RabbitMQ are free again");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool CanBind(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false; // Taken: Patience asks again.
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A test that needs a RabbitMQ: skipped where none can be had, except under CI=true, where that is a failure.</summary>
public sealed class RabbitMqFactAttribute : FactAttribute
{
    /// <summary>Looks whether a broker can be had.</summary>
    public RabbitMqFactAttribute()
    {
        if (!RabbitMqBroker.IsPossible && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "Needs rabbitmq-server, which is not here and cannot be installed (no root or no apt-get).";
        }
    }
}
