using Npgsql;

namespace Samenhang.Platform.Store.PostgreSql;

/// <summary>The three kinds of connections to the schema of one service.</summary>
internal static class PostgreSqlConnections
{
    private const int MostWriters = 16; // As many as messages are handled side by side.
    private const int MostReaders = 8;
    private const int SecondsToConnect = 5;

    /// <summary>The settings that hold for all three; what the operator sets in the connection string wins.</summary>
    public static NpgsqlConnectionStringBuilder Settings(string connectionString, string schema)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema };
        Default("Application Name", $"samenhang-{schema}");
        Default("Timeout", SecondsToConnect);
        Default("Keepalive", 15); // A host that died without a word is noticed.
        Default("Max Auto Prepare", 64);
        Default("Auto Prepare Min Usages", 2);
        Default("No Reset On Close", true); // Nothing is left behind on a connection that a reset would have to undo.
        return settings;

        void Default(string name, object value)
        {
            if (!given.ContainsKey(name) || !given.ShouldSerialize(name))
            {
                settings[name] = value;
            }
        }
    }

    public static NpgsqlDataSource Pool(NpgsqlConnectionStringBuilder settings)
        => Source(settings, pool => pool.MaxPoolSize = settings.ShouldSerialize("Maximum Pool Size") ? settings.MaxPoolSize : MostWriters);

    /// <summary>Connections on which the database itself refuses to write.</summary>
    public static NpgsqlDataSource ReadOnlyPool(NpgsqlConnectionStringBuilder settings)
        => Source(settings, pool =>
        {
            pool.MaxPoolSize = MostReaders;
            pool.Options = $"{pool.Options} -c default_transaction_read_only=on".Trim();
        });

    /// <summary>Connections that hold a lock or listen, for as long as they live.</summary>
    public static NpgsqlDataSource Unpooled(NpgsqlConnectionStringBuilder settings) => Source(settings, pool => pool.Pooling = false);

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, Action<NpgsqlConnectionStringBuilder> change)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        change(own);
        return NpgsqlDataSource.Create(own);
    }
}
