using Samenhang.Casemanager.Api;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Subscriptions;

namespace Samenhang.Casemanager.Events;

/// <summary>What tells subscribers of events.</summary>
internal static class EventsSetup
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.Section).ValidateDataAnnotations()
            .Validate(events => events.HeartbeatEvery > TimeSpan.Zero, $"{EventOptions.Section}:HeartbeatEvery must be longer than nothing.")
            .ValidateOnStart();
        services.AddSingleton<SubscriptionTable>();
        services.AddSingleton<SubscriptionDesk>();
        services.AddSingleton<SubscriptionAccess>();
        services.AddSingleton<EventTeller>();
        services.AddSingleton<FeedHead>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService<EventPublisher>();
        return services;
    }
}
