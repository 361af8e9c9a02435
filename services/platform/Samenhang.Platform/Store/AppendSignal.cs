namespace Samenhang.Platform.Store;

/// <summary>Wakes everyone who waits for the next append of a store in this process.</summary>
internal sealed class AppendSignal
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).SetResult();

    // Continuations run elsewhere: a waiter must never run on the thread that holds the writer.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
