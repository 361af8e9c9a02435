using Samenhang.Api.Hosting;
using Samenhang.Domains;
using Samenhang.Messages;
using Samenhang.Platform.Hosting;
using Samenhang.Gemeente.Api;
using Samenhang.Gemeente.Messages;

namespace Samenhang.Gemeente;

/// <summary>The municipality, as a service that a host can hold.</summary>
public static class GemeenteHost
{
    /// <summary>Adds the municipality.</summary>
    public static IHostApplicationBuilder AddGemeente(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGrpcEdge();
        return builder.AddDomain<GemeenteDomain, AskGemeenteCoverageConsumer>(
            given => new GemeenteCoverageAnswered(given.CasePseudonym, given.Round, given.RulebookVersion, given.Rows),
            records => records.KeepProvisions());
    }

    /// <summary>Maps its gRPC methods, and reads its rulebook: with a wrong rule the service does not start.</summary>
    public static IEndpointConventionBuilder MapGemeente(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<DomainRulebook<GemeenteDomain>>();
        endpoints.MapGrpcEdge();
        return endpoints.MapGrpcService<GemeenteApi>();
    }
}

/// <summary>The municipality.</summary>
public sealed class GemeenteDomain : IDomain
{
    /// <inheritdoc/>
    public static string Name => ServiceNames.Gemeente;
}
