using System.Security.Cryptography;
using System.Text.Json;
using Samenhang.Engines;

namespace Samenhang.Host.Commands.Stack;

/// <summary>Passwords and keys of a stack, made once at its first start and kept in a file that only its owner can read.</summary>
internal sealed record StackSecrets
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Of the administrator of PostgreSQL.</summary>
    public required string DatabaseAdministrator { get; init; }

    /// <summary>Of the role of each schema in PostgreSQL.</summary>
    public required IReadOnlyDictionary<string, string> Database { get; init; }

    /// <summary>Of each user of RabbitMQ.</summary>
    public required IReadOnlyDictionary<string, string> Broker { get; init; }

    /// <summary>What the nodes and tools of RabbitMQ share.</summary>
    public required string BrokerCookie { get; init; }

    /// <summary>The casemanager's key (<c>SAMENHANG_Vault__Key</c>).</summary>
    public required string VaultKey { get; init; }

    /// <summary>Reads them, or makes them when the file is not there.</summary>
    public static StackSecrets ReadOrMake(string path)
    {
        if (File.Exists(path))
        {
            return JsonSerializer.Deserialize<StackSecrets>(File.ReadAllText(path), Json) ?? throw new EngineException($"{path} holds no secrets.");
        }

        var made = new StackSecrets
        {
            DatabaseAdministrator = Password(),
            Database = DatabaseRoles.Schemas.ToDictionary(schema => schema, _ => Password()),
            Broker = BrokerPasswords.Users.ToDictionary(user => user, _ => Password()),
            BrokerCookie = Password(),
            VaultKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        PrivateFolder.Write(path, JsonSerializer.Serialize(made, Json), null);
        return made;
    }

    /// <summary>Prints nothing of what it holds.</summary>
    public override string ToString() => nameof(StackSecrets);

    private static string Password() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
