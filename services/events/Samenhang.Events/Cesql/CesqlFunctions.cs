using System.Collections.Frozen;

namespace Samenhang.Events.Cesql;

/// <summary>What a function returns: always a value of its type, and perhaps an error.</summary>
/// <param name="Value">The value.</param>
/// <param name="Error">The kind of the error, or null.</param>
public readonly record struct CesqlReturn(CesqlValue Value, CesqlErrorKind? Error = null);

/// <summary>The body of a function; the arguments have been cast to the types of the parameters.</summary>
public delegate CesqlReturn CesqlBody(ReadOnlySpan<CesqlValue> arguments);

/// <summary>A function of CESQL: its name, what it takes and returns, and what it does.</summary>
public sealed record CesqlFunction
{
    /// <summary>Letters and underscores, starting with a letter; the case does not matter.</summary>
    public required string Name { get; init; }

    /// <summary>The types of the parameters; null takes any type.</summary>
    public IReadOnlyList<CesqlType?> Parameters { get; init; } = [];

    /// <summary>Whether more arguments of the type <see cref="Rest"/> may follow.</summary>
    public bool Variadic { get; init; }

    /// <summary>The type of the arguments that may follow; null takes any type.</summary>
    public CesqlType? Rest { get; init; }

    /// <summary>The type of what it returns.</summary>
    public required CesqlType Returns { get; init; }

    /// <summary>What it does.</summary>
    public required CesqlBody Body { get; init; }
}

/// <summary>The functions that expressions may call: those of CESQL, and those that a program adds. Never changed once made.</summary>
public sealed class CesqlFunctions
{
    private readonly FrozenDictionary<(string Name, int Arity), CesqlFunction> fixedArity;
    private readonly FrozenDictionary<string, CesqlFunction> variadic;

    private CesqlFunctions(IEnumerable<KeyValuePair<(string, int), CesqlFunction>> fixedArity, IEnumerable<KeyValuePair<string, CesqlFunction>> variadic)
    {
        this.fixedArity = fixedArity.ToFrozenDictionary();
        this.variadic = variadic.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The functions that CESQL 1.0 defines, with IS_INT and IS_BOOL.</summary>
    public static CesqlFunctions BuiltIn { get; } = CesqlBuiltIns.All.Aggregate(new CesqlFunctions([], []), (functions, function) => functions.With(function));

    /// <summary>The same with one more.</summary>
    /// <exception cref="ArgumentException">The name is no name, or a function of that name and number of arguments exists.</exception>
    public CesqlFunctions With(CesqlFunction function)
    {
        var name = function.Name.ToUpperInvariant();
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetter(c) || c == '_') || Parser.IsKeyword(name))
        {
            throw new ArgumentException($"{function.Name} cannot name a function.", nameof(function));
        }

        if (function.Variadic ? variadic.ContainsKey(name) : fixedArity.ContainsKey((name, function.Parameters.Count)))
        {
            throw new ArgumentException($"{name} with these arguments exists.", nameof(function));
        }

        return function.Variadic
            ? new(fixedArity, variadic.Append(KeyValuePair.Create(name, function)))
            : new(fixedArity.Append(KeyValuePair.Create((name, function.Parameters.Count), function)), variadic);
    }

    internal CesqlFunction? Find(string upperName, int arguments) =>
        fixedArity.GetValueOrDefault((upperName, arguments))
        ?? (variadic.TryGetValue(upperName, out var function) && arguments >= function.Parameters.Count ? function : null);
}
