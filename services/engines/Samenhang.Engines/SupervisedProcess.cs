namespace Samenhang.Engines;

/// <summary>What a supervised process does now.</summary>
public enum ProcessState
{
    /// <summary>Runs, and has not answered yet.</summary>
    Starting,

    /// <summary>Runs and has answered.</summary>
    Answers,

    /// <summary>Has ended by itself and waits to be started again.</summary>
    Waits,

    /// <summary>Was stopped.</summary>
    Stopped,
}

/// <summary>What is supervised.</summary>
public sealed record Supervision
{
    /// <summary>The name of the process.</summary>
    public required string Name { get; init; }

    /// <summary>How it is started.</summary>
    public required ProcessPlan Plan { get; init; }

    /// <summary>Whether it answers.</summary>
    public required Func<CancellationToken, Task<bool>> Answers { get; init; }

    /// <summary>Where its mark stands while it runs.</summary>
    public required string MarkFile { get; init; }

    /// <summary>Asks it to end in good order.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>How long a good order may take.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the first new start; each next one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who ran this long begins with the first pause again.</summary>
    public TimeSpan IsSteadyAfter { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// A process that is started again each time it ends, with growing pauses. A service counts on that: it ends itself when it cannot
/// find back to its broker.
/// </summary>
public sealed class SupervisedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Supervision _supervision;
    private readonly TimeProvider _time;
    private readonly Action<SupervisedProcess> _changed;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;

    /// <summary>Nothing is started yet.</summary>
    /// <param name="supervision">What is supervised.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Hears each change of <see cref="State"/>.</param>
    public SupervisedProcess(Supervision supervision, TimeProvider time, Action<SupervisedProcess> changed)
    {
        ArgumentNullException.ThrowIfNull(supervision);
        _supervision = supervision;
        _time = time;
        _changed = changed;
    }

    /// <summary>The name of the process.</summary>
    public string Name => _supervision.Name;

    /// <summary>Where it writes.</summary>
    public string Log => _supervision.Plan.Log!;

    /// <summary>What it does now.</summary>
    public ProcessState State { get; private set; } = ProcessState.Stopped;

    /// <summary>The process that runs now.</summary>
    public ProcessMark? Mark { get; private set; }

    /// <summary>How often it ended by itself and was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>With which status it ended last.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>How long it waits before it is started again.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>Starts it and returns when it answers.</summary>
    /// <param name="within">How long that may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EngineException">It ended before it answered, or took too long; with the last lines of its log.</exception>
    public async Task StartAsync(TimeSpan within, CancellationToken cancellation)
    {
        _run = RunAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            // A run that ends before the answer came brings its own fault, or has left one with the answer.
            await (await Task.WhenAny(_answered.Task, _run).WaitAsync(limit.Token));
            await _answered.Task.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineException($"{Name} does not answer after {within}; its log is {Log}{LastLines()}");
        }
    }

    /// <summary>Stops it for good.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await StopAsync();
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var begin = _time.GetTimestamp();
            using var process = OwnProcess.Start(_supervision.Plan);
            Mark = process.Mark;
            process.Mark.WriteTo(_supervision.MarkFile);
            Become(ProcessState.Starting);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var watch = WatchAsync(ended.Token);
            var stop = Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
            if (await Task.WhenAny(process.Ended, stop) == stop)
            {
                await process.EndAsync(_supervision.StopSignal, _supervision.StopWithin, _time);
                await watch;
                break;
            }

            LastStatus = await process.Ended;
            process.Mark.EndGroup();
            await ended.CancelAsync();
            await watch;
            Mark = null;
            if (!_answered.Task.IsCompletedSuccessfully)
            {
                // What never answered has a fault that another start does not mend.
                _answered.TrySetException(new EngineException($"{Name} ended at its start with status {LastStatus}; its log is {Log}{LastLines()}"));
                break;
            }

            Pause = Pause == TimeSpan.Zero || _time.GetElapsedTime(begin) > _supervision.IsSteadyAfter
                ? _supervision.FirstPause
                : TimeSpan.FromTicks(Math.Min(Pause.Ticks * 2, _supervision.LongestPause.Ticks));
            Restarts++;
            Become(ProcessState.Waits);
            await Task.Delay(Pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Mark = null;
        File.Delete(_supervision.MarkFile);
        Become(ProcessState.Stopped);
    }

    /// <summary>Waits for the first answer.</summary>
    private async Task WatchAsync(CancellationToken cancellation)
    {
        try
        {
            while (!await _supervision.Answers(cancellation))
            {
                await Task.Delay(Look, _time, cancellation);
            }

            Become(ProcessState.Answers);
            _answered.TrySetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It has ended or must end.
        }
    }

    private void Become(ProcessState state)
    {
        State = state;
        _changed(this);
    }

    private string LastLines()
    {
        const int Most = 12;
        return File.Exists(Log) ? ":\n" + string.Join('\n', File.ReadLines(Log).TakeLast(Most)) : ".";
    }
}
