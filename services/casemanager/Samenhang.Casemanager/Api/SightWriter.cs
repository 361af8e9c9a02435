using Google.Protobuf.WellKnownTypes;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Language;
using Common = Samenhang.Protos.Common.V1;
using Value = Samenhang.Language.Value;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes names, facts and what is known of them as the contract says it.</summary>
internal sealed class SightWriter(Vocabulary vocabulary)
{
    /// <summary>The names of all codes.</summary>
    public IEnumerable<Wire.CodeName> Names() =>
        vocabulary.Needs.Values.Select(need => Name(Wire.NameList.Need, need.Id, need.Name))
            .Concat(vocabulary.Schemes.Values.Select(scheme => Name(Wire.NameList.Scheme, scheme.Id, scheme.Name)))
            .Concat(Words(Wire.NameList.Event, vocabulary.EventTypes))
            .Concat(Words(Wire.NameList.Evidence, vocabulary.EvidenceTypes))
            .Concat(Words(Wire.NameList.ConsentCategory, vocabulary.ConsentCategories))
            .Concat(vocabulary.PartyRoles.Values.Select(role => Name(Wire.NameList.Role, role.Id, new Sentence(role.LabelNl, role.Id.Replace('-', ' ')))))
            .Concat(Words(Wire.NameList.RefusalReason, vocabulary.FactById["prov.refusalReason"].Values!));

    /// <summary>A fact, as a form asks for it.</summary>
    public Wire.FactDescription Write(FactDefinition fact) => new()
    {
        FactId = fact.Id,
        Name = fact.Name.ToWire(),
        Question = fact.Question.ToWire(),
        Kind = fact.Type switch
        {
            FactType.Bool => Wire.FactKind.YesNo,
            FactType.Int => Wire.FactKind.WholeNumber,
            FactType.Decimal => Wire.FactKind.Number,
            FactType.Date => Wire.FactKind.Day,
            FactType.Enum => Wire.FactKind.Code,
            FactType.Set => Wire.FactKind.Codes,
            FactType.String => Wire.FactKind.Text,
        },
        Place = (Wire.FactPlace)(fact.Level + 1),
        Unit = fact.Unit ?? "",
        Derived = fact.DerivedFrom.Count > 0,
        Choices =
        {
            (fact.Values ?? []).Select(code => new Wire.FactChoice { Code = code, Name = vocabulary.InWords(Value.Of(code)).ToWire() })
                .OrderBy(choice => choice.Name.Nl, StringComparer.Ordinal),
        },
    };

    /// <summary>What was recorded of a fact.</summary>
    public Wire.KnownFact Write(FactDefinition fact, string? item, RecordedValue recorded)
    {
        var wire = Write(fact, item, recorded.Value);
        wire.By = recorded.By;
        wire.RecordedAt = Timestamp.FromDateTimeOffset(recorded.RecordedAt);
        wire.HoldsFrom = recorded.HoldsFrom.ToWire();
        return wire;
    }

    /// <summary>A fact with its value, and nothing of who said so.</summary>
    public Wire.KnownFact Write(FactDefinition fact, string? item, Value value) => new()
    {
        FactId = fact.Id,
        ItemId = item ?? "",
        Name = fact.Name.ToWire(),
        Value = value.ToWire(fact.Type),
        InWords = vocabulary.InWords(value).ToWire(),
    };

    /// <summary>All facts of a case, each with the item on which it stands.</summary>
    public static IEnumerable<(FactDefinition Fact, string? Item, Value Value)> FactsOf(Case view) =>
        view.Facts.Select(fact => (fact.Key, (string?)null, fact.Value))
            .Concat(view.Needs.SelectMany(need => need.Facts.Select(fact => (fact.Key, (string?)need.Id, fact.Value))))
            .Concat(view.Provisions.SelectMany(provision => provision.Facts.Select(fact => (fact.Key, (string?)provision.Id, fact.Value))))
            .Concat(view.Parties.SelectMany(party => party.Facts.Select(fact => (fact.Key, (string?)party.Id, fact.Value))));

    private IEnumerable<Wire.CodeName> Words(Wire.NameList list, IEnumerable<string> codes) =>
        codes.Order(StringComparer.Ordinal).Select(code => Name(list, code, vocabulary.InWords(Value.Of(code))));

    private static Wire.CodeName Name(Wire.NameList list, string code, Sentence name) => new() { List = list, Code = code, Name = new Common.Sentence { Nl = name.Nl, En = name.En } };
}
