using System.Collections.Frozen;

namespace Samenhang.Language;

/// <summary>The type of a fact's value.</summary>
public enum FactType
{
    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A decimal number.</summary>
    Decimal,

    /// <summary>A day.</summary>
    Date,

    /// <summary>One code of a closed list.</summary>
    Enum,

    /// <summary>Any number of codes, of a closed list when the fact has one.</summary>
    Set,

    /// <summary>A text.</summary>
    String,
}

/// <summary>On which part of a case a fact is written. The order is that of scope: a case holds needs, a need has provisions.</summary>
public enum FactLevel
{
    /// <summary>The client: once a case.</summary>
    Client,

    /// <summary>A need.</summary>
    Need,

    /// <summary>A provision.</summary>
    Provision,

    /// <summary>A person or organisation with a role in the case.</summary>
    Party,
}

/// <summary>One fact that a case can know (facts.json).</summary>
public sealed class FactDefinition
{
    /// <summary>The identifier, for example <c>work.firstSickDay</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The position in the vocabulary; dense, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The type of its values.</summary>
    public required FactType Type { get; init; }

    /// <summary>Where it is written. A need-, provision- or party-level fact at case level is the default for all of them.</summary>
    public required FactLevel Level { get; init; }

    /// <summary>The closed list of codes, or null for an open one.</summary>
    public required FrozenSet<string>? Values { get; init; }

    /// <summary>The unit of a number, or null.</summary>
    public required string? Unit { get; init; }

    /// <summary>True for a fact that only serves the control of bills and contracts; asked last.</summary>
    public required bool ClaimsOnly { get; init; }

    /// <summary>identity, medical, process, work, social or income.</summary>
    public required string Sensitivity { get; init; }

    /// <summary>The services that may see it at most.</summary>
    public required FrozenSet<string> VisibleTo { get; init; }

    /// <summary>Per service the condition in words under which it may see the fact; absent = always.</summary>
    public required FrozenDictionary<string, string> VisibleIf { get; init; }

    /// <summary>What it is called, in Dutch.</summary>
    public required string LabelNl { get; init; }

    /// <summary>The question that asks for it, in plain Dutch.</summary>
    public required string QuestionNl { get; init; }

    /// <summary>What it is called, in English; empty when nobody has written it.</summary>
    public string LabelEn { get; init; } = "";

    /// <summary>The question in plain English; empty when nobody has written it.</summary>
    public string QuestionEn { get; init; } = "";

    /// <summary>What it is called, in both languages.</summary>
    public Sentence Name => new(LabelNl, LabelEn.Length > 0 ? LabelEn : Id);

    /// <summary>The question, in both languages.</summary>
    public Sentence Question => new(QuestionNl, QuestionEn);

    /// <summary>The facts from which it is derived; empty for a fact that somebody states.</summary>
    public required IReadOnlyList<string> DerivedFrom { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
