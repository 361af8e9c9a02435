using Samenhang.Language;

namespace Samenhang.Rules;

/// <summary>What an evaluation found: the text of a condition, its truth, the facts it read, and its parts.</summary>
public sealed record TraceNode(string Text, Truth Truth, IReadOnlyList<FactUse> Facts, IReadOnlyList<TraceNode> Parts)
{
    /// <summary>The facts that it and its parts read; one can stand more than once.</summary>
    public IEnumerable<FactUse> AllFacts => Parts.SelectMany(part => part.AllFacts).Concat(Facts);
}
