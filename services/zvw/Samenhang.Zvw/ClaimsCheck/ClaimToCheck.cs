using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Zvw.Claims;
using Samenhang.Zvw.Indications;
using Samenhang.Zvw.Paths;

namespace Samenhang.Zvw.ClaimsCheck;

/// <summary>A bill, with all that counts for its payment.</summary>
public sealed record ClaimToCheck
{
    /// <summary>The path that is billed.</summary>
    public required CarePath Path { get; init; }

    /// <summary>The lines of the bill; at least one.</summary>
    public required IReadOnlyList<BillLine> Lines { get; init; }

    /// <summary>The other paths of the case.</summary>
    public IReadOnlyList<CarePath> OtherPaths { get; init; } = [];

    /// <summary>The indications of the case.</summary>
    public IReadOnlyList<Indication> Indications { get; init; } = [];

    /// <summary>The insurance.</summary>
    public PolicyTerms Policy { get; init; } = new();

    /// <summary>The needs of the path, with what is known of them.</summary>
    public IReadOnlyList<Need> Needs { get; init; } = [];

    /// <summary>What is known of the client.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>The day for which the answer must hold; null = the last day of the trajectory, while it runs the date of the line, else today.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Today.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The insurer whose own numbers hold, or null.</summary>
    public string? Insurer { get; init; }
}

/// <summary>What the insurance of a client says about a bill; null is not known. Amounts in euros.</summary>
public sealed record PolicyTerms
{
    /// <summary>natura or restitutie.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether the provider has a contract for this care; goes before what the trajectory says.</summary>
    public bool? Contract { get; init; }

    /// <summary>The price that insurer and provider agreed.</summary>
    public decimal? AgreedPrice { get; init; }

    /// <summary>The percentage of the maximum tariff that the insurer pays.</summary>
    public decimal? Percentage { get; init; }

    /// <summary>The usual market tariff.</summary>
    public decimal? MarketTariff { get; init; }

    /// <summary>What is left of the deductible.</summary>
    public decimal? DeductibleRemaining { get; init; }
}

/// <summary>What becomes of a line.</summary>
public enum Verdict
{
    /// <summary>The insurer pays the amount.</summary>
    Payable,

    /// <summary>The insurer pays nothing.</summary>
    NotPayable,

    /// <summary>Something that matters is not known, or the text does not decide.</summary>
    Undetermined,
}

/// <summary>One reason of a verdict.</summary>
/// <param name="Effect">What it does; null = it is not known whether it holds.</param>
/// <param name="FlagId">The finding that it is, or null.</param>
/// <param name="RuleIds">The rules it rests on.</param>
/// <param name="Sentence">In plain language.</param>
public sealed record ClaimReason(GroundEffect? Effect, string? FlagId, IReadOnlyList<string> RuleIds, Sentence Sentence);

/// <summary>Something that must be known first.</summary>
/// <param name="Fact">The fact, or null when no fact of the vocabulary holds it.</param>
/// <param name="Field">The field of the request that would hold it, or null.</param>
/// <param name="Sentence">The question, in plain language.</param>
public sealed record ClaimQuestion(string? Fact, string? Field, Sentence Sentence);

/// <summary>What becomes of one line. Amounts in euros.</summary>
public sealed record LineVerdict
{
    /// <summary>The scheme under which it was judged.</summary>
    public required string Scheme { get; init; }

    /// <summary>What becomes of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>To whom; null while that is not known.</summary>
    public required Payee? PayableTo { get; init; }

    /// <summary>What is payable together; null while that is not known.</summary>
    public required decimal? Payable { get; init; }

    /// <summary>The part that the client pays from his deductible; null while that is not known.</summary>
    public required decimal? Deductible { get; init; }

    /// <summary>The maximum tariff of the year in which the path began; null when the documents give none.</summary>
    public required decimal? MaxTariff { get; init; }

    /// <summary>Why, the weightiest first.</summary>
    public required IReadOnlyList<ClaimReason> Reasons { get; init; }

    /// <summary>What must be known first.</summary>
    public required IReadOnlyList<ClaimQuestion> Questions { get; init; }

    /// <summary>The answer on the cover of the care, one for each need.</summary>
    public required IReadOnlyList<Coverage> Coverage { get; init; }
}
