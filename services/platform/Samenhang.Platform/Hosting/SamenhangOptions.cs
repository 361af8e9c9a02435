using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Npgsql;
using Samenhang.Platform.Consul;
using Samenhang.Platform.Discovery;
using Samenhang.Platform.Probes;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Hosting;

/// <summary>What an operator can set, section <c>Samenhang</c> of the configuration or variables <c>SAMENHANG_…</c>.</summary>
public sealed class SamenhangOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Samenhang";

    /// <summary>What carries the messages between services. Default: inside this process.</summary>
    public Transport Transport { get; set; } = Transport.InMemory;

    /// <summary>The broker; read only when <see cref="Transport"/> is RabbitMq.</summary>
    public RabbitMqOptions RabbitMq { get; set; } = new();

    /// <summary>Where the stores are.</summary>
    public StoreOptions Store { get; set; } = new();

    /// <summary>How long it is kept who did what.</summary>
    public TrailOptions Trail { get; set; } = new();

    /// <summary>How the relay publishes.</summary>
    public RelayOptions Relay { get; set; } = new();

    /// <summary>How Consul is used, if at all.</summary>
    public ConsulOptions Consul { get; set; } = new();

    /// <summary>Where probes are answered, if at all.</summary>
    public ProbeOptions Probes { get; set; } = new();

    /// <summary>
    /// Where each service lives: name → one address, or more with a comma between, or a name for DNS (<c>dns:///zvw.example:5101</c>).
    /// What does not stand here Consul knows; without Consul nobody does.
    /// </summary>
    public Dictionary<string, string> Services { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What carries the messages between services.</summary>
public enum Transport
{
    /// <summary>Inside one process; all services must run in it.</summary>
    InMemory,

    /// <summary>A RabbitMQ broker; each service may run on its own, and more than once.</summary>
    RabbitMq,
}

/// <summary>How to reach the broker.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>Host name or address. Default: localhost.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>Port. Default: 5672.</summary>
    public int Port { get; set; } = 5672;

    /// <summary>The nodes of a cluster, <c>host:port</c> with a comma between; they go before Host and Port. Default: none.</summary>
    public string? Nodes { get; set; }

    /// <summary>Virtual host. Default: /.</summary>
    public string VirtualHost { get; set; } = "/";

    /// <summary>User. Default: guest, which RabbitMQ admits on localhost only.</summary>
    public string User { get; set; } = "guest";

    /// <summary>Password of the user.</summary>
    public string Password { get; set; } = "guest";

    /// <summary>Where the broker listens: each node of a cluster, or the one host.</summary>
    /// <exception cref="FormatException">A node is not written as <c>host:port</c>.</exception>
    public IReadOnlyList<DnsEndPoint> Addresses() => string.IsNullOrWhiteSpace(Nodes)
        ? [new DnsEndPoint(Host, Port)]
        : [.. Nodes.Split(',', StringSplitOptions.TrimEntries).Select(node =>
            TryParseNode(node, out var address) ? address : throw new FormatException($"'{node}' is no host:port."))];

    internal static bool TryParseNode(string node, [NotNullWhen(true)] out DnsEndPoint? address)
    {
        var colon = node.LastIndexOf(':');
        address = colon > 0 && ushort.TryParse(node[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new DnsEndPoint(node[..colon], port)
            : null;
        return address is not null;
    }
}

/// <summary>What keeps the events and tables of a service.</summary>
public enum StoreKind
{
    /// <summary>A file a service: one process each.</summary>
    Sqlite,

    /// <summary>A schema a service in a PostgreSQL database: each service may run more than once.</summary>
    PostgreSql,
}

/// <summary>Where the stores are.</summary>
public sealed class StoreOptions
{
    /// <summary>What keeps them. Default: SQLite.</summary>
    public StoreKind Kind { get; set; } = StoreKind.Sqlite;

    /// <summary>The database, as Npgsql writes it; read only when <see cref="Kind"/> is PostgreSql.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// For how many days handled messages and answered requests are remembered; 0 = for ever, the default. A message or request that comes
    /// again after that has its effect again: keep it well above the longest time that a broker, a client or a back-up may hold one.
    /// </summary>
    public int RememberDays { get; set; }

    /// <summary>The folder of the SQLite files, one file a service. Default: <c>data</c> in the working folder.</summary>
    public string Folder { get; set; } = "data";
}

/// <summary>How the relay publishes.</summary>
public sealed class RelayOptions
{
    /// <summary>How many events it reads and confirms at once. Default: 200.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>How long it sleeps when nothing was appended in this process. Default: 1 s.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it waits for the broker to confirm one batch. Default: 10 s.</summary>
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between two tries while the broker does not answer. Default: 15 s.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Names every wrong setting at once, with the way it is written in the configuration.</summary>
internal sealed class SamenhangOptionsValidator : IValidateOptions<SamenhangOptions>
{
    public ValidateOptionsResult Validate(string? name, SamenhangOptions options)
    {
        var wrong = Violations(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false; // The message could hold a password.
        }
    }

    private static IEnumerable<string> Violations(SamenhangOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Store.Folder))
        {
            yield return "Samenhang:Store:Folder must name a folder.";
        }

        if (options.Store.Kind == StoreKind.PostgreSql && !IsConnectionString(options.Store.ConnectionString))
        {
            yield return "Samenhang:Store:ConnectionString must name a PostgreSQL database: Host=…;Database=…;Username=…";
        }

        if (options.Store.RememberDays is < 0 or > 0 and < 7)
        {
            yield return "Samenhang:Store:RememberDays must be 0 (for ever) or at least 7.";
        }

        if (options.Trail.KeepDays is < 0 or > 0 and < 30)
        {
            yield return "Samenhang:Trail:KeepDays must be 0 (for ever) or at least 30.";
        }

        if (options.Store.RememberDays > 0 && options.Transport == Transport.InMemory)
        {
            yield return "Samenhang:Store:RememberDays needs the transport RabbitMq: in one process everything is offered again at the start.";
        }

        if (options.Transport == Transport.RabbitMq)
        {
            if (string.IsNullOrWhiteSpace(options.RabbitMq.Host))
            {
                yield return "Samenhang:RabbitMq:Host must name the broker.";
            }

            if (options.RabbitMq.Port is < 1 or > ushort.MaxValue)
            {
                yield return "Samenhang:RabbitMq:Port must lie between 1 and 65535.";
            }

            foreach (var node in string.IsNullOrWhiteSpace(options.RabbitMq.Nodes) ? [] : options.RabbitMq.Nodes.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!RabbitMqOptions.TryParseNode(node, out _))
                {
                    yield return $"Samenhang:RabbitMq:Nodes: '{node}' must be written as host:port.";
                }
            }

            if (string.IsNullOrEmpty(options.RabbitMq.VirtualHost))
            {
                yield return "Samenhang:RabbitMq:VirtualHost must not be empty; the default is '/'.";
            }

            if (string.IsNullOrEmpty(options.RabbitMq.User))
            {
                yield return "Samenhang:RabbitMq:User must not be empty.";
            }
        }

        if (options.Relay.BatchSize is < 1 or > 10_000)
        {
            yield return "Samenhang:Relay:BatchSize must lie between 1 and 10000.";
        }

        foreach (var (setting, span) in new[]
        {
            (nameof(RelayOptions.PollEvery), options.Relay.PollEvery),
            (nameof(RelayOptions.ConfirmWithin), options.Relay.ConfirmWithin),
            (nameof(RelayOptions.LongestPause), options.Relay.LongestPause),
        })
        {
            if (span <= TimeSpan.Zero || span > TimeSpan.FromHours(1))
            {
                yield return $"Samenhang:Relay:{setting} must be longer than nothing and at most an hour.";
            }
        }

        foreach (var (service, addresses) in options.Services)
        {
            if (!ServiceNames.All.Contains(service, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"Samenhang:Services:{service} is no service; they are {string.Join(", ", ServiceNames.All)}.";
            }

            if (!ServiceAddresses.TryParse(addresses, out _))
            {
                yield return $"Samenhang:Services:{service} must hold http addresses, or https addresses, with a comma between; or dns:///name:port.";
            }
        }

        if (options.Probes.Port is < 1 or > ushort.MaxValue)
        {
            yield return "Samenhang:Probes:Port must lie between 1 and 65535; leave it out for no probes.";
        }

        foreach (var violation in options.Consul.Violations())
        {
            yield return violation;
        }
    }
}
