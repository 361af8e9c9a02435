using Samenhang.Api.Hosting;
using Samenhang.Domains;
using Samenhang.Employer.Absences;
using Samenhang.Employer.Api;
using Samenhang.Employer.Messages;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;

namespace Samenhang.Employer;

/// <summary>The employer, as a service that a host can hold.</summary>
public static class EmployerHost
{
    /// <summary>Adds the employer.</summary>
    public static IHostApplicationBuilder AddEmployer(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGrpcEdge();
        return builder.AddDomain<EmployerDomain, AskEmployerCoverageConsumer, EraseEmployerCaseConsumer, EmployerCoverageAnswered>(
            given => new EmployerCoverageAnswered(given.CasePseudonym, given.Round, given.RulebookVersion, given.Rows),
            records => records.KeepProvisions(EmployerMessages.Changed).KeepAbsences());
    }

    /// <summary>Maps its gRPC methods, and reads its rulebook: with a wrong rule the service does not start.</summary>
    public static IEndpointConventionBuilder MapEmployer(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<DomainRulebook<EmployerDomain>>();
        endpoints.MapGrpcEdge();
        endpoints.MapGrpcService<AbsenceApi>();
        endpoints.MapGrpcService<CompanyPhysicianApi>();
        return endpoints.MapGrpcService<EmployerApi>();
    }
}

/// <summary>The employer.</summary>
public sealed class EmployerDomain : IDomain
{
    /// <inheritdoc/>
    public static string Name => ServiceNames.Employer;
}
