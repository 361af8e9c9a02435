using Samenhang.Rules.Expressions;

namespace Samenhang.Rules;

/// <summary>What a part of a condition is.</summary>
public enum ConditionKind
{
    /// <summary>All its parts must be true.</summary>
    All,

    /// <summary>One of its parts must be true.</summary>
    Any,

    /// <summary>Its only part must be false.</summary>
    Not,

    /// <summary>There is an item for which its only part is true; the text names the item.</summary>
    Some,

    /// <summary>There is no item for which its only part is true; the text names the item.</summary>
    None,

    /// <summary>A statement that is not taken apart further.</summary>
    Term,
}

/// <summary>A term that compares a fact with values.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Operator">The operator as written; <c>=</c> true for a fact that stands alone.</param>
/// <param name="Values">The values as written, without quotes.</param>
public sealed record ConditionComparison(string Fact, string Operator, IReadOnlyList<string> Values);

/// <summary>A condition taken apart, so that it can be shown as lines.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A term as written; the names of the items of some and none; else empty.</param>
/// <param name="Parts">Its parts, in the order of the text.</param>
/// <param name="Comparison">What the term compares, or null when it is more than a fact beside values.</param>
public sealed record ConditionOutline(ConditionKind Kind, string Text, IReadOnlyList<ConditionOutline> Parts, ConditionComparison? Comparison)
{
    /// <summary>Takes apart a condition of a clause that was loaded.</summary>
    /// <param name="condition">The condition as written.</param>
    /// <exception cref="FormatException">The text is no condition.</exception>
    public static ConditionOutline Of(string condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        try
        {
            return Outline(Parser.Parse(condition), condition);
        }
        catch (ExpressionException fault)
        {
            throw new FormatException($"{fault.Message} at character {fault.Position + 1}", fault);
        }
    }

    private static ConditionOutline Outline(Syntax syntax, string text) => syntax switch
    {
        Syntax.And and => new(ConditionKind.All, "", [.. and.Parts.Select(part => Outline(part, text))], null),
        Syntax.Or or => new(ConditionKind.Any, "", [.. or.Parts.Select(part => Outline(part, text))], null),
        Syntax.Not not => new(ConditionKind.Not, "", [Outline(not.Inner, text)], null),
        Syntax.Quantifier some => new(some.None ? ConditionKind.None : ConditionKind.Some, string.Join(", ", some.Variables), [Outline(some.Body, text)], null),
        _ => new(ConditionKind.Term, text[syntax.Start..syntax.End], [], Comparing(syntax, text)),
    };

    private static ConditionComparison? Comparing(Syntax syntax, string text) => syntax switch
    {
        Syntax.Fact { At: null } fact => new(fact.Id, "=", ["true"]),
        Syntax.Compare { Left: Syntax.Fact { At: null } fact } compare => new(fact.Id, compare.Operator, Values(compare.Right, text)),
        _ => null,
    };

    private static IReadOnlyList<string> Values(Syntax right, string text) => right switch
    {
        Syntax.SetOf set => [.. set.Members.SelectMany(member => Values(member, text))],
        Syntax.Quoted quoted => [quoted.Value],
        _ => [text[right.Start..right.End]],
    };
}
