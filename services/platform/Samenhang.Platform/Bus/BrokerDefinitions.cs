using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Bus;

/// <summary>
/// What the services have on the broker, in the form that RabbitMQ imports (<c>deploy/rabbitmq/definitions.json</c>): the virtual host,
/// a user for each service with the least rights, exchanges, queues and bindings. It is made from the registrations with which the
/// services make the same themselves at their start, so an operator can lay it down first and the services find it as they want it.
/// </summary>
public static class BrokerDefinitions
{
    /// <summary>The virtual host in which everything stands.</summary>
    public const string VirtualHost = "samenhang";

    /// <summary>The user of who looks after the dead letters: <c>run dead-letters</c>.</summary>
    public const string Operator = "samenhang-operator";

    // What subscribers hear of; the casemanager makes it when the first of them is to be told something.
    private const string Events = "samenhang.events";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The user of a service: <c>samenhang-zvw</c>.</summary>
    public static string UserOf(string service) => $"samenhang-{service}";

    /// <summary>The definitions for the services of this host.</summary>
    /// <param name="host">A host that holds all services; it need not be started.</param>
    public static string Of(IServiceProvider host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Of(host.GetServices<ServiceRegistration>().OrderBy(service => service.Name, StringComparer.Ordinal).ToList()).ToJsonString(Readable) + "\n";
    }

    private static JsonObject Of(IReadOnlyList<ServiceRegistration> services) => new()
    {
        ["vhosts"] = new JsonArray(new JsonObject { ["name"] = VirtualHost }),
        ["users"] = Array(services.Select(service => UserOf(service.Name)).Append(Operator).Select(UserWithoutPassword)),
        ["permissions"] = Array(services.Select(RightsOf).Append(RightsOfOperator(services))),
        ["policies"] = Array([SpreadLeaders()]),
        ["exchanges"] = Array(services.SelectMany(ExchangesOf).Distinct().Order(StringComparer.Ordinal).Select(name => Exchange(name)).Append(Exchange(Events, "topic"))),
        ["queues"] = Array(services.SelectMany(QueuesOf)),
        ["bindings"] = Array(services.SelectMany(BindingsOf)),
    };

    // Nobody can sign in with an empty hash: an operator sets the password (docs/operations.md), no file holds it.
    private static JsonObject UserWithoutPassword(string name) => new()
    {
        ["name"] = name,
        ["password_hash"] = "",
        ["hashing_algorithm"] = "rabbit_password_hashing_sha256",
        ["tags"] = new JsonArray(),
    };

    /// <summary>
    /// A service makes and binds its own queues and the exchanges of what it hears and tells; it reads its own queues only, and
    /// writes to nobody's queue but through the exchanges of what it tells.
    /// </summary>
    private static JsonObject RightsOf(ServiceRegistration service)
    {
        var own = Regex.Escape(ServiceNames.QueueOf(service.Name)) + "(_error|_skipped)?";

        // The casemanager makes, binds, fills and removes the queues of subscribers; to bind it reads the exchange, and never a queue of theirs.
        var tells = service.Name == ServiceNames.Casemanager;
        var subscribers = tells ? $"|{Regex.Escape(Events)}(\\..+)?" : "";
        var heard = service.Heard.Select(ExchangeOf).ToList();
        var told = service.Tells.Select(ExchangeOf).ToList();
        return Rights(UserOf(service.Name), configure: Pattern(own + subscribers, heard.Concat(told)), write: Pattern(own + subscribers, told), read: Pattern(tells ? $"{own}|{Regex.Escape(Events)}" : own, heard));
    }

    /// <summary>Reads dead letters, and puts them back through the exchange of the queue they come from.</summary>
    private static JsonObject RightsOfOperator(IReadOnlyList<ServiceRegistration> services)
    {
        var queues = $"({string.Join('|', services.Select(service => Regex.Escape(ServiceNames.QueueOf(service.Name))))})";
        return Rights(Operator, configure: "^$", write: $"^{queues}$", read: $"^{queues}(_error|_skipped)$");
    }

    private static JsonObject Rights(string user, string configure, string write, string read) => new()
    {
        ["user"] = user, ["vhost"] = VirtualHost, ["configure"] = configure, ["write"] = write, ["read"] = read,
    };

    private static string Pattern(string own, IEnumerable<string> exchanges)
        => $"^({string.Join('|', exchanges.Distinct().Order(StringComparer.Ordinal).Select(Regex.Escape).Prepend(own))})$";

    /// <summary>What correctness asks stands in the arguments of the queues; this only spreads the work over the nodes of a cluster.</summary>
    private static JsonObject SpreadLeaders() => new()
    {
        ["name"] = "samenhang-leaders",
        ["vhost"] = VirtualHost,
        ["pattern"] = "^samenhang\\.",
        ["apply-to"] = "queues",
        ["priority"] = 0,
        ["definition"] = new JsonObject { ["queue-leader-locator"] = "balanced" },
    };

    private static IEnumerable<string> ExchangesOf(ServiceRegistration service)
        => FamilyOf(service).Concat(service.Heard.Concat(service.Tells).Select(ExchangeOf));

    private static IEnumerable<string> FamilyOf(ServiceRegistration service)
    {
        var queue = ServiceNames.QueueOf(service.Name);
        return [queue, ServiceQueues.ErrorOf(queue), ServiceQueues.SkippedOf(queue)];
    }

    private static JsonObject Exchange(string name, string type = "fanout") => new()
    {
        ["name"] = name, ["vhost"] = VirtualHost, ["type"] = type, ["durable"] = true, ["auto_delete"] = false, ["arguments"] = new JsonObject(),
    };

    private static IEnumerable<JsonObject> QueuesOf(ServiceRegistration service)
    {
        var queue = ServiceNames.QueueOf(service.Name);
        yield return Queue(queue, ServiceQueues.ArgumentsOf(queue));
        yield return Queue(ServiceQueues.ErrorOf(queue), ServiceQueues.DeadLetterArguments);
        yield return Queue(ServiceQueues.SkippedOf(queue), ServiceQueues.DeadLetterArguments);
    }

    private static JsonObject Queue(string name, IReadOnlyDictionary<string, object> arguments) => new()
    {
        ["name"] = name,
        ["vhost"] = VirtualHost,
        ["durable"] = true,
        ["auto_delete"] = false,
        ["arguments"] = new JsonObject(arguments.Select(argument => KeyValuePair.Create(argument.Key, JsonSerializer.SerializeToNode(argument.Value)))),
    };

    private static IEnumerable<JsonObject> BindingsOf(ServiceRegistration service)
        => FamilyOf(service).Select(name => Binding(name, name, "queue"))
            .Concat(service.Heard.Select(ExchangeOf).Order(StringComparer.Ordinal).Select(message => Binding(message, ServiceNames.QueueOf(service.Name), "exchange")));

    private static JsonObject Binding(string source, string destination, string type) => new()
    {
        ["source"] = source,
        ["vhost"] = VirtualHost,
        ["destination"] = destination,
        ["destination_type"] = type,
        ["routing_key"] = "",
        ["arguments"] = new JsonObject(),
    };

    private static string ExchangeOf(Type message) => new RabbitMqMessageNameFormatter().GetMessageName(message);

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
