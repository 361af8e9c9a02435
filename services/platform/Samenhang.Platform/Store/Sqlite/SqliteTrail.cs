using System.Globalization;
using Microsoft.Data.Sqlite;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Store.Sqlite;

/// <summary>The trail in the file of a service, written on the connection that writes its events.</summary>
internal sealed class SqliteTrail(SqliteEventStore store) : ITrailStore
{
    private static readonly string Insert =
        $"INSERT INTO trail (number, previous, hash, {string.Join(", ", TrailFields.Columns)}) "
        + $"VALUES ($number, $previous, $hash, {string.Join(", ", TrailFields.Columns.Select(column => $"${column}"))})";

    public Task AppendAsync(IReadOnlyList<TrailLine> lines, CancellationToken cancellationToken) => store.WriteAsync(
        transaction =>
        {
            Append(transaction.Connection!, lines);
            return Task.FromResult(true);
        },
        cancellationToken);

    public Task<long> ForgetAsync(DateTimeOffset before, int most, Func<TrailHead, TrailLine> checkpoint, CancellationToken cancellationToken) => store.WriteAsync(
        async transaction =>
        {
            var connection = transaction.Connection!;
            var moment = before.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            if (await new TrailSnapshot(connection, "occurred_on").LastBeforeAsync(moment, most, cancellationToken) is not { } last)
            {
                return 0L;
            }

            Append(connection, [checkpoint(last)]);
            connection.Execute("UPDATE trail_head SET forgotten = $number", ("$number", last.Number));
            return connection.Execute("DELETE FROM trail WHERE number <= $number", ("$number", last.Number));
        },
        cancellationToken);

    public Task<T> ReadAsync<T>(Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        store.QueryAsync((connection, cancel) => ReadAsync((SqliteConnection)connection, read, cancel), cancellationToken);

    public static async Task<T> ReadAsync<T>(SqliteConnection connection, Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var moment = connection.BeginTransaction(deferred: true);
        return await read(new TrailSnapshot(connection, "occurred_on"), cancellationToken);
    }

    private static void Append(SqliteConnection connection, IReadOnlyList<TrailLine> lines)
    {
        var head = connection.Rows(row => new TrailHead(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), "SELECT number, hash FROM trail_head").Single();
        var (number, link) = (head.Number, head.Hash.ToArray());
        foreach (var line in lines)
        {
            var fields = TrailFields.Of(line);
            var hash = TrailChain.HashOf(link, ++number, TrailChain.BodyOf(fields));
            connection.Execute(
                Insert,
                [("$number", number), ("$previous", link), ("$hash", hash), .. fields.Select((field, place) => ($"${TrailFields.Columns[place]}", (object?)field))]);
            link = hash;
        }

        connection.Execute("UPDATE trail_head SET number = $number, hash = $hash", ("$number", number), ("$hash", link));
    }
}
