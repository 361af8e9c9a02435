using Samenhang.Access;
using Samenhang.Casemanager.Domain.Events;

namespace Samenhang.Casemanager.Domain.Subscriptions;

/// <summary>Something that changed in a subscription. A stream of its own.</summary>
public abstract record SubscriptionChange
{
    private protected SubscriptionChange()
    {
    }
}

/// <summary>How events come to the subscriber.</summary>
public enum Delivery
{
    /// <summary>It reads the gRPC feed.</summary>
    Feed,

    /// <summary>They are put in a queue of its own; the gRPC feed is open as well.</summary>
    Queue,
}

/// <summary>Why a subscription was paused.</summary>
public enum PauseReason
{
    /// <summary>Somebody asked for it.</summary>
    Asked,

    /// <summary>Its queue was full: the subscriber is behind, and catches up over the gRPC feed.</summary>
    Behind,
}

/// <summary>What is asked for.</summary>
/// <param name="Subscriber">Who listens.</param>
/// <param name="Purpose">A code of <see cref="AccessBook.Purposes"/>.</param>
/// <param name="Ground">On what it rests.</param>
/// <param name="Source">Only events of this source; null = all.</param>
/// <param name="Types">Only events of these types; empty = all.</param>
/// <param name="Filters">The filters of the CloudEvents Subscriptions API as a JSON array; all must hold.</param>
/// <param name="Delivery">How events come.</param>
public sealed record Wish(Subscriber Subscriber, string Purpose, LegalGround Ground, string? Source, IReadOnlyList<string> Types, string Filters, Delivery Delivery);

/// <summary>A subscription was made. What happens after its own place in the feed is told; what stood before comes by a snapshot.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="Wish">What was asked for.</param>
/// <param name="By">Who recorded it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record SubscriptionCreated(string Id, Wish Wish, string By, DateTimeOffset At) : SubscriptionChange;

/// <summary>Nothing is put in its queue until it is resumed. The gRPC feed stays open.</summary>
/// <param name="Reason">Why.</param>
/// <param name="After">The last position that the queue has all of; null when somebody asked for the pause: then all up to the pause.</param>
/// <param name="By">Who did it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record SubscriptionPaused(PauseReason Reason, long? After, string By, DateTimeOffset At) : SubscriptionChange;

/// <summary>What happens from here on is put in its queue again.</summary>
/// <param name="By">Who did it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record SubscriptionResumed(string By, DateTimeOffset At) : SubscriptionChange;

/// <summary>It is over, for ever.</summary>
/// <param name="By">Who did it: a role or service.</param>
/// <param name="At">When.</param>
public sealed record SubscriptionEnded(string By, DateTimeOffset At) : SubscriptionChange;

/// <summary>How a subscription stands.</summary>
public enum SubscriptionStatus
{
    /// <summary>Events are told.</summary>
    Active,

    /// <summary>The queue gets nothing.</summary>
    Paused,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>What the log of a subscription says.</summary>
public sealed record SubscriptionState
{
    private SubscriptionState()
    {
    }

    /// <summary>It does not exist yet.</summary>
    public static SubscriptionState None { get; } = new();

    /// <summary>How it was made; null while it does not exist.</summary>
    public SubscriptionCreated? Created { get; private init; }

    /// <summary>How it stands.</summary>
    public SubscriptionStatus Status { get; private init; }

    /// <summary>The pause that lasts; null when there is none.</summary>
    public SubscriptionPaused? Pause { get; private init; }

    /// <summary>The state after one more change.</summary>
    public static SubscriptionState Evolve(SubscriptionState state, SubscriptionChange change)
    {
        ArgumentNullException.ThrowIfNull(state);
        return change switch
        {
            SubscriptionCreated created => state with { Created = created },
            SubscriptionPaused paused => state with { Status = SubscriptionStatus.Paused, Pause = paused },
            SubscriptionResumed => state with { Status = SubscriptionStatus.Active, Pause = null },
            SubscriptionEnded => state with { Status = SubscriptionStatus.Ended, Pause = null },
            _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a subscription."),
        };
    }
}
