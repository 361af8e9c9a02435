namespace Samenhang.Platform.Tests;

/// <summary>Waits for something that happens elsewhere, with a bound.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

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

    public static Task Until(Func<bool> holds, string what, TimeSpan? limit = null) => Until(() => Task.FromResult(holds()), what, limit);
}
