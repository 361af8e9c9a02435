namespace Samenhang.Platform.Store.PostgreSql;

/// <summary>
/// Knows which missing positions of the feed stay missing. Positions are drawn when a transaction writes and seen when it commits: a lower
/// one can come after a higher one, or never (the transaction failed). A reader may step over a missing position only when every transaction
/// that could still bring it has ended.
/// </summary>
/// <remarks>
/// A transaction has its id before it draws a position. So when position N was seen, whoever drew a position below N had an id below the
/// next id that a later snapshot tells ("xmax"); and once the oldest running id of a still later snapshot ("xmin") has passed that, all of
/// them have ended and whatever they wrote is to be seen. Nothing is locked and no writer waits; only a reader at a gap does, for as long as
/// the writers of that moment need.
/// </remarks>
internal sealed class FeedGaps
{
    private readonly Lock _gate = new();
    private long _seen; // The highest position that any read has shown.
    private long _settled; // At or below it nothing will appear any more.
    private (long Position, ulong Xmax)? _awaited; // What becomes settled when all transactions below Xmax have ended.

    /// <summary>Taken before a read begins: what is known by then.</summary>
    public Look Begin()
    {
        lock (_gate)
        {
            return new Look(_seen, _settled, _awaited);
        }
    }

    /// <summary>Judges what a read has shown: how many of the positions, in order, may be given to the reader.</summary>
    /// <param name="look">What was known before the read began.</param>
    /// <param name="xmin">The oldest running transaction in a snapshot from before the positions were read.</param>
    /// <param name="xmax">The next transaction id in that snapshot.</param>
    /// <param name="after">The position after which was read.</param>
    /// <param name="positions">What was found, ascending.</param>
    public int Admit(Look look, ulong xmin, ulong xmax, long after, IReadOnlyList<long> positions)
    {
        // Only what was known before the read counts for its positions: they were read after the snapshot, and what others learned
        // meanwhile may speak of commits that this read did not see.
        var settled = look.Settled;
        if (look.Awaited is { } awaited && awaited.Xmax <= xmin)
        {
            settled = Math.Max(settled, awaited.Position);
        }

        if (xmax <= xmin)
        {
            settled = Math.Max(settled, look.Seen); // Nobody was writing.
        }

        var last = after;
        var admitted = 0;
        while (admitted < positions.Count && (positions[admitted] == last + 1 || positions[admitted] - 1 <= settled))
        {
            last = positions[admitted++];
        }

        lock (_gate)
        {
            _settled = Math.Max(_settled, settled);
            if (_awaited is { } waited && waited.Position <= _settled)
            {
                _awaited = null;
            }

            if (_awaited is null && look.Seen > _settled)
            {
                _awaited = (look.Seen, xmax);
            }

            if (positions.Count > 0)
            {
                _seen = Math.Max(_seen, positions[^1]);
            }
        }

        return admitted;
    }

    internal readonly record struct Look(long Seen, long Settled, (long Position, ulong Xmax)? Awaited);
}
