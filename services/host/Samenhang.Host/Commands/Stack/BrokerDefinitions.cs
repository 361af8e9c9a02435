using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.Stack;

/// <summary>What the broker makes at its start: the virtual host, a user for each service and for its operator.</summary>
internal static class BrokerDefinitions
{
    /// <summary>The virtual host of the system.</summary>
    public const string VirtualHost = "samenhang";

    /// <summary>The operator.</summary>
    public const string Administrator = "administrator";

    /// <summary>The definitions, in the JSON that RabbitMQ reads. Passwords stand in it as salted hashes only.</summary>
    public static string Write(StackSecrets secrets) => new JsonObject
    {
        ["vhosts"] = new JsonArray(new JsonObject { ["name"] = VirtualHost }),
        ["users"] = new JsonArray(
        [
            User(Administrator, secrets.BrokerAdministrator, "administrator"),
            .. ServiceNames.All.Select(service => User(service, secrets.Broker[service], "")),
        ]),
        ["permissions"] = new JsonArray([.. ServiceNames.All.Append(Administrator).Select(Rights)]),
    }.ToJsonString();

    private static JsonObject User(string name, string password, string tags)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return new JsonObject
        {
            ["name"] = name,
            ["password_hash"] = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]),
            ["hashing_algorithm"] = "rabbit_password_hashing_sha256",
            ["tags"] = tags,
        };
    }

    private static JsonObject Rights(string user) => new JsonObject
    {
        ["user"] = user,
        ["vhost"] = VirtualHost,
        ["configure"] = ".*",
        ["write"] = ".*",
        ["read"] = ".*",
    };
}
