namespace Samenhang.Platform.Consul;

/// <summary>
/// Asks again and again for what has changed, as Consul's documentation says of blocking queries: the index of the last answer goes
/// with the next question; an index that went back begins anew at 0; an index of 0 counts as 1, for 0 would not block; and answers
/// that follow one another without end are taken at a modest pace, after a few in quick succession.
/// </summary>
/// <param name="atMostEvery">The pace when answers do not stop.</param>
/// <param name="time">The clock.</param>
public sealed class BlockingQuery(TimeSpan atMostEvery, TimeProvider time)
{
    private const int Burst = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="ask">Asks with an index; 0 is answered at once.</param>
    /// <param name="answered">Takes each answer. It need not differ from the one before: a wait may have passed without a change.</param>
    /// <param name="failed">Hears of each failure with its number in a row; the question is asked again after a pause that grows to 15 s.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync<T>(
        Func<ulong, CancellationToken, Task<ConsulAnswer<T>>> ask, Action<T> answered, Action<ConsulException, int> failed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(failed);
        var index = 0UL;
        var failures = 0;
        var tokens = (double)Burst;
        var counted = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var answer = await ask(index, cancellationToken);
                failures = 0;
                index = Next(index, answer.Index);
                answered(answer.Value);
            }
            catch (ConsulException cause)
            {
                failed(cause, ++failures);
                index = 0; // Whoever answers next may be another agent, with other indexes.
                await PauseAsync(failures, cancellationToken);
                continue;
            }

            tokens = Math.Min(Burst, tokens + (time.GetElapsedTime(counted) / atMostEvery)) - 1;
            counted = time.GetTimestamp();
            if (tokens < 0)
            {
                await Task.Delay(atMostEvery * -tokens, time, cancellationToken);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The index of the next question.</summary>
    internal static ulong Next(ulong asked, ulong answered) => answered < asked ? 0 : Math.Max(1, answered);

    private Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        var bounded = pause < LongestPause ? pause : LongestPause;

        // Up to a quarter off, so that the processes of a whole site do not come back at the same moment.
        return Task.Delay(bounded * (1 - (Random.Shared.NextDouble() / 4)), time, cancellationToken);
    }
}
