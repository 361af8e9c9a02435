namespace Samenhang.Events.Cesql;

/// <summary>The kinds of error of CESQL.</summary>
public enum CesqlErrorKind
{
    /// <summary>The text is no expression.</summary>
    Parse,

    /// <summary>An operation on numbers has no result: a division by zero, or a number that does not fit.</summary>
    Math,

    /// <summary>A value cannot be cast to the type that is asked.</summary>
    Cast,

    /// <summary>The event does not carry the attribute.</summary>
    MissingAttribute,

    /// <summary>No function of that name takes that number of arguments.</summary>
    MissingFunction,

    /// <summary>A function cannot work with these arguments.</summary>
    FunctionEvaluation,

    /// <summary>Anything else.</summary>
    Generic,
}

/// <summary>An error that arose while an expression was evaluated.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Position">Where in the text the operator, attribute or call stands; the first character is 1.</param>
/// <param name="Subject">The operator, attribute or function; never a value.</param>
public sealed record CesqlError(CesqlErrorKind Kind, int Position, string Subject);

/// <summary>
/// What an expression yields: always a value, and the errors on the way to it. An operator or function one of whose operands failed is not carried
/// out: it yields the zero value of its type, and the error goes on with it (the fail-fast mode of the specification).
/// </summary>
/// <param name="Value">The value.</param>
/// <param name="Errors">The errors; empty if all went well.</param>
public sealed record CesqlResult(CesqlValue Value, IReadOnlyList<CesqlError> Errors);
