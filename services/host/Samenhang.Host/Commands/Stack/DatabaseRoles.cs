using System.Text;
using Samenhang.Engines;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.Stack;

/// <summary>
/// The database of the system: one schema for each service, and one for the casemanager's vault, each owned by a role that has rights on
/// nothing else.
/// </summary>
internal static class DatabaseRoles
{
    /// <summary>The name of the database.</summary>
    public const string Database = "samenhang";

    /// <summary>How many connections the pools of one process open at most.</summary>
    public const int MostConnectionsOfAProcess = 35;

    private const int MostConnectionsToTheVault = 4;

    // The same statements that deploy/postgres runs in a container.
    private const string Resource = "Samenhang.Host.service.sql";

    /// <summary>The schema of the numbers of clients (BSN).</summary>
    public const string Vault = "vault";

    /// <summary>All schemas.</summary>
    public static IReadOnlyList<string> Schemas { get; } = [.. ServiceNames.All, Vault];

    /// <summary>Makes what is not there yet.</summary>
    public static async Task MakeAsync(PostgreSqlServer server, StackSecrets secrets, CancellationToken cancellation)
    {
        var text = new StringBuilder()
            .AppendLine($"SELECT 'CREATE DATABASE {Database}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{Database}') \\gexec")
            .AppendLine($"\\connect {Database}");
        foreach (var schema in Schemas)
        {
            text.AppendLine($"\\set service {schema}").AppendLine($"\\set password {secrets.Database[schema]}").AppendLine(Statements());
        }

        await server.RunSqlAsync(text.ToString(), cancellation);
    }

    /// <summary>How a service reaches its schema.</summary>
    public static string ConnectionString(string service, int port, StackSecrets secrets) =>
        $"Host=127.0.0.1;Port={port};Database={Database};Username=samenhang_{service};Password={secrets.Database[service]}";

    /// <summary>How the casemanager reaches the vault.</summary>
    public static string ConnectionStringOfVault(int port, StackSecrets secrets) =>
        ConnectionString(Vault, port, secrets) + $";Search Path={Vault};Maximum Pool Size={MostConnectionsToTheVault}";

    private static string Statements()
    {
        using var reader = new StreamReader(typeof(DatabaseRoles).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
