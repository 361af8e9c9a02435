namespace Samenhang.Platform.Store;

/// <summary>What one decision changed in one stream.</summary>
/// <param name="Key">The key of the stream.</param>
/// <param name="Version">The version after the change.</param>
/// <param name="State">The state after the change.</param>
/// <param name="Events">The events of the change; never empty.</param>
public sealed record StreamChange<TState, TEvent>(string Key, long Version, TState State, IReadOnlyList<TEvent> Events);

/// <summary>
/// Keeps tables of the service's own beside the events, for lists and searches: for example one row per case. Its rows are written in
/// the transaction of the append, so a projection is never behind; its tables come from the service's own <see cref="Migrations"/>.
/// </summary>
public interface IProjection<TState, TEvent>
{
    /// <summary>Says what the change means for the tables: in SQL that SQLite and PostgreSQL both understand.</summary>
    void Write(StreamChange<TState, TEvent> change, RowWrites rows);

    /// <summary>Takes away everything that the tables hold about a stream, because it is erased in the same transaction.</summary>
    void Forget(string key, RowWrites rows);
}
