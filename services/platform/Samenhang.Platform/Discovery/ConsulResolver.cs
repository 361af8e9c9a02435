using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Consul;

namespace Samenhang.Platform.Discovery;

/// <summary>
/// <c>consul:///zvw</c>: the instances of a service that pass their checks, and every change of them. While Consul does not answer,
/// what was known before stays; when no instance passes any more the channel keeps the last ones, for they may be better than nobody.
/// </summary>
internal sealed class ConsulResolver(string service, ConsulClient client, BlockingQuery query, ILogger logger) : Resolver
{
    private readonly CancellationTokenSource _ended = new();
    private IReadOnlyList<ConsulInstance>? _known;

    /// <inheritdoc/>
    public override void Start(Action<ResolverResult> listener) => _ = Task.Run(() => WatchAsync(listener, _ended.Token));

    /// <summary>Nothing to do: whatever changes is heard of without asking.</summary>
    public override void Refresh()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _ended.Cancel();
        base.Dispose(disposing);
    }

    private async Task WatchAsync(Action<ResolverResult> listener, CancellationToken cancellationToken)
    {
        try
        {
            await query.RunAsync(
                (index, cancellation) => client.PassingAsync(service, index, cancellation),
                instances => Tell(listener, instances),
                (cause, failures) => Tell(listener, cause, failures),
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The channel has gone.
        }
    }

    private void Tell(Action<ResolverResult> listener, IReadOnlyList<ConsulInstance> instances)
    {
        if (_known is not null && _known.Select(Place).SequenceEqual(instances.Select(Place)))
        {
            return; // A wait that passed without a change.
        }

        _known = instances;
        ConsulLog.Resolved(logger, service, instances.Count);
        listener(ResolverResult.ForResult([.. instances.Select(instance => new BalancerAddress(instance.Address, instance.Port))]));
    }

    private void Tell(Action<ResolverResult> listener, ConsulException cause, int failures)
    {
        if (failures == 1)
        {
            ConsulLog.ResolveFailed(logger, service, cause);
        }

        if (_known is null)
        {
            // A caller hears at once that nobody knows, in place of waiting out its deadline.
            listener(ResolverResult.ForFailure(new Status(StatusCode.Unavailable, $"Consul cannot tell where {service} lives.", cause)));
        }
    }

    private static (string Address, int Port) Place(ConsulInstance instance) => (instance.Address, instance.Port);
}

/// <summary>Makes resolvers of addresses <c>consul:///service</c>.</summary>
internal sealed class ConsulResolverFactory(ConsulClient client, BlockingQuery query, ILogger<ConsulResolver> logger) : ResolverFactory
{
    public const string Scheme = "consul";

    public override string Name => Scheme;

    public override Resolver Create(ResolverOptions options) => new ConsulResolver(options.Address.AbsolutePath.Trim('/'), client, query, logger);
}
