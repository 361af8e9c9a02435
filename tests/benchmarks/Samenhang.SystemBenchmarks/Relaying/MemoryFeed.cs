using System.Data.Common;
using Samenhang.Platform.Store;
using Samenhang.Platform.Trail;

namespace Samenhang.SystemBenchmarks.Relaying;

/// <summary>A feed in memory with a number of events of as many streams: the relay is measured, not the store that it reads.</summary>
internal sealed class MemoryFeed(int events, string payload) : IEventStore
{
    public const string EventName = "question-asked";

    private readonly IReadOnlyList<RecordedEvent> _events = [.. Enumerable.Range(1, events).Select(n => new RecordedEvent
    {
        Position = n,
        StreamId = $"case/{n}",
        StreamVersion = 1,
        MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Type = EventName,
        Payload = payload,
        OccurredOn = TimeProvider.System.GetUtcNow(),
        RecordedOn = TimeProvider.System.GetUtcNow(),
        Publish = true,
        TraceParent = null,
        RequestId = null,
        CausedBy = null,
    })];

    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the relay has passed all of it: the broker has confirmed everything.</summary>
    public Task Passed => _passed.Task;

    public ITrailStore Trail => throw new NotSupportedException();

    public Task Appended { get; } = new TaskCompletionSource().Task;

    public Task<IReadOnlyList<RecordedEvent>> ReadFromAsync(long position, int max, Payloads payloads, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<RecordedEvent>>([.. _events.Skip((int)position).Take(max)]);

    public Task<IFeedCursor?> TryHoldCursorAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IFeedCursor?>(new Cursor(this));

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedEvent>> LoadAsync(string streamId, long afterVersion, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> HasHandledAsync(Guid messageId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AnsweredRequest?> FindRequestAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> ReadCursorAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<T> QueryAsync<T>(Func<DbConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class Cursor(MemoryFeed feed) : IFeedCursor
    {
        public long Position { get; private set; }

        public Task MoveAsync(long position, CancellationToken cancellationToken)
        {
            Position = position;
            if (position == feed._events.Count)
            {
                feed._passed.TrySetResult();
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
