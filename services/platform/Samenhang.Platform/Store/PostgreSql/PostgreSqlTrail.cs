using System.Data;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Store.PostgreSql;

/// <summary>The trail in the schema of a service. The head of the chain is a row: who holds it writes, so that all replicas make one chain.</summary>
internal sealed class PostgreSqlTrail(PostgreSqlEventStore store) : ITrailStore
{
    private const string Moment = """to_char(occurred_on AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""";

    public Task AppendAsync(IReadOnlyList<TrailLine> lines, CancellationToken cancellationToken) => store.ReadyAsync(
        async source =>
        {
            await using var command = source.CreateCommand();
            await AppendAsync(command, lines, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<long> ForgetAsync(DateTimeOffset before, int most, Func<TrailHead, TrailLine> checkpoint, CancellationToken cancellationToken) => store.ReadyAsync(
        async source =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

            // The head first, as every writer does: two processes that clean up at once do it one after the other.
            await using (var command = new NpgsqlCommand("SELECT 1 FROM trail_head FOR UPDATE", connection))
            {
                await command.ExecuteScalarAsync(cancellationToken);
            }

            if (await new TrailSnapshot(connection, Moment).LastBeforeAsync(before.ToUniversalTime(), most, cancellationToken) is not { } last)
            {
                return 0L;
            }

            await using (var command = connection.CreateCommand())
            {
                await AppendAsync(command, [checkpoint(last)], cancellationToken);
            }

            await using (var command = new NpgsqlCommand("UPDATE trail_head SET forgotten = @number", connection) { Parameters = { new("number", last.Number) } })
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var delete = new NpgsqlCommand("DELETE FROM trail WHERE number <= @number", connection) { Parameters = { new("number", last.Number) } };
            var gone = await delete.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return gone;
        },
        cancellationToken);

    public Task<T> ReadAsync<T>(Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        store.QueryAsync((connection, cancel) => ReadAsync((NpgsqlConnection)connection, read, cancel), cancellationToken);

    public static async Task<T> ReadAsync<T>(NpgsqlConnection connection, Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        return await read(new TrailSnapshot(connection, Moment), cancellationToken);
    }

    private static async Task AppendAsync(NpgsqlCommand command, IReadOnlyList<TrailLine> lines, CancellationToken cancellationToken)
    {
        var fields = lines.Select(TrailFields.Of).ToList();
        command.CommandText = "SELECT append_trail(@lines, @bodies)";
        command.Parameters.Add(new("lines", NpgsqlDbType.Json) { Value = JsonOf(fields) });
        command.Parameters.Add(new("bodies", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = fields.Select(TrailChain.BodyOf).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string JsonOf(List<string?[]> lines)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            foreach (var fields in lines)
            {
                writer.WriteStartObject();
                for (var place = 0; place < fields.Length; place++)
                {
                    if (fields[place] is { } field)
                    {
                        writer.WriteString(TrailFields.Columns[place], field);
                    }
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }
}
