using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Samenhang.Api;
using Samenhang.Api.Hosting;
using Samenhang.Casemanager.Access;
using Samenhang.Casemanager.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Emergencies;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Casemanager.Emergencies;
using Samenhang.Casemanager.Events;
using Samenhang.Casemanager.Households;
using Samenhang.Casemanager.Messages;
using Samenhang.Casemanager.Questions;
using Samenhang.Casemanager.ReadTrail;
using Samenhang.Casemanager.Reports;
using Samenhang.Casemanager.Rights;
using Samenhang.Casemanager.Rounds;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Casemanager.Vault;
using Samenhang.Messages;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Keys;
using Samenhang.Platform.Store;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Casemanager;

/// <summary>The casemanager, as a service that a host can hold.</summary>
public static class CasemanagerHost
{
    /// <summary>Adds the casemanager.</summary>
    public static IHostApplicationBuilder AddCasemanager(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var messages = new CaseMessages();
        services.AddGrpcEdge();
        services.AddVocabulary();
        services.TryAddSingleton<Days>();
        services.AddOptions<RoundOptions>().BindConfiguration(RoundOptions.Section)
            .Validate(rounds => rounds.AnswerWithin > TimeSpan.Zero, $"{RoundOptions.Section}:AnswerWithin must be longer than nothing.")
            .Validate(rounds => rounds.LookEvery > TimeSpan.Zero, $"{RoundOptions.Section}:LookEvery must be longer than nothing.")
            .ValidateOnStart();
        services.AddSingleton<LastGood<RoundOptions>>();
        services.AddSingleton(messages);
        services.AddSingleton<CaseKey>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<BsnVault>();
        services.AddKeyedSingleton<ISealedRows>(ServiceNames.Casemanager, (provider, _) => provider.GetRequiredService<BsnVault>());
        services.AddSingleton<CaseRules>();
        services.AddSingleton<CaseTable>();
        services.AddSingleton<WorklistTable>();
        services.AddSingleton<SteeringTable>();
        services.AddSingleton<SteeringReports>();
        services.AddSingleton<CaseDesk>();
        services.AddSingleton<HouseholdTable>();
        services.AddSingleton<HouseholdDesk>();
        services.AddSingleton<CaseVisits>();
        services.AddSingleton<EmergencyDesk>();
        services.AddSingleton<CaseGate>();
        services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<CaseGate>()); // After the gate of all services.
        services.AddEvents();
        services.AddSingleton<ErasureTable>();
        services.AddSingleton<WhoWasTold>();
        services.AddSingleton<CorrectionReceivers>();
        services.AddSingleton<ErasureDesk>();
        services.AddSingleton<DomainQuestions>();
        services.AddHostedService<VaultCheck>();
        services.AddSingleton(new SampledGauge(
            "samenhang.rounds.open",
            "{round}",
            "Rounds of questions in which a domain has not answered yet.",
            async (provider, cancellation) => [new(await provider.GetRequiredService<CaseTable>().OpenRoundsAsync(cancellation))]));
        services.AddHostedService<RoundClock>();
        services.AddHostedService<DayClock>();
        services.AddHostedService<PolicyClock>();
        services.AddHostedService<HouseholdClock>();
        services.AddHostedService<ErasureClock>();
        return builder.AddSamenhangService(ServiceNames.Casemanager, service => service
            .Stream<CaseState, CaseChange>(CaseDesk.StreamKind, CaseState.None, CaseState.Evolve, messages.Name)
            .Projection<CaseState, CaseChange, CaseTable>(Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager"))
            .Projection<CaseState, CaseChange, WorklistTable>(Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager"))
            .Projection<CaseState, CaseChange, SteeringTable>(Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager"))
            .Seals(CaseTable.Seals)
            .Seals(WorklistTable.SealsCases)
            .Seals(WorklistTable.SealsLines)
            .Seals(ErasureTable.Seals)
            .Stream<HouseholdState, HouseholdChange>(HouseholdDesk.StreamKind, HouseholdState.None, HouseholdState.Evolve, HouseholdDesk.Name)
            .Projection<HouseholdState, HouseholdChange, HouseholdTable>(Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager"))
            .Stream<SubscriptionState, SubscriptionChange>(SubscriptionDesk.StreamKind, SubscriptionState.None, SubscriptionState.Evolve, SubscriptionDesk.Name)
            .Projection<SubscriptionState, SubscriptionChange, SubscriptionTable>(Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager"))
            .Stream<EmergencyReviews, EmergencyReviewed>(EmergencyDesk.StreamKind, EmergencyReviews.None, EmergencyReviews.Evolve, EmergencyDesk.Name)
            .Stream<ErasureState, ErasureChange>(ErasureDesk.StreamKind, ErasureState.None, ErasureState.Evolve, messages.NameErasure)
            .Projection<ErasureState, ErasureChange, ErasureTable>(Migrations.Embedded(typeof(CasemanagerHost).Assembly, "casemanager"))
            .Answers("samenhang.feed")
            .Tells<AskZvwCoverage>()
            .Tells<AskGemeenteCoverage>()
            .Tells<AskUwvCoverage>()
            .Tells<AskEmployerCoverage>()
            .Tells<EraseZvwCase>()
            .Tells<EraseGemeenteCase>()
            .Tells<EraseUwvCase>()
            .Tells<EraseEmployerCase>()
            .Consumer<CoverageAnsweredConsumer>()
            .Consumer<RecordReportedConsumer>());
    }

    /// <summary>Maps its gRPC methods, and reads its rulebook: with a wrong rule the service does not start.</summary>
    public static IEndpointConventionBuilder MapCasemanager(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        services.GetRequiredService<CaseRules>();
        services.GetRequiredService<CaseMessages>().Use(services);
        endpoints.MapGrpcEdge();
        endpoints.MapGrpcService<WorklistApi>();
        endpoints.MapGrpcService<FindingApi>();
        endpoints.MapGrpcService<WorkApi>();
        endpoints.MapGrpcService<HandOverApi>();
        endpoints.MapGrpcService<HouseholdApi>();
        endpoints.MapGrpcService<QuestionApi>();
        endpoints.MapGrpcService<HistoryApi>();
        endpoints.MapGrpcService<CaseSightApi>();
        endpoints.MapGrpcService<ReportApi>();
        endpoints.MapGrpcService<RegionApi>();
        endpoints.MapGrpcService<IntakeApi>();
        endpoints.MapGrpcService<ReadTrailApi>();
        endpoints.MapGrpcService<EmergencyApi>();
        endpoints.MapGrpcService<RightsApi>();
        endpoints.MapGrpcService<SubscriptionApi>();
        endpoints.MapGrpcService<FeedApi>();
        return endpoints.MapGrpcService<CasemanagerApi>();
    }
}
