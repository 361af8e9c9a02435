namespace Samenhang.Platform.Trail;

/// <summary>A trail that can be read.</summary>
public interface ITrailReader
{
    /// <summary>Reads from one moment of the trail: what is written meanwhile is not seen.</summary>
    /// <exception cref="Store.StoreUnavailableException">It cannot be reached now.</exception>
    Task<T> ReadAsync<T>(Func<TrailSnapshot, CancellationToken, Task<T>> read, CancellationToken cancellationToken);
}

/// <summary>The trail of one service: one chain, also when several processes write it.</summary>
public interface ITrailStore : ITrailReader
{
    /// <summary>Adds lines at the end of the chain, all or none; they are durable when the call returns.</summary>
    /// <exception cref="Store.StoreUnavailableException">Nothing was written.</exception>
    Task AppendAsync(IReadOnlyList<TrailLine> lines, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the oldest lines, in one transaction with a line that tells which one was the last of them and its hash, from which the chain goes on.
    /// </summary>
    /// <param name="before">Lines from before this moment go, up to the first that is not.</param>
    /// <param name="most">At most so many at once.</param>
    /// <param name="checkpoint">Makes the line; it is given what stands for the removed ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many went.</returns>
    Task<long> ForgetAsync(DateTimeOffset before, int most, Func<TrailHead, TrailLine> checkpoint, CancellationToken cancellationToken);
}
