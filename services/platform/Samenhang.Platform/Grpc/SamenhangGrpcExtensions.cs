using System.Security.Authentication;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Samenhang.Platform.Grpc.Health;
using Samenhang.Platform.Grpc.Reflection;
using Samenhang.Platform.Telemetry;
using Samenhang.Platform.Trail;

namespace Samenhang.Platform.Grpc;

/// <summary>gRPC as every service of Samenhang serves it: limits, errors, health and reflection.</summary>
public static class SamenhangGrpcExtensions
{
    /// <summary>Adds the gRPC server with its limits (<see cref="GrpcServerOptions"/>), the error edge, health and reflection.</summary>
    /// <remarks>In place of <c>AddGrpc</c>: further options of the library go through <c>Configure&lt;GrpcServiceOptions&gt;</c>.</remarks>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Changes the limits after configuration was read; null to leave them.</param>
    public static IServiceCollection AddSamenhangGrpc(this IServiceCollection services, Action<GrpcServerOptions>? configure = null)
    {
        var options = services.AddOptions<GrpcServerOptions>().BindConfiguration(GrpcServerOptions.Section);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options
            .Validate(limits => limits.MaxMessageBytes > 0, $"{GrpcServerOptions.Section}:{nameof(GrpcServerOptions.MaxMessageBytes)} must be above 0.")
            .Validate(limits => limits.MaxStreamsPerConnection > 0, $"{GrpcServerOptions.Section}:{nameof(GrpcServerOptions.MaxStreamsPerConnection)} must be above 0.")
            .Validate(limits => limits.CallsPerSecond >= 0 && limits.CallsAtOnce >= 0 && limits.RefusalsPerSecond >= 0, $"{GrpcServerOptions.Section}: a limit must not be below 0; 0 is none.")
            .ValidateOnStart();

        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<CommandTelemetry>(); // Outermost, so that it sees what the caller gets.
            grpc.Interceptors.Add<TrailInterceptor>(); // Outside of errors and access: what is refused is written too.
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        services.RemoveAll(typeof(IServiceMethodProvider<>));
        services.AddSingleton(typeof(IServiceMethodProvider<>), typeof(ReadableRequestMethods<>));
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<GrpcServerOptions>>((grpc, limits) =>
        {
            grpc.MaxReceiveMessageSize = limits.Value.MaxMessageBytes;
            grpc.MaxSendMessageSize = limits.Value.MaxMessageBytes;
            grpc.EnableDetailedErrors = false;
        });
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GrpcServerOptions>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = limits.Value.MaxStreamsPerConnection;

            // Where a certificate is set (Kestrel:Certificates:Default), nothing older than TLS 1.2 is spoken.
            kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        });

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, FrameLengthGuard>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TrailBook>();
        services.TryAddSingleton<TrailInterceptor>();
        services.TryAddSingleton<HealthState>();
        services.TryAddSingleton<ReflectedFiles>();
        services.TryAddSingleton<ServedServices>();
        services.AddHostedService<HealthLifetime>();
        return services;
    }

    /// <summary>Maps <c>grpc.health.v1</c> and <c>grpc.reflection.v1</c> and <c>v1alpha</c>. Where the gate stands only health is open to callers without a token.</summary>
    /// <param name="endpoints">The endpoints of the host.</param>
    public static IEndpointRouteBuilder MapSamenhangGrpc(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<HealthService>();
        endpoints.MapGrpcService<ReflectionV1Service>();
        endpoints.MapGrpcService<ReflectionV1AlphaService>();
        return endpoints;
    }
}
