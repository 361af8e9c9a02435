using Samenhang.Gemeente.Clients;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Assignments;

/// <summary>What providers tell of starts, stops and messages. Pure, and the same whatever the order in which it comes (OP080).</summary>
public static class DeliveryDecisions
{
    /// <summary>Takes in what a provider tells of a start or stop. Of two messages about the same one that written last holds.</summary>
    public static Result<ClientEvent?> Take(ClientFile client, Delivery told)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(told);
        if (client.Assignment(told.Number) is { } assignment && assignment.Provider != told.Provider)
        {
            return Refusals.Forbidden("PROVIDER_NOT_ASSIGNED", $"assignment/{told.Number}", "Deze toewijzing is van een andere aanbieder.", "This assignment is another provider's.");
        }

        var known = client.Deliveries.FirstOrDefault(delivery => Name(delivery) == Name(told));
        if (known is not null && !IsNewer(told, known))
        {
            return Refusals.Nothing;
        }

        var after = client with { Deliveries = client.Deliveries.With(told, Name) };
        return told.Kind switch
        {
            DeliveryKind.Start => new ClientEvent.StartTold(after),
            DeliveryKind.Stop => new ClientEvent.StopTold(after),
        };
    }

    /// <summary>Takes in a return message; it may come before the file knows the message that it returns.</summary>
    public static Result<ClientEvent?> Return(ClientFile client, ReturnMessage returned)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(returned);
        return client.Returns.Any(known => known.MessageId == returned.MessageId && known.ReceivedOn <= returned.ReceivedOn)
            ? Refusals.Nothing
            : new ClientEvent.MessageReturned(client with { Returns = client.Returns.With(returned, known => known.MessageId) });
    }

    private static string Name(Delivery delivery) => $"{delivery.Number}/{delivery.Provider}/{delivery.Kind}/{delivery.Day:O}";

    private static bool IsNewer(Delivery told, Delivery known) =>
        (told.WrittenAt.CompareTo(known.WrittenAt), string.CompareOrdinal(told.MessageId, known.MessageId)) is ( > 0, _) or (0, > 0);
}
