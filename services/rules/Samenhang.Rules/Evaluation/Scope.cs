using Samenhang.Language;

namespace Samenhang.Rules.Evaluation;

/// <summary>Where an expression is read: the case, the items that its variables stand for, and the row when there is one.</summary>
internal sealed class Scope(CaseContext context, int slots)
{
    internal CaseContext Context { get; } = context;

    /// <summary>The items of variables; the item of the scope itself is the first.</summary>
    internal object?[] Slots { get; } = new object?[slots];

    /// <summary>The row that a coverage clause is read for; null elsewhere.</summary>
    internal RowContext? Row { get; set; }
}

/// <summary>One need × one scheme, with the provisions of that need which fall under the scheme.</summary>
internal sealed record RowContext(Need Need, Scheme Scheme, IReadOnlyList<Provision> Provisions);
