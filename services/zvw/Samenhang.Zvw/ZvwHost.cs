using Samenhang.Access;
using Samenhang.Api.Hosting;
using Samenhang.Domains;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Platform.Hosting;
using Samenhang.Zvw.Api;
using Samenhang.Zvw.ClaimsCheck;
using Samenhang.Zvw.Indications;
using Samenhang.Zvw.Messages;
using Samenhang.Zvw.Paths;

namespace Samenhang.Zvw;

/// <summary>Insured care, as a service that a host can hold.</summary>
public static class ZvwHost
{
    /// <summary>Adds insured care.</summary>
    public static IHostApplicationBuilder AddZvw(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGrpcEdge();
        builder.Services.AddSingleton(services => ClaimsChecker.Load(services.GetRequiredService<DomainRulebook<ZvwDomain>>(), services.GetRequiredService<IConfiguration>()));
        return builder.AddDomain<ZvwDomain, AskZvwCoverageConsumer, EraseZvwCaseConsumer, ZvwCoverageAnswered>(
            given => new ZvwCoverageAnswered(given.CasePseudonym, given.Round, given.RulebookVersion, given.Rows),
            records => records
                .KeepProvisions()
                .Keep<CarePath, CarePathEvent>(happened => happened.ToNews(), events => events
                    .Tell<CarePathEvent.ReferralMade>("referral-made")
                    .Tell<CarePathEvent.ReferralWithdrawn>("referral-withdrawn")
                    .Tell<CarePathEvent.TrajectoryOpened>("trajectory-opened")
                    .Tell<CarePathEvent.ProductChanged>("product-changed")
                    .Tell<CarePathEvent.MainPractitionerAssigned>("main-practitioner-assigned")
                    .Tell<CarePathEvent.TrajectoryClosed>("trajectory-closed")
                    .Tell<CarePathEvent.ClaimReported>("claim-reported")
                    .Tell<CarePathEvent.ClaimCorrected>("claim-corrected")
                    .Tell<CarePathEvent.ClaimWithdrawn>("claim-withdrawn"))
                .Keep<Indication, IndicationEvent>(happened => happened.ToNews(), events => events
                    .Tell<IndicationEvent.IndicationIssued>("indication-issued")
                    .Tell<IndicationEvent.IndicationWithdrawn>("indication-withdrawn")));
    }

    /// <summary>Maps its gRPC methods, and reads its rulebook: with a wrong rule the service does not start.</summary>
    public static IEndpointConventionBuilder MapZvw(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<DomainRulebook<ZvwDomain>>();
        endpoints.ServiceProvider.GetRequiredService<ClaimsChecker>();
        endpoints.MapGrpcEdge();
        endpoints.MapGrpcService<ReferralApi>();
        endpoints.MapGrpcService<TrajectoryApi>();
        endpoints.MapGrpcService<ClaimApi>();
        endpoints.MapGrpcService<IndicationApi>();
        return endpoints.MapGrpcService<ZvwApi>();
    }
}

/// <summary>Insured care.</summary>
public sealed class ZvwDomain : IDomain
{
    /// <inheritdoc/>
    public static string Name => ServiceNames.Zvw;

    /// <inheritdoc/>
    public static CallerRole? KeeperRole => CallerRole.Insurer;

    /// <inheritdoc/>
    public static string? KeeperOf(Case view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Insurer;
    }
}
