namespace Samenhang.Platform.Store;

/// <summary>
/// The place of one named reader in the feed, held by one holder at a time over all processes on the same store: for example the relay, of
/// which only one may publish although the service runs more than once. Disposing gives it up; so does the end of the process.
/// </summary>
public interface IFeedCursor : IAsyncDisposable
{
    /// <summary>How far the reader has come; 0 when it never moved.</summary>
    long Position { get; }

    /// <summary>Moves forward. A cursor never goes back: a lower position is ignored.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The store is away, and with it the hold: another may have it by now. Give it up and try to hold it again.
    /// </exception>
    Task MoveAsync(long position, CancellationToken cancellationToken);
}
