using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Access;
using Samenhang.Platform.Grpc;

namespace Samenhang.Api.Hosting;

/// <summary>What every service puts around its gRPC methods; once, also when several services share a host.</summary>
public static class GrpcEdge
{
    /// <summary>Adds the server, its limits, the gate, errors, health and reflection.</summary>
    public static IServiceCollection AddGrpcEdge(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(service => service.ServiceType != typeof(Mapped)))
        {
            services.AddSingleton<Mapped>();
            services.AddSamenhangGrpc();
            services.AddAccess();
        }

        return services;
    }

    /// <summary>Maps health and reflection.</summary>
    public static IEndpointRouteBuilder MapGrpcEdge(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetRequiredService<Mapped>().First())
        {
            endpoints.ServiceProvider.PrepareAccess();
            endpoints.MapSamenhangGrpc();
        }

        return endpoints;
    }

    private sealed class Mapped
    {
        private int count;

        public bool First() => Interlocked.Increment(ref count) == 1;
    }
}
