using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Hosting;

namespace Samenhang.Platform.Grpc.Health;

/// <summary><c>grpc.health.v1.Health</c> over <see cref="HealthState"/>.</summary>
public sealed class HealthService(HealthState health, IHostApplicationLifetime lifetime) : global::Grpc.Health.V1.Health.HealthBase
{
    /// <inheritdoc />
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return health.StatusOf(request.Service) is { } status
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw new RpcException(new Status(StatusCode.NotFound, "This server does not have that service."));
    }

    /// <inheritdoc />
    public override async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);

        // An open watch must not hold up the stop of the host: the watcher reads NOT_SERVING and then the end of the stream.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        HealthCheckResponse? last = null;
        try
        {
            await foreach (var status in health.Watch(request.Service, ended.Token))
            {
                last = new HealthCheckResponse { Status = status ?? HealthCheckResponse.Types.ServingStatus.ServiceUnknown };
                await responseStream.WriteAsync(last, context.CancellationToken);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            if (last?.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                await responseStream.WriteAsync(
                    new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing }, context.CancellationToken);
            }

            throw new RpcException(new Status(StatusCode.Unavailable, "The server is stopping."));
        }
    }
}
