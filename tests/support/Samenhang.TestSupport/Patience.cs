namespace Samenhang.TestSupport;

/// <summary>Waits for something that happens elsewhere, with a bound.</summary>
public static class Patience
{
    /// <summary>How long a test waits when it says nothing else.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Returns when it holds; fails with what was awaited when the limit has passed.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what, TimeSpan? limit = null)
    {
        using var bound = new CancellationTokenSource(limit ?? Limit);
        while (!await holds())
        {
            if (bound.IsCancellationRequested)
            {
                throw new TimeoutException($"It did not happen in {limit ?? Limit}: {what}.");
            }

            await Task.Delay(20);
        }
    }

    /// <inheritdoc cref="Until(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task Until(Func<bool> holds, string what, TimeSpan? limit = null) => Until(() => Task.FromResult(holds()), what, limit);
}
