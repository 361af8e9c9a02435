using System.Text.Json.Serialization;

namespace Samenhang.Language;

/// <summary>The outcome of one row: need × scheme (outcomes.json, coverage).</summary>
public enum Outcome
{
    /// <summary>All conditions of a rule that grants cover are true.</summary>
    Covered,

    /// <summary>Cover is possible; an act (decision, contract, consent, declaration) is still open.</summary>
    Conditional,

    /// <summary>A rule excludes it, a needed condition is false, another law pays, or it was refused.</summary>
    NotCovered,

    /// <summary>A fact is missing or the text does not decide. Never guessed.</summary>
    Undetermined,

    /// <summary>The scheme does not exist for this client or on this day.</summary>
    NotApplicable,

    /// <summary>The service has no scheme for the need; never stands in a row.</summary>
    NotThisDomain,
}

/// <summary>How strongly an answer rests on the law (outcomes.json, strength). Only hard and interpretation decide.</summary>
public enum Strength
{
    /// <summary>An option without force, unless the region switched it on.</summary>
    Proposal = 0,

    /// <summary>A view, signal or reported practice.</summary>
    Opinion = 1,

    /// <summary>An official reading, consensus norm or guideline.</summary>
    Interpretation = 2,

    /// <summary>Law, regulation or payment rule in force.</summary>
    Hard = 3,
}

/// <summary>A sentence for people, in plain Dutch with English beside it.</summary>
public readonly record struct Sentence(string Nl, string En)
{
    /// <summary>No sentence.</summary>
    public static Sentence None { get; } = new("", "");

    /// <summary>The sentences one after the other, without the empty ones and the repeated ones.</summary>
    public static Sentence Join(IEnumerable<Sentence> sentences)
    {
        var all = sentences.Distinct().ToList();
        return new(
            string.Join(' ', all.Select(s => s.Nl).Where(text => text.Length > 0)),
            string.Join(' ', all.Select(s => s.En).Where(text => text.Length > 0)));
    }
}

/// <summary>Where a rule stands: the document and its lines.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Title">Its title.</param>
/// <param name="Document">The document.</param>
/// <param name="Lines">The lines in it.</param>
/// <param name="Option">The option that must be switched on for it to count: then it is a proposal and no law. Null = it is no option.</param>
public sealed record RuleSource(
    string RuleId, string Title, string Document, string Lines, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Option = null);

/// <summary>A fact that was read for an answer, and what it was. <c>Item</c> is the need, provision or party it belongs to, or null.</summary>
public sealed record FactUse(string Fact, string? Item, Value Value);

/// <summary>The answer for one need and one scheme (vocabulary: coverage answer).</summary>
public sealed record Coverage
{
    /// <summary>The need.</summary>
    public required string NeedId { get; init; }

    /// <summary>The scheme.</summary>
    public required string Scheme { get; init; }

    /// <summary>The product or claim code, or null.</summary>
    public string? Product { get; init; }

    /// <summary>The service that answered.</summary>
    public required string Service { get; init; }

    /// <summary>The outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>How it is paid, a code of paymentModes; null when not covered.</summary>
    public string? PaymentMode { get; init; }

    /// <summary>Who is expected to pay; null when not covered.</summary>
    public string? Payer { get; init; }

    /// <summary>Who pays if the expected payer may and does refuse.</summary>
    public string? FallbackPayer { get; init; }

    /// <summary>That of the weakest rule which carried the result; null when undetermined by silence.</summary>
    public Strength? Strength { get; init; }

    /// <summary>must, may, probable or judgement; or null.</summary>
    public string? Modal { get; init; }

    /// <summary>An opinion or proposal opposes the result; it never changes it.</summary>
    public bool Contested => ContestedBy.Count > 0;

    /// <summary>The rules that oppose.</summary>
    public IReadOnlyList<string> ContestedBy { get; init; } = [];

    /// <summary>The source speaks globally about another law; the owning domain must confirm.</summary>
    public bool Indicative { get; init; }

    /// <summary>The literal wording differs from the reading that is followed.</summary>
    public bool LegalRisk { get; init; }

    /// <summary>The role that is responsible now, or null.</summary>
    public string? Responsible { get; init; }

    /// <summary>The acts that are still missing.</summary>
    public IReadOnlyList<Sentence> OpenConditions { get; init; } = [];

    /// <summary>The facts that can still change the outcome.</summary>
    public IReadOnlyList<string> MissingFacts { get; init; } = [];

    /// <summary>Why it is undetermined: missing-facts, not-stated, open-question, human-judgement, rule-conflict or rule-version.</summary>
    public string? Reason { get; init; }

    /// <summary>The rules that carried the answer; never empty.</summary>
    public required IReadOnlyList<string> RuleIds { get; init; }

    /// <summary>The same rules with their place in the documents.</summary>
    public required IReadOnlyList<RuleSource> Sources { get; init; }

    /// <summary>The day for which the answer holds.</summary>
    public required DateOnly ValidAt { get; init; }

    /// <summary>Why, in plain language.</summary>
    public required Sentence Explanation { get; init; }

    /// <summary>The schemes that this answer points to instead.</summary>
    public IReadOnlyList<string> Suggests { get; init; } = [];
}
