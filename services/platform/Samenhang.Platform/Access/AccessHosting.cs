using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Samenhang.Platform.Access;

/// <summary>The gate, as part of a host.</summary>
public static class AccessHosting
{
    /// <summary>Adds what makes tokens for calls of this process.</summary>
    public static IServiceCollection AddOwnTokens(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>());
        services.TryAddSingleton<OwnTokens>();
        return services;
    }

    /// <summary>Reads keys and settings of the gate now, so that what is wrong stops the start, and a development key is told before the first call.</summary>
    public static void PrepareAccess(this IServiceProvider services) => services.GetRequiredService<TokenCheck>();

    /// <summary>Puts the gate before every gRPC method of this host.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOwnTokens();
        services.AddOptions<AccessOptions>().Validate(
            options => options.DevelopmentKeyFile.Length > 0 || options.Issuers.Count > 0,
            $"{AccessOptions.Section}:Issuers must name who vouches for callers; without one every call is refused. (For development: {AccessOptions.Section}:DevelopmentKeyFile.)");
        services.TryAddSingleton<TokenCheck>();
        services.TryAddSingleton<AttemptLimits>();
        services.TryAddSingleton<AccessInterceptor>();
        services.TryAddSingleton<CallLimits>();
        services.Configure<GrpcServiceOptions>(grpc =>
        {
            grpc.Interceptors.Add<AccessInterceptor>();
            grpc.Interceptors.Add<CallLimits>();
        });
        return services;
    }
}
