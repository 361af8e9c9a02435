using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Samenhang.Platform.Bus;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Telemetry;

/// <summary>
/// How many messages wait in the queues of the services of this process, and how many lie with their dead letters. It asks the broker on
/// a connection of its own, which it opens when it is first asked and again when it broke.
/// </summary>
internal sealed class QueueDepths(IEnumerable<ServiceRegistration> services, IOptions<SamenhangOptions> options) : IAsyncDisposable
{
    private IConnection? _connection;

    /// <summary>The metric.</summary>
    public static SampledGauge Gauge(Func<IServiceProvider, QueueDepths> depths) => new(
        "samenhang.queue.depth",
        "{message}",
        "Messages in a queue that nobody has taken yet; of <queue>_error and <queue>_skipped: dead letters.",
        (provider, cancellation) => depths(provider).LookUpAsync(cancellation));

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<Measurement<double>>> LookUpAsync(CancellationToken cancellationToken)
    {
        var depths = new List<Measurement<double>>();
        foreach (var queue in services.Select(service => ServiceNames.QueueOf(service.Name)))
        {
            foreach (var name in new[] { queue, $"{queue}_error", $"{queue}_skipped" })
            {
                if (await DepthAsync(name, cancellationToken) is { } depth)
                {
                    depths.Add(new Measurement<double>(depth, new KeyValuePair<string, object?>("queue", name)));
                }
            }
        }

        return depths;
    }

    private async Task<uint?> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        // A channel of its own for each question: the broker closes the channel on which a queue is asked for that does not exist.
        var connection = await ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (OperationInterruptedException closed) when (closed.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null; // Made when the service hears for the first time, or when the first message fails.
        }
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
        {
            return open;
        }

        if (_connection is { } broken)
        {
            _connection = null;
            await broken.DisposeAsync();
        }

        return _connection = await options.Value.RabbitMq.ConnectAsync("samenhang-metrics", cancellationToken);
    }
}
