using System.Data.Common;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Trail;

/// <summary>The trail as it stands at one moment.</summary>
public sealed class TrailSnapshot
{
    private readonly DbConnection _connection;
    private readonly string _columns;

    /// <param name="connection">A connection with a transaction that sees one moment.</param>
    /// <param name="moment">How this store writes <c>occurred_on</c> as text.</param>
    internal TrailSnapshot(DbConnection connection, string moment)
    {
        _connection = connection;
        _columns = string.Join(", ", TrailFields.Columns.Select(column =>
            column == "occurred_on" ? moment : TrailFields.Numbers.Contains(column) ? $"CAST({column} AS text)" : column));
    }

    /// <summary>Where the chain says that it ends; null = it does not say.</summary>
    public async Task<TrailHead?> HeadAsync(CancellationToken cancellationToken) =>
        (await _connection.RowsAsync("SELECT number, hash FROM trail_head", row => new TrailHead(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), cancellationToken)).SingleOrDefault();

    /// <summary>The newest lines about a case that the person may see, the newest first.</summary>
    /// <param name="caseKey">The case.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="withConfidential">Whether also those of which the confidentiality has not ended.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<IReadOnlyList<NumberedTrailLine>> OfCaseAsync(string caseKey, int most, bool withConfidential, CancellationToken cancellationToken) => _connection.RowsAsync(
        $"""
        SELECT number, {_columns} FROM trail
        WHERE case_key = @case AND (@all = 1 OR confidentiality = 'normaal' OR number IN (SELECT lifts FROM trail WHERE case_key = @case AND lifts IS NOT NULL))
        ORDER BY number DESC LIMIT @most
        """,
        row => new NumberedTrailLine(row.GetInt64(0), TrailFields.Read(Fields(row, 1))),
        cancellationToken,
        ("@case", caseKey),
        ("@all", withConfidential ? 1 : 0),
        ("@most", most));

    /// <summary>The newest lines of accesses in an emergency, the newest first.</summary>
    public Task<IReadOnlyList<NumberedTrailLine>> OfEmergenciesAsync(int most, CancellationToken cancellationToken) => _connection.RowsAsync(
        $"SELECT number, {_columns} FROM trail WHERE emergency IS NOT NULL ORDER BY number DESC LIMIT @most",
        row => new NumberedTrailLine(row.GetInt64(0), TrailFields.Read(Fields(row, 1))),
        cancellationToken,
        ("@most", most));

    /// <summary>One line; null = it is not there.</summary>
    public async Task<NumberedTrailLine?> FindAsync(long number, CancellationToken cancellationToken) => (await _connection.RowsAsync(
        $"SELECT number, {_columns} FROM trail WHERE number = @number",
        row => new NumberedTrailLine(row.GetInt64(0), TrailFields.Read(Fields(row, 1))),
        cancellationToken,
        ("@number", number))).SingleOrDefault();

    /// <summary>The lines after a number as they are stored, right or wrong.</summary>
    internal Task<IReadOnlyList<StoredLine>> PageAsync(long after, int most, CancellationToken cancellationToken) => _connection.RowsAsync(
        $"SELECT number, previous, hash, {_columns} FROM trail WHERE number > @after ORDER BY number LIMIT @most",
        row => new StoredLine(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2), Fields(row, 3)),
        cancellationToken,
        ("@after", after),
        ("@most", most));

    /// <summary>What the newest line about removed lines says; null = none were removed.</summary>
    internal async Task<string?> CheckpointAsync(CancellationToken cancellationToken) => (await _connection.RowsAsync(
        "SELECT part FROM trail WHERE method = @method ORDER BY number DESC LIMIT 1",
        row => row.IsDBNull(0) ? "" : row.GetString(0),
        cancellationToken,
        ("@method", TrailUpkeep.Checkpoint))).SingleOrDefault();

    /// <summary>What stands for the lines that can go: the last of the oldest lines that are from before a moment.</summary>
    internal async Task<TrailHead?> LastBeforeAsync(object before, int most, CancellationToken cancellationToken)
    {
        var old = await _connection.RowsAsync(
            "SELECT number, hash, occurred_on < @before FROM trail ORDER BY number LIMIT @most",
            row => (Head: new TrailHead(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), IsOld: row.GetBoolean(2)),
            cancellationToken,
            ("@before", before),
            ("@most", most));
        return old.TakeWhile(line => line.IsOld).Select(line => line.Head).LastOrDefault();
    }

    private static string?[] Fields(DbDataReader row, int first) =>
        [.. Enumerable.Range(first, TrailFields.Columns.Count).Select(place => row.IsDBNull(place) ? null : row.GetString(place))];
}

/// <summary>A line as it stands in the store.</summary>
internal sealed record StoredLine(long Number, byte[] Previous, byte[] Hash, IReadOnlyList<string?> Fields);
