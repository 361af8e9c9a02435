using System.Data.Common;
using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Telemetry;

/// <summary>A store of which appends are spans and duplicates are counted. It changes nothing of what the store does.</summary>
internal sealed class ObservedEventStore(string service, IEventStore store) : IEventStore, IDisposable, IAsyncDisposable
{
    /// <inheritdoc/>
    public Task Appended => store.Appended;

    /// <inheritdoc/>
    public ITrailStore Trail => store.Trail;

    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(append);
        using var span = Measures.Source.StartActivity("append");
        span?.SetTag("service", service).SetTag("events", append.Events.Count);
        var outcome = await store.AppendAsync(append, cancellationToken);
        span?.SetTag("outcome", outcome.GetType().Name);
        if (outcome is AppendOutcome.AlreadyHandled)
        {
            Measures.Duplicate(service);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => store.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, CancellationToken cancellationToken) => store.LoadAsync(streamId, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, long afterVersion, CancellationToken cancellationToken) =>
        store.LoadAsync(streamId, afterVersion, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadFromAsync(long position, int max, Payloads payloads, CancellationToken cancellationToken) =>
        store.ReadFromAsync(position, max, payloads, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasHandledAsync(Guid messageId, CancellationToken cancellationToken) => store.HasHandledAsync(messageId, cancellationToken);

    /// <inheritdoc/>
    public Task<AnsweredRequest?> FindRequestAsync(string requestId, CancellationToken cancellationToken) => store.FindRequestAsync(requestId, cancellationToken);

    /// <inheritdoc/>
    public Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken) => store.ReadCursorAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<IFeedCursor?> TryHoldCursorAsync(string name, CancellationToken cancellationToken) => store.TryHoldCursorAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => store.ForgetAsync(before, cancellationToken);

    /// <inheritdoc/>
    public Task<T> QueryAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => store.QueryAsync(read, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (store is IDisposable disposable)
        {
            disposable.Dispose();
        }
        else
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (store is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        (store as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
