using MassTransit;
using Microsoft.Extensions.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Keeps a message out of the dead letters that failed because this process ends and its container is gone, or while it waited for the
/// store: it stays unanswered, and the broker gives it to another process when the connection ends.
/// </summary>
/// <remarks>A bus that is stopped while it is still starting takes messages for a moment longer than its host lives.</remarks>
internal sealed class LateDeliveries(IHostApplicationLifetime process) : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
        => process.ApplicationStopping.IsCancellationRequested && (context.Exception is StoreUnavailableException || context.Exception.GetBaseException() is ObjectDisposedException)
            ? Task.Delay(Timeout.Infinite, context.CancellationToken)
            : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("late-deliveries");
}
