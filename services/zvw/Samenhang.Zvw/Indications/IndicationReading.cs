using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Messages.Cases;
using Wire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Zvw.Indications;

/// <summary>Reads and writes an indication.</summary>
internal static class IndicationReading
{
    /// <summary>An indication. Its id is still to be given.</summary>
    internal static Indication Indication(this RequestReader reader, Wire.IssueIndicationRequest request, DateOnly today)
    {
        var type = reader.Code("type", request.Type, IndicationTypes.All);
        var facts = reader.Facts("facts", request.Facts, FactLevel.Client);
        foreach (var (fact, index) in request.Facts.Select((fact, index) => (fact, index)))
        {
            if (IndicationTypes.All.Contains(type) && reader.Vocabulary.FactById.ContainsKey(fact.FactId) && !IndicationTypes.FactsOf(type).Contains(fact.FactId))
            {
                reader.Add($"facts[{index}].fact_id", $"Een stuk van soort {type} stelt {fact.FactId} niet vast.", $"A document of type {type} does not establish {fact.FactId}.");
            }
        }

        return new Indication
        {
            Id = "",
            CasePseudonym = reader.Id("case_pseudonym", request.CasePseudonym),
            Type = type,
            IssuedOn = reader.Day("issued_on", request.IssuedOn) ?? today,
            By = reader.OptionalId("by", request.By),
            Fields =
            [
                .. request.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field =>
                    (Name: reader.Id("fields", field.Key), Value: KnownValue.Of(reader.AnyValue($"fields[{RequestReader.Shown(field.Key)}]", field.Value))))
                    .Where(field => field.Value is not null).Select(field => new KnownFact(field.Name, field.Value!)),
            ],
            Facts = [.. facts.Select(fact => new KnownFact(fact.Key.Id, KnownValue.Of(fact.Value)!))],
        };
    }

    internal static Wire.Indication ToWire(this Indication indication, long version, Vocabulary vocabulary)
    {
        var wire = new Wire.Indication
        {
            IndicationId = indication.Id,
            CasePseudonym = indication.CasePseudonym ?? "",
            Type = indication.Type,
            IssuedOn = indication.IssuedOn.ToWire(),
            By = indication.By ?? "",
            Facts = { indication.Facts.Select(fact => new Protos.Common.V1.Fact { FactId = fact.Fact, Value = fact.Value.ToValue().ToWire(vocabulary.FactById[fact.Fact].Type) }) },
            WithdrawnOn = indication.WithdrawnOn.ToWire(),
            Version = version,
        };
        foreach (var field in indication.Fields)
        {
            wire.Fields.Add(field.Fact, field.Value.ToValue().ToWire());
        }

        return wire;
    }
}
