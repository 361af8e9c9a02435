namespace Samenhang.TestSupport;

/// <summary>A clock that a test moves on. It runs as the real one does, and long waits of clocks that look around are short, so that a new day is seen at once.</summary>
public sealed class MovableTime : TimeProvider
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(30);

    private long offset;

    /// <summary>A clock that begins now.</summary>
    public MovableTime()
    {
    }

    /// <summary>A clock that begins at noon of a day, which may be long ago.</summary>
    public MovableTime(DateOnly begin) => offset = Ahead(begin);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offset));

    /// <summary>It is noon of the day. Time goes forward only.</summary>
    public void MoveTo(DateOnly day)
    {
        var ahead = Ahead(day);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, Interlocked.Read(ref offset));
        Interlocked.Exchange(ref offset, ahead);
    }

    /// <summary>So much time passes.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref offset, by.Ticks);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period >= LongWait ? System.CreateTimer(callback, state, LongestPeriod, LongestPeriod) : System.CreateTimer(callback, state, dueTime, period);

    private static long Ahead(DateOnly day) => (new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero) - System.GetUtcNow()).Ticks;
}
