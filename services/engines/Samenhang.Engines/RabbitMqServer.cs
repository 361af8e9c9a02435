using System.Globalization;
using System.Net.Sockets;

namespace Samenhang.Engines;

/// <summary>
/// A RabbitMQ of its own in a folder: node, ports, cookie and port mapper (epmd) apart from every other broker on the machine. It
/// listens on this machine only and runs as the user of its package when this process is root.
/// </summary>
public sealed class RabbitMqServer
{
    // The scripts of the package itself: Debian's wrapper around them would change user and log folder.
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private const string Loopback = "127.0.0.1";

    private static readonly TimeSpan ToolWithin = TimeSpan.FromMinutes(1);

    private readonly string _folder;
    private readonly RabbitMqPorts _ports;
    private readonly SystemUser? _user;

    /// <summary>A broker in a folder, whether it ran before or not.</summary>
    /// <param name="folder">The folder of its data; nothing else lies in it.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="runAs">The user it runs as; null = who runs this process.</param>
    public RabbitMqServer(string folder, RabbitMqPorts ports, SystemUser? runAs)
    {
        _folder = Path.GetFullPath(folder);
        _ports = ports;
        _user = runAs;
    }

    /// <summary>Whether its programs are on this machine.</summary>
    public static bool IsInstalled => File.Exists(Path.Combine(Programs, "rabbitmq-server"));

    /// <summary>Where it listens for AMQP.</summary>
    public int Port => _ports.Amqp;

    /// <summary>The name of the node; its data lie under it, so it never changes.</summary>
    public string NodeName { get; init; } = "samenhang@localhost";

    /// <summary>Its share of the machine's memory, above which it holds up who publishes.</summary>
    public double MemoryShare { get; init; } = 0.3;

    /// <summary>Makes its folder and writes its settings. To be called before each start.</summary>
    /// <param name="definitions">Virtual hosts, users, rights and queues that it makes at its start, as JSON; null = none.</param>
    /// <param name="cookie">The secret that nodes and tools of this broker share; null = Erlang makes one.</param>
    /// <exception cref="EngineException">Its user cannot reach the folder.</exception>
    public void Prepare(string? definitions = null, string? cookie = null)
    {
        if (_user is not null && PrivateFolder.BarrierTo(_folder) is { } barrier)
        {
            throw new EngineException($"User '{_user.Name}' cannot pass the folder {barrier}: choose a data folder outside it.");
        }

        foreach (var folder in new[] { _folder, In("mnesia"), In("log") })
        {
            PrivateFolder.Make(folder, _user);
        }

        var settings = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        settings.WriteLine($"listeners.tcp.default = {Loopback}:{_ports.Amqp}");
        settings.WriteLine($"vm_memory_high_watermark.relative = {MemoryShare}");
        if (definitions is not null)
        {
            PrivateFolder.Write(In("definitions.json"), definitions, _user);
            settings.WriteLine($"load_definitions = {In("definitions.json")}");
        }

        PrivateFolder.Write(In("rabbitmq.conf"), settings.ToString(), _user);
        PrivateFolder.Write(In("enabled_plugins"), "[].", _user);
        if (cookie is not null)
        {
            PrivateFolder.Write(In(".erlang.cookie"), cookie, _user);
        }
    }

    /// <summary>How its port mapper is started, which must run before the server.</summary>
    public ProcessPlan PlanOfPortMapper(string log) => new()
    {
        Program = "/usr/bin/epmd",
        Arguments = ["-port", Text(_ports.PortMapper), "-address", Loopback],
        RunAs = _user,
        Folder = "/",
        Log = log,
    };

    /// <summary>How the server is started. It ends in good order on <see cref="Signal.Terminate"/>.</summary>
    public ProcessPlan Plan(string log) => new()
    {
        Program = Path.Combine(Programs, "rabbitmq-server"),
        Variables = Variables,
        WithOwnVariablesOnly = true,
        RunAs = _user,
        Folder = "/",
        Log = log,
    };

    /// <summary>Whether the port mapper takes connections.</summary>
    public Task<bool> PortMapperAnswersAsync(CancellationToken cancellation) => ConnectsAsync(_ports.PortMapper, null, cancellation);

    /// <summary>Whether it speaks AMQP: it answers a greeting with the start of a connection.</summary>
    public Task<bool> AnswersAsync(CancellationToken cancellation) => ConnectsAsync(_ports.Amqp, "AMQP\0\0\u0009\u0001", cancellation);

    /// <summary>
    /// Writes to disk which queues there are. RabbitMQ 3.10 itself does it minutes after a queue was made, and a quorum queue that is not
    /// written does not come back from a kill.
    /// </summary>
    public Task WriteDownAsync(CancellationToken cancellation) => new ProcessPlan
    {
        Program = Path.Combine(Programs, "rabbitmqctl"),
        Arguments = ["--node", NodeName, "--quiet", "eval", "dumped = mnesia:dump_log(), ok = mnesia:sync_log()."],
        Variables = Variables,
        WithOwnVariablesOnly = true,
        RunAs = _user,
        Folder = "/",
    }.RunAsync(null, ToolWithin, cancellation);

    private Dictionary<string, string?> Variables => new()
    {
        ["HOME"] = _folder,
        ["LANG"] = "C.UTF-8",
        ["ERL_EPMD_PORT"] = Text(_ports.PortMapper),
        ["RUNNING_UNDER_SYSTEMD"] = "1", // The server takes the place of its script: signals reach it, and the number of the process is its own.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
        ["RABBITMQ_NODENAME"] = NodeName,
        ["RABBITMQ_DIST_PORT"] = Text(_ports.Distribution),
        ["RABBITMQ_MNESIA_BASE"] = In("mnesia"),
        ["RABBITMQ_LOG_BASE"] = In("log"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
    };

    private string In(string name) => Path.Combine(_folder, name);

    private static async Task<bool> ConnectsAsync(int port, string? greeting, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Loopback, port, limit.Token);
            if (greeting is null)
            {
                return true;
            }

            var stream = client.GetStream();
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting), limit.Token);
            const byte MethodFrame = 1;
            var first = new byte[1];
            return await stream.ReadAsync(first, limit.Token) == 1 && first[0] == MethodFrame;
        }
        catch (Exception cause) when (cause is SocketException or IOException || (cause is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false; // Not yet: who waits bounds the wait, and the log tells.
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where a broker listens.</summary>
/// <param name="Amqp">For services.</param>
/// <param name="Distribution">For its own tools.</param>
/// <param name="PortMapper">For who looks for the distribution port.</param>
public sealed record RabbitMqPorts(int Amqp, int Distribution, int PortMapper);
