using Samenhang.Language;

namespace Samenhang.Rules;

public readonly record struct FindingItem(string? Need, string? Provision, string? Party)
{
    public static FindingItem Case => default;
}

public sealed record Finding(Flag Flag, FindingItem Item, IReadOnlyList<string> RuleIds, IReadOnlyList<FactUse> Facts, Sentence Explanation);

public sealed record UndecidedFinding(Flag Flag, FindingItem Item, IReadOnlyList<FactUse> MissingFacts);

public sealed record FindingResult(IReadOnlyList<Finding> Raised, IReadOnlyList<UndecidedFinding> Undecided);
