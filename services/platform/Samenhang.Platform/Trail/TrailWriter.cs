using Samenhang.Platform.Store;

namespace Samenhang.Platform.Trail;

/// <summary>
/// Writes the lines of one service in this process. Lines that come while a transaction is under way go together in the next one: calls at
/// the same time share its cost, and a call alone waits for nobody.
/// </summary>
public sealed class TrailWriter(ITrailStore store)
{
    private const int MostAtOnce = 256;

    // Above it the store is so far behind that another caller would wait in vain.
    private const int MostWaiting = 20_000;

    private readonly Lock _gate = new();
    private readonly Queue<(TrailLine Line, TaskCompletionSource Written)> _waiting = new();
    private bool _writing;

    /// <summary>Returns when the line is in the store.</summary>
    /// <exception cref="StoreUnavailableException">It was not written.</exception>
    public Task WriteAsync(TrailLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting)
            {
                throw new StoreUnavailableException(new TimeoutException("The trail is too far behind."));
            }

            _waiting.Enqueue((line, written));
            if (_writing)
            {
                return written.Task;
            }

            _writing = true;
        }

        _ = Task.Run(WriteAllAsync); // A caller must not wait for the lines of those who came after it.
        return written.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                // No caller's token: the lines of others go with it.
                await store.AppendAsync([.. batch.Select(one => one.Line)], CancellationToken.None);
                batch.ForEach(one => one.Written.SetResult());
            }
#pragma warning disable CA1031 // Whatever went wrong, every call that waits hears of it.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                batch.ForEach(one => one.Written.SetException(cause));
            }
        }
    }

    private List<(TrailLine Line, TaskCompletionSource Written)> Take()
    {
        lock (_gate)
        {
            var batch = new List<(TrailLine, TaskCompletionSource)>(Math.Min(_waiting.Count, MostAtOnce));
            while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            _writing = batch.Count > 0;
            return batch;
        }
    }
}
