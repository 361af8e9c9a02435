using System.Globalization;
using Npgsql;

namespace Samenhang.SystemBenchmarks.CasePath;

/// <summary>What a PostgreSQL was asked, statement by statement, also inside its functions.</summary>
internal static class Statements
{
    private const int Most = 45;
    private const int Shown = 110;

    public static IReadOnlyList<string> Settings { get; } = ["shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track=all", "pg_stat_statements.max=10000"];

    public static async Task PrintAsync(PostgreSqlServer server, long cases)
    {
        await server.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        await using var connection = new NpgsqlConnection(server.ConnectionStringOf("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT calls / @cases, total_exec_time / @cases, rows / @cases, wal_records / @cases, wal_bytes::float8 / @cases, toplevel, regexp_replace(query, '\s+', ' ', 'g')
            FROM (SELECT sum(calls)::float8 AS calls, sum(total_exec_time) AS total_exec_time, sum(rows)::float8 AS rows, sum(wal_records)::float8 AS wal_records,
                         sum(wal_bytes) AS wal_bytes, toplevel, query FROM pg_stat_statements GROUP BY toplevel, query) AS one
            ORDER BY total_exec_time DESC LIMIT @most
            """,
            connection);
        command.Parameters.AddWithValue("cases", (double)cases);
        command.Parameters.AddWithValue("most", Most);
        await using var rows = await command.ExecuteReaderAsync();
        Console.WriteLine("    for a case:  calls       ms    rows  wal records  wal bytes  (+ = inside another)");
        while (await rows.ReadAsync())
        {
            var text = rows.GetString(6);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    {rows.GetDouble(0),18:F2} {rows.GetDouble(1),8:F3} {rows.GetDouble(2),7:F1} {rows.GetDouble(3),12:F1} {rows.GetDouble(4),10:F0}  {(rows.GetBoolean(5) ? " " : "+")} {(text.Length > Shown ? text[..Shown] : text)}"));
        }
    }
}
