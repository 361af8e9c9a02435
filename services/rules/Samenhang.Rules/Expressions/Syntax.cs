namespace Samenhang.Rules.Expressions;

/// <summary>What a writer wrote, before its names are known. <paramref name="Start"/> and <paramref name="End"/> are places in the text.</summary>
internal abstract record Syntax(int Start, int End)
{
    internal sealed record Or(IReadOnlyList<Syntax> Parts, int Start, int End) : Syntax(Start, End);

    internal sealed record And(IReadOnlyList<Syntax> Parts, int Start, int End) : Syntax(Start, End);

    internal sealed record Not(Syntax Inner, int Start, int End) : Syntax(Start, End);

    internal sealed record Compare(Syntax Left, string Operator, Syntax Right, int Start, int End) : Syntax(Start, End);

    internal sealed record Arithmetic(Syntax Left, char Operator, Syntax Right, int Start, int End) : Syntax(Start, End);

    internal sealed record Minus(Syntax Inner, int Start, int End) : Syntax(Start, End);

    internal sealed record SetOf(IReadOnlyList<Syntax> Members, int Start, int End) : Syntax(Start, End);

    /// <summary>some or none over one or more variables.</summary>
    internal sealed record Quantifier(bool None, IReadOnlyList<string> Variables, Syntax Body, int Start, int End) : Syntax(Start, End);

    /// <summary>count over a variable, of the items or of the distinct values of a term.</summary>
    internal sealed record Count(Syntax? Distinct, string Variable, Syntax Body, int Start, int End) : Syntax(Start, End);

    internal sealed record Call(string Name, IReadOnlyList<Syntax> Arguments, IReadOnlyList<(string Name, Syntax Value)> Named, int Start, int End) : Syntax(Start, End);

    /// <summary>A field of a variable or of what a call gives.</summary>
    internal sealed record Field(Syntax Of, string Name, int Start, int End) : Syntax(Start, End);

    /// <summary>A fact, with the item it is read on when the writer says so.</summary>
    internal sealed record Fact(string Id, Syntax? At, int Start, int End) : Syntax(Start, End);

    /// <summary>A bare word: a variable, asOf, true, false or a code.</summary>
    internal sealed record Word(string Text, int Start, int End) : Syntax(Start, End);

    internal sealed record Quoted(string Value, int Start, int End) : Syntax(Start, End);

    internal sealed record Number(decimal Value, int Start, int End) : Syntax(Start, End);

    internal sealed record Day(DateOnly Value, int Start, int End) : Syntax(Start, End);
}

/// <summary>A fault in an expression, at a place in its text.</summary>
internal sealed class ExpressionException(int position, string message) : Exception(message)
{
    internal int Position { get; } = position;
}
