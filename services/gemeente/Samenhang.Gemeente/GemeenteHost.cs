using Grpc.AspNetCore.Server;
using Samenhang.Access;
using Samenhang.Api.Hosting;
using Samenhang.Domains;
using Samenhang.Domains.Provisions;
using Samenhang.Domains.Records;
using Samenhang.Gemeente.Access;
using Samenhang.Gemeente.Api;
using Samenhang.Gemeente.Clients;
using Samenhang.Gemeente.Istandaarden;
using Samenhang.Gemeente.Messages;
using Samenhang.Gemeente.Store;
using Samenhang.Language;
using Samenhang.Messages;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Gemeente;

/// <summary>The municipality, as a service that a host can hold.</summary>
public static class GemeenteHost
{
    /// <summary>Adds the municipality.</summary>
    public static IHostApplicationBuilder AddGemeente(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGrpcEdge();
        builder.Services.AddSingleton<MunicipalityGate>();
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<MunicipalityGate>()); // After the gate of all services.

        // Read when the host is built: where the folders lie may still be told.
        var rules = new Lazy<MessageRules>(
            () => MessageRules.Load(Path.Combine(RulebookFolders.BesideRulebook(ServiceNames.Gemeente, "istandaarden", builder.Configuration), "rules.json")));
        builder.Services.AddSingleton(_ => rules.Value).AddSingleton<ClientDesk>().AddSingleton<ClientReaders>().AddSingleton<TermTable>();
        return builder.AddDomain<GemeenteDomain, AskGemeenteCoverageConsumer, EraseGemeenteCaseConsumer, GemeenteCoverageAnswered>(
            given => new GemeenteCoverageAnswered(given.CasePseudonym, given.Round, given.RulebookVersion, given.Rows),
            records => records.KeepProvisions(DebtSupport).KeepClients(rules));
    }

    /// <summary>Maps its gRPC methods, and reads its rulebook: with a wrong rule the service does not start.</summary>
    public static IEndpointConventionBuilder MapGemeente(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.ServiceProvider.GetRequiredService<DomainRulebook<GemeenteDomain>>();
        endpoints.ServiceProvider.GetRequiredService<MessageRules>();
        endpoints.MapGrpcEdge();
        endpoints.MapGrpcService<ClientApi>();
        endpoints.MapGrpcService<SupportApi>();
        endpoints.MapGrpcService<AssignmentApi>();
        endpoints.MapGrpcService<ProviderRequestApi>();
        return endpoints.MapGrpcService<GemeenteApi>();
    }

    /// <summary>That the client gets debt help is a fact of the client, on which rules of others ask.</summary>
    private static IReadOnlyList<KnownFact> DebtSupport(KeptProvision provision) => (provision.Scheme, provision.Status) switch
    {
        ("debt-support", ProvisionStatus.Running) => [new KnownFact("gemeente.debtSupport", new KnownValue { Bool = true })],
        ("debt-support", ProvisionStatus.Ended) => [new KnownFact("gemeente.debtSupport", new KnownValue { Bool = false })],
        _ => [],
    };

    private static DomainRecords<GemeenteDomain> KeepClients(this DomainRecords<GemeenteDomain> records, Lazy<MessageRules> rules) =>
        records
            .Keep<ClientFile, ClientEvent>(happened => new ClientNews(rules.Value).Of(happened), events => events
                .Add<ClientEvent.NeedReported>("need-reported")
                .Add<ClientEvent.InvestigationStarted>("investigation-started")
                .Add<ClientEvent.InvestigationConcluded>("investigation-concluded")
                .Tell<ClientEvent.ApplicationMade>("application-made")
                .Tell<ClientEvent.ApplicationWithdrawn>("application-withdrawn")
                .Add<ClientEvent.TermSuspended>("term-suspended")
                .Add<ClientEvent.TermResumed>("term-resumed")
                .Tell<ClientEvent.ApplicationDecided>("application-decided")
                .Tell<ClientEvent.DecisionEnded>("decision-ended")
                .Tell<ClientEvent.SupportAssigned>("support-assigned")
                .Tell<ClientEvent.StartTold>("start-told")
                .Tell<ClientEvent.StopTold>("stop-told")
                .Add<ClientEvent.MessageReturned>("message-returned")
                .Tell<ClientEvent.ProviderAsked>("provider-asked")
                .Tell<ClientEvent.ProviderAnswered>("provider-answered")
                .Add<ClientEvent.ClaimReceived>("claim-received")
                .Add<ClientEvent.ClaimAnswered>("claim-answered")
                .Tell<ClientEvent.CaseLinked>("case-linked")
                .Tell<ClientEvent.SafetyBlockSet>("safety-block-set")
                .Tell<ClientEvent.SafetyBlockLifted>("safety-block-lifted"))
            .Project<ClientFile, ClientEvent, TermProjection>(Migrations.Embedded(typeof(GemeenteHost).Assembly, "gemeente"));
}

/// <summary>The municipality.</summary>
public sealed class GemeenteDomain : IDomain
{
    /// <inheritdoc/>
    public static string Name => ServiceNames.Gemeente;

    /// <inheritdoc/>
    public static CallerRole? KeeperRole => CallerRole.Municipality;

    /// <inheritdoc/>
    public static string? KeeperOf(Case view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Tenant;
    }
}
