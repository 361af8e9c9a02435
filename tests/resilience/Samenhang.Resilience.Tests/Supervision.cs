namespace Samenhang.Resilience.Tests;

/// <summary>Starts again what has ended, as systemd, compose or Kubernetes does.</summary>
internal static class Supervision
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Goes on until it is stopped.</summary>
    public static async Task RunAsync(ServiceProcesses services, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var name in services.Names.Where(services.HasEnded))
            {
                services.Start(name);
            }

            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
