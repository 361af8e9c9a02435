using System.Collections.Concurrent;
using System.Diagnostics;

namespace Samenhang.SystemBenchmarks.CasePath;

/// <summary>A system that takes a case and completes its plan later.</summary>
internal interface ICasePath
{
    /// <summary>Opens a case; completes when it is taken in, with the name under which its plan will come.</summary>
    Task<string> OpenAsync();

    /// <summary>Tells of each plan that was made: the name, and the moment.</summary>
    event Action<string, DateTimeOffset> Planned;
}

/// <summary>Drives a case path, as fast as it goes or at a rate.</summary>
internal sealed class Load : IDisposable
{
    private readonly ICasePath _path;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DateTimeOffset>> _waiting = new();

    public Load(ICasePath path)
    {
        _path = path;
        path.Planned += Note;
    }

    public void Dispose() => _path.Planned -= Note;

    /// <summary>So many cases, so many of them open at a time. Returns cases per second.</summary>
    public async Task<double> ThroughputAsync(int cases, int atATime)
    {
        var start = Stopwatch.GetTimestamp();
        var left = cases;
        await Task.WhenAll(Enumerable.Range(0, atATime).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await PlannedAsync(await _path.OpenAsync());
            }
        })));
        return cases / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Cases at a rate, whatever is still open. Returns how long each took from the call to the plan, in milliseconds, ascending.</summary>
    public async Task<double[]> LatenciesAsync(int cases, double perSecond)
    {
        var start = Stopwatch.GetTimestamp();
        var took = new List<Task<double>>();
        for (var n = 0; n < cases; n++)
        {
            // The moment at which the case should have come counts, so that a system that falls behind is not spared.
            var due = TimeSpan.FromSeconds(n / perSecond);
            var early = due - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early);
            }

            var called = TimeProvider.System.GetUtcNow() - (Stopwatch.GetElapsedTime(start) - due);
            took.Add(Task.Run(async () => (await PlannedAsync(await _path.OpenAsync()) - called).TotalMilliseconds));
        }

        var all = await Task.WhenAll(took);
        Array.Sort(all);
        return all;
    }

    private void Note(string name, DateTimeOffset moment) => Of(name).TrySetResult(moment);

    private async Task<DateTimeOffset> PlannedAsync(string name)
    {
        var moment = await Of(name).Task.WaitAsync(TimeSpan.FromMinutes(3));
        _waiting.TryRemove(name, out _);
        return moment;
    }

    private TaskCompletionSource<DateTimeOffset> Of(string name)
        => _waiting.GetOrAdd(name, _ => new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously));
}
