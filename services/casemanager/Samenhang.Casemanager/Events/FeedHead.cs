using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Events;

/// <summary>
/// How far the feed of the store goes. It is found by reading forward from where some reader has come, because that is the only place of
/// which the store promises that nothing appears behind it.
/// </summary>
internal sealed class FeedHead([FromKeyedServices(ServiceNames.Casemanager)] IEventStore store)
{
    private const int BatchSize = 1000;

    // A cursor that every casemanager moves, so that the first look need not begin at the beginning.
    private const string KnownCursor = "households";

    private long seen;

    /// <summary>Remembers how far a reader came.</summary>
    public void Passed(long position)
    {
        long known;
        while ((known = Volatile.Read(ref seen)) < position && Interlocked.CompareExchange(ref seen, position, known) != known)
        {
            // Somebody else came further or less far in the meantime: look again.
        }
    }

    /// <summary>The last position at this moment.</summary>
    public async Task<long> FindAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref seen) == 0)
        {
            Passed(await store.ReadCursorAsync(KnownCursor, cancellationToken));
        }

        while (true)
        {
            var batch = await store.ReadFromAsync(Volatile.Read(ref seen), BatchSize, Payloads.None, cancellationToken);
            if (batch.Count > 0)
            {
                Passed(batch[^1].Position);
            }

            if (batch.Count < BatchSize)
            {
                return Volatile.Read(ref seen);
            }
        }
    }
}
