using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;

namespace Samenhang.SystemBenchmarks.Engine;

/// <summary>
/// Turns our conditions, which know true, false and unknown, into formulas that other engines can evaluate: one that holds where ours is
/// true, one that holds where ours is false. Comparisons of facts with values become comparisons of theirs; the values of the facts are
/// looked up for them. What they have no words for (quantifiers over lists of items, dates reckoned from others, findings in lists of
/// the law) comes to them as an input that we have worked out, at no cost to them.
/// </summary>
internal sealed class ConditionTranslation
{
    private readonly Dictionary<string, Func<Scope, object?>> _inputs = [];
    private readonly Dictionary<string, string> _given = [];

    /// <summary>The inputs that the formulas read, by name.</summary>
    public IReadOnlyDictionary<string, Func<Scope, object?>> Inputs => _inputs;

    /// <summary>Whether an input is one that we worked out.</summary>
    public static bool IsGiven(string key) => key.StartsWith("given", StringComparison.Ordinal);

    /// <summary>Holds exactly where the condition is true, or false.</summary>
    public Formula Where(Predicate condition, bool isTrue) => condition switch
    {
        AndNode and => Parts(and, isTrue, all: isTrue),
        OrNode or => Parts(or, isTrue, all: !isTrue),
        NotNode not => Where((Predicate)not.Parts[0], !isTrue),
        ProvenNode proven => isTrue ? Where((Predicate)proven.Parts[0], true) : new Formula.Not(Where((Predicate)proven.Parts[0], true)),
        _ => Compared(condition, isTrue) ?? new Formula.Literal(Given(condition), Comparison.Equal, isTrue ? "true" : "false"),
    };

    /// <summary>The values of inputs in a scope.</summary>
    public Dictionary<string, object?> Read(Scope scope, IEnumerable<string> keys) => keys.Distinct().ToDictionary(key => key, key => _inputs[key](scope));

    /// <summary>A value as the other engines know it: a day is a number.</summary>
    public static object? Plain(Value value) => value.Kind switch
    {
        ValueKind.Unknown => null,
        ValueKind.Bool => value.Truth == Truth.True,
        ValueKind.Number => (double)value.Number,
        ValueKind.Date => (double)value.Date.DayNumber,
        ValueKind.Code => value.Code,
        ValueKind.Set => value.Set.ToArray(),
        _ => throw new InvalidOperationException($"{value.Kind} is no kind."),
    };

    private Formula Parts(Node node, bool isTrue, bool all)
    {
        IReadOnlyList<Formula> parts = [.. node.Parts.Select(part => Where((Predicate)part, isTrue))];
        return all ? new Formula.All(parts) : new Formula.Any(parts);
    }

    private Formula? Compared(Predicate condition, bool isTrue)
    {
        if (condition.Parts.Count == 0 || condition.Parts[0] is not Term left || FactOf(left) is not { } fact || !condition.Parts.Skip(1).All(part => part is Constant { Value.IsKnown: true, Value.Kind: not ValueKind.Set }))
        {
            return null;
        }

        var isSet = fact.Type == FactType.Set;
        var values = condition.Parts.Skip(1).Select(part => Plain(((Constant)part).Value)!).ToArray();
        Formula Of(Comparison comparison, object value) => new Formula.Literal(KeyOf(left, fact), comparison, value);
        return condition switch
        {
            BooleanFact when fact.Type == FactType.Bool => Of(Comparison.Equal, isTrue),
            Equality { Negated: false } when isSet => Of(isTrue ? Comparison.Holds : Comparison.KnownAndHoldsNot, values[0]),
            Equality { Negated: false } => Of(isTrue ? Comparison.Equal : Comparison.KnownAndNotEqual, values[0]),

            // "Not known to be": true for what is unknown.
            Equality when !isSet => isTrue ? new Formula.Not(Of(Comparison.Equal, values[0])) : Of(Comparison.Equal, values[0]),
            Membership when !isSet => Of(isTrue ? Comparison.In : Comparison.KnownAndNotIn, values),
            Ordering ordering when values[0] is double => Of(Order(ordering.Operation, isTrue), values[0]),
            SetComparison { Operation: "contains" } when isSet && values.Length == 1 => Of(isTrue ? Comparison.Holds : Comparison.KnownAndHoldsNot, values[0]),
            SetComparison { Operation: "intersects" } when isSet => isTrue
                ? new Formula.Any([.. values.Select(value => Of(Comparison.Holds, value))])
                : new Formula.All([.. values.Select(value => Of(Comparison.KnownAndHoldsNot, value))]),
            _ => null,
        };
    }

    private static Comparison Order(string operation, bool isTrue) => (operation, isTrue) switch
    {
        ("<", true) or (">=", false) => Comparison.Less,
        ("<=", true) or (">", false) => Comparison.LessOrEqual,
        (">", true) or ("<=", false) => Comparison.Greater,
        (">=", true) or ("<", false) => Comparison.GreaterOrEqual,
        _ => throw new InvalidOperationException($"{operation} is no order."),
    };

    private static FactDefinition? FactOf(Term term) => term is FactTerm or NeedFactOfProvision or NeedFactOfRow ? term.Facts.Single() : null;

    private string KeyOf(Term term, FactDefinition fact)
    {
        var key = $"{fact.Id}_{term.GetType().Name}_{term.Source}".Aggregate("f_", (name, letter) => name + (char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        _inputs.TryAdd(key, scope => Plain(term.Get(scope)));
        return key;
    }

    private string Given(Predicate condition)
    {
        var source = condition.Source.Length > 0 ? condition.Source : $"{condition.GetType().Name}{_given.Count}";
        if (!_given.TryGetValue(source, out var key))
        {
            _given[source] = key = $"given{_given.Count}";
            _inputs[key] = scope => condition.Test(scope) switch { Truth.True => "true", Truth.False => "false", _ => null };
        }

        return key;
    }
}
