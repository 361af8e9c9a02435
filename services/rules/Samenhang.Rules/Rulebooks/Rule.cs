using Samenhang.Language;
using Samenhang.Rules.Expressions;

namespace Samenhang.Rules;

/// <summary>What a clause says about a row when its condition is true (docs/rulebook.md). The order is that of deciding.</summary>
public enum Effect
{
    /// <summary>The scheme does not exist for this client.</summary>
    NotApplicable,

    /// <summary>The law takes the title away.</summary>
    Excludes,

    /// <summary>The text does not decide.</summary>
    LeavesOpen,

    /// <summary>The title fails when the condition is false.</summary>
    Requires,

    /// <summary>The title exists.</summary>
    Covers,

    /// <summary>An act is still missing.</summary>
    Awaits,

    /// <summary>Adds to an answer; never changes its outcome.</summary>
    Informs,
}

/// <summary>How strongly a rule speaks, in the words of its document (codes.json, ruleStrengthCodes).</summary>
public enum RuleStrength
{
    /// <summary>Law, regulation, payment rule. May decide.</summary>
    Hard,

    /// <summary>Official reading, norm, guideline. May decide.</summary>
    Interpretation,

    /// <summary>A view. Never decides.</summary>
    Opinion,

    /// <summary>Only with its option on.</summary>
    Proposal,

    /// <summary>A reported problem. Never decides.</summary>
    Signal,

    /// <summary>A reported fact or practice. Never decides alone.</summary>
    Fact,

    /// <summary>The text asks; undetermined.</summary>
    OpenQuestion,

    /// <summary>The text is silent; undetermined.</summary>
    Silence,
}

/// <summary>One rule of law as a rulebook carries it.</summary>
public sealed class Rule
{
    private RuleSource? source;

    /// <summary>The identifier, for example <c>ARB-45</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it says, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The service whose rulebook carries it.</summary>
    public required string Service { get; init; }

    /// <summary>The source document.</summary>
    public required string Document { get; init; }

    /// <summary>The lines that say so.</summary>
    public required string Lines { get; init; }

    /// <summary>How strongly it speaks.</summary>
    public required RuleStrength Strength { get; init; }

    /// <summary>The days on which it decides.</summary>
    public required Period Validity { get; init; }

    /// <summary>text, document or context: where the dates come from.</summary>
    public required string Basis { get; init; }

    /// <summary>The document speaks globally about another law.</summary>
    public required bool Indicative { get; init; }

    /// <summary>The proposal option that must be switched on, or null.</summary>
    public required string? Option { get; init; }

    /// <summary>Why it is written like this, or what carries it; decides nothing.</summary>
    public required string? Note { get; init; }

    /// <summary>The keys of the documents that must all be loaded for it.</summary>
    public required IReadOnlyList<string> Books { get; init; }

    /// <summary>What it says about rows; empty for a definition, duty or information.</summary>
    public required IReadOnlyList<Clause> Clauses { get; init; }

    /// <summary>The file in which it stands, and the line.</summary>
    public required string File { get; init; }

    /// <summary>The line in the file.</summary>
    public required int Line { get; init; }

    /// <summary>Whether it decides: some clause does more than inform.</summary>
    public bool Decides => Clauses.Any(clause => clause.Effect != Effect.Informs);

    /// <summary>Where it stands in the documents.</summary>
    public RuleSource Source => source ??= new(Id, Title, Document, Lines, Option);

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>One thing that a rule says about rows.</summary>
public sealed class Clause
{
    /// <summary>The rule.</summary>
    public Rule Rule { get; internal set; } = null!;

    /// <summary>What it says.</summary>
    public required Effect Effect { get; init; }

    /// <summary>The schemes as written: identifiers and patterns.</summary>
    public required IReadOnlyList<string> SchemePatterns { get; init; }

    /// <summary>The schemes that it creates a row for by naming them.</summary>
    public required IReadOnlyList<Scheme> NamedSchemes { get; init; }

    /// <summary>The needs as written: kinds, goal:x, social:true, any.</summary>
    public required IReadOnlyList<string> NeedSelectors { get; init; }

    /// <summary>The condition as written, or null for always.</summary>
    public string? When => Condition?.Text;

    /// <summary>The sentence, with facts in braces.</summary>
    public required Sentence Says { get; init; }

    /// <summary>The payer, when it is not the scheme's.</summary>
    public string? Payer { get; init; }

    /// <summary>Who pays if the payer may and does refuse.</summary>
    public string? FallbackPayer { get; init; }

    /// <summary>The payment mode, when it is not the scheme's.</summary>
    public string? PaymentMode { get; init; }

    /// <summary>The product or claim code.</summary>
    public string? Product { get; init; }

    /// <summary>The role that is responsible.</summary>
    public string? Responsible { get; init; }

    /// <summary>must, may, probable or judgement.</summary>
    public string? Modal { get; init; }

    /// <summary>The reason of a leavesOpen.</summary>
    public string? Reason { get; init; }

    /// <summary>The literal wording differs from the reading followed.</summary>
    public bool LegalRisk { get; init; }

    /// <summary>The clause itself looked at the decision on a provision.</summary>
    public bool Decided { get; init; }

    /// <summary>The rules whose clauses it switches off while its condition is true.</summary>
    public required IReadOnlyList<string> ExceptionTo { get; init; }

    /// <summary>Schemes to look at instead.</summary>
    public required IReadOnlyList<string> Suggests { get; init; }

    /// <summary>The condition that stands for the contract, as written; null when the clause names none.</summary>
    public string? ContractWhen => Contract?.Text;

    internal Compiled<Predicate>? Condition { get; init; }

    internal Compiled<Predicate>? Contract { get; init; }

    /// <summary>All facts that its conditions can read.</summary>
    public IEnumerable<FactDefinition> Facts =>
        (Condition?.Node.Facts ?? []).Concat(Contract?.Node.Facts ?? []).Distinct();

    internal bool Speaks(NeedKind kind) => NeedSelectors.Any(selector => selector switch
    {
        "any" => true,
        "social:true" => kind.Social,
        _ when selector.StartsWith("goal:", StringComparison.Ordinal) => kind.Goal == selector[5..],
        _ => selector == kind.Id,
    });

    internal bool Names(NeedKind kind) => NeedSelectors.Contains(kind.Id);

    /// <summary>Whether it holds for a scheme: ggz for its whole group, gbggz for its products.</summary>
    internal bool Speaks(Scheme scheme, Vocabulary vocabulary) => SchemePatterns.Any(pattern =>
        vocabulary.Matches(pattern, scheme) || RowSchemes.Covers(pattern, scheme, vocabulary));
}

/// <summary>Which schemes belong to which: ggz stands for its whole group, gbggz for its products.</summary>
internal static class RowSchemes
{
    internal static bool Covers(string wide, Scheme scheme, Vocabulary vocabulary) =>
        (wide == "ggz" && vocabulary.SchemeGroups["ggz"].Contains(scheme.Id)) ||
        (wide == "gbggz" && scheme.Id.StartsWith("gbggz-", StringComparison.Ordinal));
}
