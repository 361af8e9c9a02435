using System.Globalization;
using System.Text.Json.Nodes;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>A condition that is true or not, over inputs that may be null: what every rule engine can express.</summary>
internal abstract record Formula
{
    public sealed record All(IReadOnlyList<Formula> Parts) : Formula;

    public sealed record Any(IReadOnlyList<Formula> Parts) : Formula;

    public sealed record Not(Formula Inner) : Formula;

    /// <summary>One comparison of an input with a value. Only <see cref="Comparison.Equal"/> and its like are false for null.</summary>
    public sealed record Literal(string Key, Comparison Comparison, object Value) : Formula;

    /// <summary>How many comparisons it holds.</summary>
    public IEnumerable<Literal> Literals => this switch
    {
        All all => all.Parts.SelectMany(part => part.Literals),
        Any any => any.Parts.SelectMany(part => part.Literals),
        Not not => not.Inner.Literals,
        Literal literal => [literal],
        _ => throw new InvalidOperationException(),
    };

    /// <summary>As an expression of zen-engine.</summary>
    public string ToZen() => this switch
    {
        All { Parts.Count: 0 } => "true",
        Any { Parts.Count: 0 } => "false",
        All all => "(" + string.Join(" and ", all.Parts.Select(part => part.ToZen())) + ")",
        Any any => "(" + string.Join(" or ", any.Parts.Select(part => part.ToZen())) + ")",
        Not not => $"not({not.Inner.ToZen()})",
        Literal literal => literal.ToZen(literal.Key),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>As a condition of json-rules-engine.</summary>
    public JsonNode ToJsonRules() => this switch
    {
        All all => new JsonObject { ["all"] = new JsonArray([.. all.Parts.Select(part => part.ToJsonRules())]) },
        Any any => new JsonObject { ["any"] = new JsonArray([.. any.Parts.Select(part => part.ToJsonRules())]) },
        Not not => new JsonObject { ["not"] = not.Inner.ToJsonRules() },
        Literal { Comparison: Comparison.KnownAndNotEqual } literal => AndKnown(literal.Key, "notEqual", literal.Value),
        Literal { Comparison: Comparison.KnownAndNotIn } literal => AndKnown(literal.Key, "notIn", literal.Value),
        Literal literal => Condition(literal.Key, literal.Comparison switch
        {
            Comparison.Equal => "equal",
            Comparison.In => "in",
            Comparison.Less => "lessThan",
            Comparison.LessOrEqual => "lessThanInclusive",
            Comparison.Greater => "greaterThan",
            Comparison.GreaterOrEqual => "greaterThanInclusive",
            Comparison.Holds => "contains",
            Comparison.KnownAndHoldsNot => "doesNotContain",
            _ => throw new InvalidOperationException(),
        }, literal.Value),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The lines of a decision table: in each, all comparisons must hold.</summary>
    public IReadOnlyList<IReadOnlyList<Literal>> ToLines() => this switch
    {
        Any any => [.. any.Parts.SelectMany(part => part.ToLines())],
        All all => all.Parts.Aggregate(
            (IReadOnlyList<IReadOnlyList<Literal>>)[[]],
            (lines, part) => [.. from line in lines from more in part.ToLines() select (IReadOnlyList<Literal>)[.. line, .. more]]),
        Literal literal => [[literal]],
        _ => throw new NotSupportedException("A line of a table cannot say not."),
    };

    private static JsonObject AndKnown(string key, string operation, object value)
        => new() { ["all"] = new JsonArray(Condition(key, "notEqual", null), Condition(key, operation, value)) };

    private static JsonObject Condition(string fact, string operation, object? value)
        => new() { ["fact"] = fact, ["operator"] = operation, ["value"] = Json(value) };

    /// <summary>A value as both engines read it.</summary>
    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]),
        IEnumerable<object> values => new JsonArray([.. values.Select(Json)]),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no value."),
    };
}

/// <summary>How an input is compared.</summary>
internal enum Comparison
{
    /// <summary>The same value.</summary>
    Equal,

    /// <summary>Another value, and not null.</summary>
    KnownAndNotEqual,

    /// <summary>One of a list.</summary>
    In,

    /// <summary>None of a list, and not null.</summary>
    KnownAndNotIn,

    /// <summary>A smaller number.</summary>
    Less,

    /// <summary>A smaller number, or the same.</summary>
    LessOrEqual,

    /// <summary>A larger number.</summary>
    Greater,

    /// <summary>A larger number, or the same.</summary>
    GreaterOrEqual,

    /// <summary>A list that holds the value.</summary>
    Holds,

    /// <summary>A list without the value.</summary>
    KnownAndHoldsNot,
}

/// <summary>Expressions of zen-engine.</summary>
internal static class ZenExpressions
{
    /// <summary>A comparison, of an input by its name or of the column of a table as <c>$</c>.</summary>
    public static string ToZen(this Formula.Literal literal, string subject)
    {
        var value = Text(literal.Value);
        return literal.Comparison switch
        {
            Comparison.Equal => $"{subject} == {value}",
            Comparison.KnownAndNotEqual => $"({subject} != null and {subject} != {value})",
            Comparison.In => $"{subject} in {value}",
            Comparison.KnownAndNotIn => $"({subject} != null and not({subject} in {value}))",
            Comparison.Less => $"({subject} != null and {subject} < {value})",
            Comparison.LessOrEqual => $"({subject} != null and {subject} <= {value})",
            Comparison.Greater => $"({subject} != null and {subject} > {value})",
            Comparison.GreaterOrEqual => $"({subject} != null and {subject} >= {value})",
            Comparison.Holds => $"({subject} != null and {value} in {subject})",
            Comparison.KnownAndHoldsNot => $"({subject} != null and not({value} in {subject}))",
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>A value as an expression.</summary>
    public static string Text(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        IEnumerable<object> values => $"[{string.Join(", ", values.Select(Text))}]",
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no value."),
    };
}
