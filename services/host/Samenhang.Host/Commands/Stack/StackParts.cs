using Samenhang.Api.Hosting;
using Samenhang.Engines;
using Samenhang.Host.Embedded;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.Stack;

/// <summary>The names of what a stack is made of, and where each listens.</summary>
internal sealed class StackParts
{
    public const string PostgreSql = "postgresql";
    public const string RabbitMq = "rabbitmq";
    public const string PortMapper = "epmd";

    /// <summary>What the services stand on, in the order in which it is stopped.</summary>
    public static readonly string[] Engines = [PostgreSql, RabbitMq, PortMapper];

    // Beside the usual ports of the engines, which the machine's own may hold.
    private const int PostgreSqlPort = 5442;
    private const int RabbitMqPort = 5682;
    private const int DistributionPort = 25682;
    private const int PortMapperPort = 4379;

    /// <summary>How far the ports of two replicas of a service lie apart.</summary>
    private const int NextReplica = 10;

    /// <summary>Chooses the documented ports, and a free one for each that is taken.</summary>
    public StackParts(int replicas)
    {
        var ports = new FreePorts();
        Database = ports.Take(PostgreSqlPort);
        Broker = new(ports.Take(RabbitMqPort), ports.Take(DistributionPort), ports.Take(PortMapperPort));
        Web = new(ports.Take(ServiceProcess.DefaultPorts[Ports.Web]));
        Services = [.. from replica in Enumerable.Range(1, replicas)
                       from service in ServiceNames.All
                       select new StackService(service, replica, ports.Take(ServiceProcess.DefaultPorts[service] + ((replica - 1) * NextReplica)))];
    }

    /// <summary>Where PostgreSQL listens.</summary>
    public int Database { get; }

    /// <summary>Where RabbitMQ listens.</summary>
    public RabbitMqPorts Broker { get; }

    /// <summary>Where the pages are.</summary>
    public StackWeb Web { get; }

    /// <summary>Each replica of each service.</summary>
    public IReadOnlyList<StackService> Services { get; }

    /// <summary>All addresses of a service, with a comma between.</summary>
    public string AddressesOf(string service) => string.Join(',', Services.Where(one => one.Service == service).Select(one => one.Address));
}

/// <summary>One replica of a service.</summary>
internal sealed record StackService(string Service, int Replica, int Port)
{
    public string Name => $"{Service}-{Replica}";

    public string Address => $"http://127.0.0.1:{Port}";
}

/// <summary>The pages.</summary>
internal sealed record StackWeb(int Port)
{
    public string Address => $"http://127.0.0.1:{Port}";
}
