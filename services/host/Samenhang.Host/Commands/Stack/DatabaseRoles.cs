using System.Text;
using Samenhang.Engines;
using Samenhang.Platform.Hosting;

namespace Samenhang.Host.Commands.Stack;

/// <summary>The database of the system: one schema for each service, owned by a role that has rights on nothing else.</summary>
internal static class DatabaseRoles
{
    /// <summary>The name of the database.</summary>
    public const string Database = "samenhang";

    // The same statements that deploy/postgres runs in a container.
    private const string Resource = "Samenhang.Host.service.sql";

    /// <summary>The role of a service.</summary>
    public static string RoleOf(string service) => $"samenhang_{service}";

    /// <summary>Makes what is not there yet.</summary>
    public static async Task MakeAsync(PostgreSqlServer server, StackSecrets secrets, CancellationToken cancellation)
    {
        var text = new StringBuilder()
            .AppendLine($"SELECT 'CREATE DATABASE {Database}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{Database}') \\gexec")
            .AppendLine($"\\connect {Database}");
        foreach (var service in ServiceNames.All)
        {
            text.AppendLine($"\\set service {service}").AppendLine($"\\set password {secrets.Database[service]}").AppendLine(Statements());
        }

        await server.RunSqlAsync(text.ToString(), cancellation);
    }

    /// <summary>How a service reaches its schema.</summary>
    public static string ConnectionString(string service, int port, string password, int mostConnections) =>
        $"Host=127.0.0.1;Port={port};Database={Database};Username={RoleOf(service)};Password={password};Maximum Pool Size={mostConnections}";

    private static string Statements()
    {
        using var reader = new StreamReader(typeof(DatabaseRoles).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
