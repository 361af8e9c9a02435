using Samenhang.Access;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Subscriptions;
using Samenhang.Events;
using Samenhang.Events.Filters;

namespace Samenhang.Casemanager.Subscriptions;

/// <summary>A subscription, ready to be told.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="State">How it stands.</param>
/// <param name="Version">Its version.</param>
/// <param name="MadeAt">Where in the feed of the store it was made: only what comes after it is told.</param>
/// <param name="Filter">What it asked for.</param>
internal sealed record Listener(string Id, SubscriptionState State, long Version, long MadeAt, IEventFilter Filter)
{
    public Subscriber Subscriber => State.Created!.Wish.Subscriber;

    public bool OnConsent => State.Created!.Wish.Ground == LegalGround.Consent;

    public bool HasQueue => State.Created!.Wish.Delivery == Delivery.Queue;

    /// <summary>The name of its queue.</summary>
    public string Queue => QueueOf(Id);

    /// <summary>The name of the queue of a subscription.</summary>
    public static string QueueOf(string id) => $"samenhang.events.{id}";

    /// <summary>Whether it asked for this event.</summary>
    public bool Wants(CloudEvent told) => Filter.Matches(told);
}

/// <summary>The source and types of a subscription, and its filters.</summary>
internal sealed class WishFilter : IEventFilter
{
    private readonly string? source;
    private readonly HashSet<string> types;
    private readonly EventFilterSet filters;

    public WishFilter(Wish wish)
    {
        (source, types) = (wish.Source, [.. wish.Types]);

        // Checked when it was made: what is wrong now was written by another build.
        var read = EventFilterSet.Parse(wish.Filters);
        filters = read.Value ?? throw new InvalidOperationException($"The filters of a subscription cannot be read: {read.Faults[0].Field}.");
    }

    public bool Matches(CloudEvent told) => (source is null || told.Source == source) && (types.Count == 0 || types.Contains(told.Type)) && filters.Matches(told);
}
