namespace Samenhang.Platform.Bus;

/// <summary>
/// The queues of a service on the broker: the one on which it hears, and the two that keep what it could not handle. Arguments of a
/// queue cannot change once it exists: another argument is another queue name.
/// </summary>
public static class ServiceQueues
{
    /// <summary>
    /// How often a message may come back because whoever took it died or went away before it was done; once more and the broker
    /// puts it with the dead letters.
    /// </summary>
    public const int DeliveryLimit = 10;

    /// <summary>What a queue of dead letters is made with: it loses nothing and gives nothing up.</summary>
    public static IReadOnlyDictionary<string, object> DeadLetterArguments { get; } = new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
    };

    /// <summary>Where messages go that failed at every try, cannot be read, or came back too often: <c>samenhang.zvw_error</c>.</summary>
    public static string ErrorOf(string queue) => $"{queue}_error";

    /// <summary>Where messages go of a type that the service does not hear: <c>samenhang.zvw_skipped</c>.</summary>
    public static string SkippedOf(string queue) => $"{queue}_skipped";

    /// <summary>What the queue of a service is made with.</summary>
    public static IReadOnlyDictionary<string, object> ArgumentsOf(string queue) => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = ErrorOf(queue),

        // The message stays until the queue of dead letters has confirmed it. RabbitMQ does that only together with reject-publish,
        // which has no other effect here: the queue has no largest length.
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };
}
