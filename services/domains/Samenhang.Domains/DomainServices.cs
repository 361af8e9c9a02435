using Grpc.AspNetCore.Server;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Samenhang.Api;
using Samenhang.Api.Hosting;
using Samenhang.Domains.Access;
using Samenhang.Domains.Assessment;
using Samenhang.Domains.Provisions;
using Samenhang.Domains.Records;
using Samenhang.Domains.Store;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Hosting;

namespace Samenhang.Domains;

/// <summary>Puts a domain service in a host.</summary>
public static class DomainServices
{
    /// <summary>Adds the streams, the table and the rulebook of a domain; its own contracts come in as small functions.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="answered">Makes the bus message of an answer.</param>
    /// <param name="records">Says which records the domain keeps.</param>
    /// <typeparam name="TDomain">The domain.</typeparam>
    /// <typeparam name="TConsumer">Hears the questions of the casemanager.</typeparam>
    /// <typeparam name="TErasing">Hears from the casemanager that a case is erased.</typeparam>
    /// <typeparam name="TAnswered">The bus message of an answer.</typeparam>
    public static IHostApplicationBuilder AddDomain<TDomain, TConsumer, TErasing, TAnswered>(
        this IHostApplicationBuilder builder,
        Func<AssessmentEvent<TDomain>.CoverageGiven, TAnswered> answered,
        Action<DomainRecords<TDomain>> records)
        where TDomain : IDomain
        where TConsumer : class, IConsumer
        where TErasing : class, IConsumer
        where TAnswered : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(records);
        builder.Services.AddVocabulary();
        builder.Services.AddSingleton<DomainRulebook<TDomain>>();
        builder.Services.AddSingleton<AssessmentDesk<TDomain>>();
        builder.Services.AddSingleton<RecordTable<TDomain>>();
        builder.Services.AddSingleton<CaseErasing<TDomain>>();
        builder.Services.TryAddSingleton<Days>();
        if (TDomain.KeeperRole is not null)
        {
            builder.Services.AddSingleton<KeeperGate<TDomain>>();
            builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<KeeperGate<TDomain>>()); // After the gate of all services.
        }

        return builder.AddSamenhangService(TDomain.Name, service =>
        {
            service
                .Stream<AssessmentState<TDomain>, AssessmentEvent<TDomain>>(
                    AssessmentDesk<TDomain>.StreamKind,
                    new AssessmentState<TDomain>(0),
                    AssessmentState<TDomain>.Evolve,
                    events => events.Publish<AssessmentEvent<TDomain>.CoverageGiven>("coverage-given", (given, _) => answered(given)))
                .Tells<TAnswered>()
                .Consumer<TConsumer>()
                .Consumer<TErasing>()
                .Seals(RecordSeals.Table);
            records(new DomainRecords<TDomain>(service));
        });
    }

    /// <summary>Keeps provisions, told in the words of the vocabulary.</summary>
    public static DomainRecords<TDomain> KeepProvisions<TDomain>(this DomainRecords<TDomain> records)
        where TDomain : IDomain => records.KeepProvisions(_ => []);

    /// <summary>As the other, with what a provision says of the client besides.</summary>
    /// <param name="records">The records of the domain.</param>
    /// <param name="facts">Facts of the client that follow from the provision as it is.</param>
    public static DomainRecords<TDomain> KeepProvisions<TDomain>(this DomainRecords<TDomain> records, Func<KeptProvision, IReadOnlyList<KnownFact>> facts)
        where TDomain : IDomain
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(facts);
        records.Service.Services.AddSingleton<ProvisionDesk<TDomain>>();
        return records.Keep<KeptProvision, ProvisionEvent<TDomain>>(happened => happened.After.ToNews(TDomain.Name) with { Facts = facts(happened.After) }, Names);
    }

    /// <summary>Keeps provisions, told in messages of the domain's own.</summary>
    /// <param name="records">The records of the domain.</param>
    /// <param name="changed">Makes the message from the provision and its version.</param>
    public static DomainRecords<TDomain> KeepProvisions<TDomain, TMessage>(this DomainRecords<TDomain> records, Func<KeptProvision, long, TMessage> changed)
        where TDomain : IDomain
        where TMessage : class
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(changed);
        records.Service.Services.AddSingleton<ProvisionDesk<TDomain>>();
        return records.Keep<KeptProvision, ProvisionEvent<TDomain>, TMessage>((_, happened, origin) => changed(happened.After, origin.Version), Names);
    }

    private static void Names<TDomain>(RecordEventNames<KeptProvision, ProvisionEvent<TDomain>> events)
        where TDomain : IDomain => events
            .Tell<ProvisionEvent<TDomain>.Requested>("provision-requested")
            .Tell<ProvisionEvent<TDomain>.Granted>("provision-granted")
            .Tell<ProvisionEvent<TDomain>.Refused>("provision-refused")
            .Tell<ProvisionEvent<TDomain>.Started>("provision-started")
            .Tell<ProvisionEvent<TDomain>.Stopped>("provision-stopped");
}
