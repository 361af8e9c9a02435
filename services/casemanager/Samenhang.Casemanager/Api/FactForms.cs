using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Protos.Casemanager.V1;
using Common = Samenhang.Protos.Common.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Tells how a fact is asked: its question, and what can be answered.</summary>
internal sealed class FactForms(Vocabulary vocabulary)
{
    /// <summary>The form of a fact. The choices stand in the order of their words.</summary>
    public FactForm Of(FactDefinition fact) => new()
    {
        FactId = fact.Id,
        Label = fact.Name.ToWire(),
        Question = fact.Question.ToWire(),
        Kind = Kind(fact.Type),
        Unit = fact.Unit ?? "",
        Choices =
        {
            (fact.Values ?? Enumerable.Empty<string>())
                .Select(code => new CodedChoice { Code = code, Label = vocabulary.InWords(Value.Of(code)).ToWire() })
                .OrderBy(choice => choice.Code is "none" or "unknown" or "other")
                .ThenBy(choice => choice.Label.Nl, StringComparer.OrdinalIgnoreCase),
        },
    };

    /// <summary>Words that exist in Dutch only.</summary>
    public static Common.Sentence Label(string dutch) => new() { Nl = dutch };

    private static AnswerKind Kind(FactType type) => type switch
    {
        FactType.Bool => AnswerKind.Bool,
        FactType.Int => AnswerKind.Int,
        FactType.Decimal => AnswerKind.Decimal,
        FactType.Date => AnswerKind.Date,
        FactType.Enum => AnswerKind.Code,
        FactType.Set => AnswerKind.CodeSet,
        FactType.String => AnswerKind.Text,
    };
}
