using System.Collections.Concurrent;
using System.Globalization;

namespace Samenhang.Platform.Store;

/// <summary>One statement that changes projection rows.</summary>
/// <param name="Sql">SQL that every store understands, with parameters written <c>@name</c>.</param>
/// <param name="Parameters">Their values; null is the NULL of the database, which only a text may be.</param>
public sealed record RowWrite(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>
/// Collects what a decision changes in projection tables. Nothing is read while it is collected, so that a store can send all of it together
/// with the events: one round trip, one transaction.
/// </summary>
public sealed class RowWrites
{
    private const int MostAtOnce = 8;

    private static readonly ConcurrentDictionary<(string Insert, string Then, int Count), string> Texts = new();

    private readonly List<RowWrite> _writes = [];

    /// <summary>The statements in the order in which they must run.</summary>
    public IReadOnlyList<RowWrite> All => _writes;

    /// <summary>Adds a statement.</summary>
    /// <param name="sql">A constant text; values go in as parameters only.</param>
    /// <param name="parameters">Name (with the <c>@</c>) and value.</param>
    public void Add(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => _writes.Add(new RowWrite(sql, parameters.ToArray()));

    /// <summary>
    /// Adds rows of one table, eight, four, two or one in a statement: fewer statements, and few enough texts for a database to keep each prepared.
    /// </summary>
    /// <param name="insert">A constant text, up to the word before the values: <c>INSERT INTO … (…) VALUES</c>.</param>
    /// <param name="rows">The values of each row, all as many. Where <paramref name="then"/> updates, no two rows are the same one.</param>
    /// <param name="then">A constant text that follows the values: <c>ON CONFLICT …</c>.</param>
    public void AddRows(string insert, IReadOnlyList<object?[]> rows, string then = "")
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var done = 0; done < rows.Count;)
        {
            var count = MostAtOnce;
            while (count > rows.Count - done)
            {
                count /= 2;
            }

            var some = rows.Skip(done).Take(count).SelectMany(row => row).Select((value, place) => (NameOf(place), value)).ToArray();
            var columns = rows[done].Length;
            _writes.Add(new RowWrite(Texts.GetOrAdd((insert, then, count), _ => TextOf(insert, then, count, columns)), some));
            done += count;
        }
    }

    private static string TextOf(string insert, string then, int rows, int columns)
    {
        var values = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", Enumerable.Range(row * columns, columns).Select(NameOf))})");
        return $"{insert} {string.Join(", ", values)} {then}";
    }

    private static string NameOf(int place) => "@p" + place.ToString(CultureInfo.InvariantCulture);
}
