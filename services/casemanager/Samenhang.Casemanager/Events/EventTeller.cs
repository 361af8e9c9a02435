using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Rights;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Casemanager.Vault;
using Samenhang.Events;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Events;

/// <summary>A change of a case, with what there is to tell of it to whoever may know.</summary>
internal sealed record Telling(RecordedEvent Recorded, string CaseId, CaseState Before, CaseChange? Change, CaseState After, IReadOnlyList<PublicEvent> Events)
{
    /// <summary>Who hears of it, where the case itself cannot tell that any more; null = those whose own it is.</summary>
    public IReadOnlyList<string>? Receivers { get; init; }
}

/// <summary>An event for one subscriber, on its place.</summary>
internal sealed record ToldEvent(FeedPosition Position, CloudEvent Event);

/// <summary>
/// Makes of a change in the store the events of a subscription. The same change and subscription give the same events with the same ids,
/// in whatever process and however often.
/// </summary>
internal sealed class EventTeller(
    CaseRules rules, Pseudonyms pseudonyms, CaseKey key, [FromKeyedServices(ServiceNames.Casemanager)] EventCatalog catalog, IOptions<EventOptions> options)
{
    // The name of this change in the store.
    private const string Erased = "case-erased";

    private readonly PublicEvents events = new(rules.Vocabulary);
    private readonly PublicSight sight = new(rules.Vocabulary);

    /// <summary>What a change tells; null when it tells nothing to anybody.</summary>
    public async Task<Telling?> OfAsync(RecordedEvent recorded, CaseTimes times, CancellationToken cancellationToken)
    {
        var caseId = StreamId.KeyOf(recorded.StreamId);
        if (recorded.Type == Erased && recorded.StreamId == StreamId.Of(ErasureDesk.StreamKind, caseId))
        {
            return new Telling(recorded, caseId, CaseState.None, null, CaseState.None, [new(PublicEventTypes.CaseErased, new ErasedData())])
            {
                Receivers = ((CaseErased)catalog.Read(recorded)).Told,
            };
        }

        if (recorded.IsErased || !PublicEvents.CanTell(recorded.Type) || recorded.StreamId != StreamId.Of(CaseDesk.StreamKind, caseId))
        {
            return null;
        }

        return await times.AroundAsync(recorded, cancellationToken) is var (before, change, after)
            ? new Telling(recorded, caseId, before, change, after, events.Of(before, change, after))
            : null;
    }

    /// <summary>What of it a subscriber is told, filters apart.</summary>
    public IReadOnlyList<ToldEvent> For(Listener listener, Telling telling)
    {
        var recorded = telling.Recorded;
        if (recorded.Position <= listener.MadeAt)
        {
            return [];
        }

        if (telling.Receivers is { } receivers)
        {
            return receivers.Contains(listener.Id)
                ? [Make(listener.Subscriber, telling.Events[0], telling.CaseId, FeedPosition.Of(recorded.Position, 1), recorded.OccurredOn, recorded.RecordedOn, $"{recorded.MessageId}/1")]
                : [];
        }

        var day = DateOnly.FromDateTime(recorded.OccurredOn.UtcDateTime);
        return [.. sight
            .Told(listener.Subscriber, listener.OnConsent, telling.Before, telling.Change!, telling.After, telling.Events, () => events.Standing(telling.After), day)
            .Select(at => Make(listener.Subscriber, at.Event, telling.CaseId, FeedPosition.Of(recorded.Position, at.Place), recorded.OccurredOn, recorded.RecordedOn, $"{recorded.MessageId}/{at.Place}"))];
    }

    /// <summary>A case as it stands; null when it is not the subscriber's own.</summary>
    /// <param name="listener">Who asks.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="position">Up to where.</param>
    /// <param name="now">When it was asked.</param>
    public CloudEvent? Standing(Listener listener, string caseId, CaseState state, FeedPosition position, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return sight.IsOwn(listener.Subscriber, listener.OnConsent, state, day) && sight.Of(listener.Subscriber, events.Standing(state), state, day) is { } seen
            ? Make(listener.Subscriber, seen, caseId, position, now, now, $"standing/{caseId}/{position}").Event
            : null;
    }

    private ToldEvent Make(Subscriber subscriber, PublicEvent seen, string caseId, FeedPosition position, DateTimeOffset occurred, DateTimeOffset recorded, string identity) => new(
        position,
        new CloudEvent
        {
            Id = IdOf(subscriber, identity),
            Source = options.Value.Source,
            Type = seen.Type.Name,
            Subject = pseudonyms.Of(subscriber.Name, caseId),
            Time = occurred,
            DataContentType = "application/json",
            DataSchema = $"urn:nld:oin:{options.Value.Oin}:schema:{seen.Type.Name}",
            Extensions = EventExtensions.Of(
                ("sequence", AttributeValue.Of(position.ToString())),
                ("recordedtime", AttributeValue.Of(recorded < occurred ? occurred : recorded)),
                ("dataclassification", AttributeValue.Of("confidential")),
                ("dataregulation", AttributeValue.Of("GDPR"))),
            Data = EventData.OfJson(Encoding.UTF8.GetString(PublicJson.Write(
                seen.Data, subscriber.Audience, id => pseudonyms.Of($"{subscriber.Name}:item", $"{caseId}\n{id}")[..16]))),
        });

    /// <summary>A UUID version 8 from a keyed hash: always the same for the same event, and another for each subscriber.</summary>
    private string IdOf(Subscriber subscriber, string identity)
    {
        var hash = key.Hash(string.Create(CultureInfo.InvariantCulture, $"event\n{subscriber.Name}\n{identity}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
