using Microsoft.Extensions.Hosting;
using Samenhang.Platform.Grpc.Reflection;

namespace Samenhang.Platform.Grpc.Health;

/// <summary>Tells <see cref="HealthState"/> which services are mapped, when the host has started, and when it stops.</summary>
internal sealed class HealthLifetime(HealthState health, ServedServices served) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var service in served.All)
        {
            if (health.StatusOf(service.FullName) is null)
            {
                health.SetService(service.FullName, serving: true);
            }
        }

        health.SetAccepting(true);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        health.SetAccepting(false);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
