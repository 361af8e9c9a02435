using MassTransit;

namespace Samenhang.Platform.Bus;

/// <summary>
/// The publishes of one relay that the broker has not answered yet. A broker that is slow, or that takes nothing for want of memory
/// or disk, leaves them so for as long as that lasts. At the next try they are awaited again and not sent anew, so they never grow
/// beyond one batch; once, after a long silence, a second is sent in case a confirmation was lost.
/// </summary>
internal sealed class PublishesUnderWay(TimeSpan confirmWithin, TimeProvider time)
{
    private const int LongSilence = 6;

    private readonly Dictionary<string, Task> _streams = [];
    private long _since;
    private int _connection;
    private bool _sentAnew;

    /// <summary>How many streams have a publish that was begun and has not ended.</summary>
    public int Count => _streams.Values.Count(stream => !stream.IsCompleted);

    /// <summary>What is under way for this stream, or else what begins now.</summary>
    public Task Await(string streamId, Func<Task> begin)
    {
        if (_streams.TryGetValue(streamId, out var before) && !before.IsCompleted)
        {
            return before;
        }

        if (_streams.Count == 0)
        {
            _since = time.GetTimestamp();
        }

        return _streams[streamId] = begin();
    }

    /// <summary>All of a batch is confirmed.</summary>
    public void Done()
    {
        _streams.Clear();
        _sentAnew = false;
    }

    /// <summary>Forgets what will not be answered any more: what went out on a connection that is gone.</summary>
    /// <param name="connection">Counts the connections.</param>
    public void ForgetWhenVain(int connection)
    {
        if (connection != _connection)
        {
            _connection = connection;
            Done();
        }
        else if (!_sentAnew && Count > 0 && time.GetElapsedTime(_since) > LongSilence * confirmWithin)
        {
            _streams.Clear();
            _sentAnew = true;
        }
    }
}

/// <summary>Counts how often the bus lost its connection or found one.</summary>
internal sealed class ConnectionChanges : IReceiveEndpointObserver
{
    private int _count;

    public int Changes => Volatile.Read(ref _count);

    public Task Ready(ReceiveEndpointReady ready) => CountAsync();

    public Task Faulted(ReceiveEndpointFaulted faulted) => CountAsync();

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    private Task CountAsync()
    {
        Interlocked.Increment(ref _count);
        return Task.CompletedTask;
    }
}
