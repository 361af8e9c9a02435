using Samenhang.Api.Hosting;
using Samenhang.Domains;
using Samenhang.Messages;
using Samenhang.Platform.Hosting;
using Samenhang.Uwv.Api;
using Samenhang.Uwv.Messages;
using Samenhang.Uwv.Records;

namespace Samenhang.Uwv;

/// <summary>UWV, as a service that a host can hold.</summary>
public static class UwvHost
{
    /// <summary>Adds UWV.</summary>
    public static IHostApplicationBuilder AddUwv(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGrpcEdge();
        return builder.AddDomain<UwvDomain, AskUwvCoverageConsumer, EraseUwvCaseConsumer, UwvCoverageAnswered>(
            given => new UwvCoverageAnswered(given.CasePseudonym, given.Round, given.RulebookVersion, given.Rows),
            records => records.KeepProvisions().KeepUwvRecords());
    }

    /// <summary>Maps its gRPC methods, and reads its rulebook: with a wrong rule the service does not start.</summary>
    public static IEndpointConventionBuilder MapUwv(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<DomainRulebook<UwvDomain>>();
        endpoints.MapGrpcEdge();
        endpoints.MapGrpcService<BenefitApi>();
        endpoints.MapGrpcService<JudgementApi>();
        endpoints.MapGrpcService<WwApi>();
        endpoints.MapGrpcService<IpsApi>();
        return endpoints.MapGrpcService<UwvApi>();
    }
}

/// <summary>UWV.</summary>
public sealed class UwvDomain : IDomain
{
    /// <inheritdoc/>
    public static string Name => ServiceNames.Uwv;
}
