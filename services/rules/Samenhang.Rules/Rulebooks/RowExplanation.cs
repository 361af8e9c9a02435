using Samenhang.Language;
using Samenhang.Rules.Policies;

namespace Samenhang.Rules;

/// <summary>How one clause turned out in a row.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Truth">The truth of its condition.</param>
/// <param name="InForce">Whether its rule decides on the reference day.</param>
/// <param name="Condition">The tree of its condition, or null for "always".</param>
public sealed record ClauseTrace(Clause Clause, Truth Truth, bool InForce, TraceNode? Condition);

/// <summary>One change of one fact that would change the answer.</summary>
public sealed record Change(string Fact, string? Item, Value From, Value To, Outcome Outcome);

/// <summary>An answer with all that led to it.</summary>
/// <param name="Answer">The row.</param>
/// <param name="Clauses">Every clause that speaks of the row, in the order of the rules.</param>
/// <param name="Changes">The single facts that would change the outcome, and to what.</param>
public sealed record RowExplanation(Coverage Answer, IReadOnlyList<ClauseTrace> Clauses, IReadOnlyList<Change> Changes)
{
    /// <summary>What it rests on of the policies of municipality and insurer.</summary>
    public IReadOnlyList<PolicyUse> Policies { get; init; } = [];
}
