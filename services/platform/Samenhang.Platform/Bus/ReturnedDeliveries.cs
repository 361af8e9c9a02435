using System.Globalization;
using MassTransit;

namespace Samenhang.Platform.Bus;

/// <summary>
/// Holds a message that has come back more than once for a moment of its own length before it is handled.
/// </summary>
/// <remarks>
/// A message that ends the process makes all that the process had taken come back with it, and each counts as delivered once more.
/// Were they handled in the same order again, they would all reach the delivery limit together. With moments that differ, about half
/// of the innocent ones are done at each round before the guilty one begins; until the limit hardly any of them is left.
/// It stands outside the lanes, so nothing waits behind a message that is held.
/// </remarks>
internal sealed class ReturnedDeliveries : IFilter<ConsumeContext>
{
    // A first return is what every restart of a service and every lost connection brings.
    private const int Ordinary = 1;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (ReturnsOf(context) > Ordinary)
        {
            await Task.Delay(Longest * Random.Shared.NextDouble(), context.CancellationToken);
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("returned-deliveries");

    private static long ReturnsOf(ConsumeContext context)
        => context.ReceiveContext.TransportHeaders.TryGetHeader("x-delivery-count", out var count)
            ? Convert.ToInt64(count, CultureInfo.InvariantCulture)
            : 0;
}
