using Google.Protobuf.WellKnownTypes;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Language;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes what became known after the fact as the contract says it.</summary>
internal sealed class HistoryWriter(Vocabulary vocabulary)
{
    /// <summary>A fact that was recorded late, corrected or taken back, and who was told the value before.</summary>
    public Wire.Correction Write(FactCorrection correction, IReadOnlyList<ToldSubscriber> subscribers)
    {
        var wire = new Wire.Correction
        {
            Kind = WireLists.ToWire<CorrectionKind, Wire.CorrectionKind>(correction.Kind),
            FactId = correction.Fact,
            Before = correction.Before is { } before ? Write(before, correction.Fact) : null,
            Now = Write(correction.Now, correction.Fact),
            Told =
            {
                correction.Shown.Select(shown => new Wire.CorrectionReceiver
                {
                    Domain = WireCodes.Domain(shown.Service), ToldAt = Timestamp.FromDateTimeOffset(shown.At), CorrectedAt = Moment(shown.CorrectedAt),
                }),
                subscribers.Select(told => new Wire.CorrectionReceiver
                {
                    Subscriber = new Wire.CorrectionSubscriber
                    {
                        Kind = WireLists.ToWire<Audience, Wire.SubscriberKind>(told.Subscriber.Audience), Subscriber = told.Subscriber.Identity,
                    },
                    CorrectedAt = Moment(told.CorrectedAt),
                }),
            },
        };
        switch (correction.On)
        {
            case ItemKind.Need:
                wire.NeedId = correction.ItemId;
                break;
            case ItemKind.Provision:
                wire.ProvisionId = correction.ItemId;
                break;
            case ItemKind.Party:
                wire.PartyId = correction.ItemId;
                break;
        }

        return wire;
    }

    private static Timestamp? Moment(DateTimeOffset? moment) => moment is { } at ? Timestamp.FromDateTimeOffset(at) : null;

    private Wire.RecordedValue Write(RecordedValue recorded, string fact) => new()
    {
        Value = recorded.Value.ToWire(vocabulary.FactById.GetValueOrDefault(fact)?.Type),
        HoldsFrom = recorded.HoldsFrom.ToWire(),
        RecordedAt = Timestamp.FromDateTimeOffset(recorded.RecordedAt),
        By = recorded.By,
    };
}
