namespace Samenhang.Platform.Store;

/// <summary>One statement that changes projection rows.</summary>
/// <param name="Sql">SQL that every store understands, with parameters written <c>@name</c>.</param>
/// <param name="Parameters">Their values; null is the NULL of the database.</param>
public sealed record RowWrite(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>
/// Collects what a decision changes in projection tables. Nothing is read while it is collected, so that a store can send all of it together
/// with the events: one round trip, one transaction.
/// </summary>
public sealed class RowWrites
{
    private readonly List<RowWrite> _writes = [];

    /// <summary>The statements in the order in which they must run.</summary>
    public IReadOnlyList<RowWrite> All => _writes;

    /// <summary>Adds a statement.</summary>
    /// <param name="sql">A constant text; values go in as parameters only.</param>
    /// <param name="parameters">Name (with the <c>@</c>) and value.</param>
    public void Add(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => _writes.Add(new RowWrite(sql, parameters.ToArray()));
}
