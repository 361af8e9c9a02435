using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Samenhang.Api;
using Samenhang.Api.Hosting;
using Samenhang.Domains.Assessment;
using Samenhang.Domains.Provisions;
using Samenhang.Domains.Store;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Domains;

/// <summary>Puts a domain service in a host.</summary>
public static class DomainServices
{
    /// <summary>Adds the streams, the table and the rulebook of a domain; its own contracts come in as three small functions.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="answered">Makes the bus message of an answer.</param>
    /// <param name="changed">Makes the bus message of a changed provision.</param>
    /// <typeparam name="TDomain">The domain.</typeparam>
    /// <typeparam name="TConsumer">Hears the questions of the casemanager.</typeparam>
    public static IHostApplicationBuilder AddDomain<TDomain, TConsumer>(
        this IHostApplicationBuilder builder,
        Func<AssessmentEvent<TDomain>.CoverageGiven, object> answered,
        Func<KeptProvision, long, object> changed)
        where TDomain : IDomain
        where TConsumer : class, IConsumer
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(changed);
        object Changed(ProvisionEvent<TDomain> happened, EventOrigin origin) => changed(happened.After, origin.Version);

        builder.Services.AddVocabulary();
        builder.Services.AddSingleton<DomainRulebook<TDomain>>();
        builder.Services.AddSingleton<AssessmentDesk<TDomain>>();
        builder.Services.AddSingleton<ProvisionTable<TDomain>>();
        builder.Services.AddSingleton<ProvisionDesk<TDomain>>();
        builder.Services.TryAddSingleton<Days>();
        return builder.AddSamenhangService(TDomain.Name, service => service
            .Stream<AssessmentState<TDomain>, AssessmentEvent<TDomain>>(
                AssessmentDesk<TDomain>.StreamKind,
                new AssessmentState<TDomain>(0),
                AssessmentState<TDomain>.Evolve,
                events => events.Publish<AssessmentEvent<TDomain>.CoverageGiven>("coverage-given", (given, _) => answered(given)))
            .Stream<ProvisionState<TDomain>, ProvisionEvent<TDomain>>(
                ProvisionDesk<TDomain>.StreamKind,
                new ProvisionState<TDomain>(null),
                ProvisionState<TDomain>.Evolve,
                events => events
                    .Publish<ProvisionEvent<TDomain>.Requested>("provision-requested", Changed)
                    .Publish<ProvisionEvent<TDomain>.Granted>("provision-granted", Changed)
                    .Publish<ProvisionEvent<TDomain>.Refused>("provision-refused", Changed)
                    .Publish<ProvisionEvent<TDomain>.Started>("provision-started", Changed)
                    .Publish<ProvisionEvent<TDomain>.Stopped>("provision-stopped", Changed))
            .Projection<ProvisionState<TDomain>, ProvisionEvent<TDomain>, ProvisionTable<TDomain>>(
                Migrations.Embedded(typeof(DomainServices).Assembly, "provisions"))
            .Consumer<TConsumer>());
    }
}
