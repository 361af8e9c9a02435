using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.Stack;

/// <summary>What the broker of a stack makes at its start: the definitions that every broker of the system gets, with the passwords of this stack.</summary>
internal static class BrokerPasswords
{
    // deploy/rabbitmq/definitions.json, as containers get it.
    private const string Resource = "Samenhang.Host.definitions.json";

    /// <summary>Everyone who may sign in.</summary>
    public static IReadOnlyList<string> Users { get; } = [.. ServiceNames.All.Select(BrokerDefinitions.UserOf), BrokerDefinitions.Operator];

    /// <summary>The definitions, in the JSON that RabbitMQ reads. Passwords stand in it as salted hashes only.</summary>
    public static string Fill(IReadOnlyDictionary<string, string> passwords)
    {
        using var file = typeof(BrokerPasswords).Assembly.GetManifestResourceStream(Resource)!;
        var definitions = JsonNode.Parse(file)!;
        foreach (var user in definitions["users"]!.AsArray())
        {
            user!["password_hash"] = Hash(passwords[(string)user["name"]!]);
        }

        return definitions.ToJsonString();
    }

    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
