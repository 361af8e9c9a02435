using Google.Protobuf.WellKnownTypes;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Language;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes what became known after the fact as the contract says it.</summary>
internal sealed class HistoryWriter(Vocabulary vocabulary)
{
    /// <summary>A fact that was recorded late, corrected or taken back.</summary>
    public Wire.Correction Write(FactCorrection correction)
    {
        var wire = new Wire.Correction
        {
            Kind = WireLists.ToWire<CorrectionKind, Wire.CorrectionKind>(correction.Kind),
            FactId = correction.Fact,
            Before = correction.Before is { } before ? Write(before, correction.Fact) : null,
            Now = Write(correction.Now, correction.Fact),
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

    private Wire.RecordedValue Write(RecordedValue recorded, string fact) => new()
    {
        Value = recorded.Value.ToWire(vocabulary.FactById.GetValueOrDefault(fact)?.Type),
        HoldsFrom = recorded.HoldsFrom.ToWire(),
        RecordedAt = Timestamp.FromDateTimeOffset(recorded.RecordedAt),
        By = recorded.By,
    };
}
