using System.Diagnostics;

namespace Samenhang.Engines;

/// <summary>A process that this program started: it can be awaited and ended, with all it started itself.</summary>
public sealed class OwnProcess : IDisposable
{
    private const long LargestLog = 20 * 1024 * 1024;

    private readonly Process _process;

    private OwnProcess(Process process, ProcessMark mark, Task<int> ended)
    {
        _process = process;
        Mark = mark;
        Ended = ended;
    }

    /// <summary>Which process it is.</summary>
    public ProcessMark Mark { get; }

    /// <summary>Completes with its status when it has ended; above 128 it was ended by the signal of that number less 128.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts a process that writes its own log.</summary>
    public static OwnProcess Start(ProcessPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Log is not { } log)
        {
            throw new ArgumentException("A process that lives long must write its log itself.", nameof(plan));
        }

        // One older log is kept beside it.
        if (new FileInfo(log) is { Exists: true, Length: > LargestLog })
        {
            File.Move(log, log + ".1", overwrite: true);
        }

        var process = Process.Start(plan.ToStart())!;
        var ended = EndedAsync(process);

        // A process that has ended at once has no mark any more; its number is not given out before its end is read, which the task does.
        var mark = ProcessMark.Of(process.Id) ?? new ProcessMark(process.Id, 0);
        return new(process, mark, ended);
    }

    /// <summary>Asks it to end, and ends it by force when that takes too long.</summary>
    /// <returns>Whether it ended in good order.</returns>
    public async Task<bool> EndAsync(Signal signal, TimeSpan within, TimeProvider time)
    {
        var good = await Mark.EndAsync(signal, within, time);
        await Ended;
        return good;
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync()
    {
        Mark.Send(Signal.Kill);
        await Ended;
        Mark.EndGroup();
    }

    /// <summary>Lets go of it; what runs goes on.</summary>
    public void Dispose() => _process.Dispose();

    private static async Task<int> EndedAsync(Process process)
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
