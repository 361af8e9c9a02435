namespace Samenhang.Events.Cesql;

/// <summary>
/// An expression of CESQL 1.0, the SQL-like language of CloudEvents, parsed once and evaluated for many events. Evaluation always ends, reads
/// nothing but the context attributes of the event, and throws nothing.
/// </summary>
public sealed class CesqlExpression : IEquatable<CesqlExpression>
{
    /// <summary>The longest text that is parsed, in characters.</summary>
    public const int LongestText = 4096;

    /// <summary>How deep brackets, calls and signs may hold each other.</summary>
    public const int DeepestNesting = 64;

    /// <summary>How deep the tree of operators may be: <c>a OR b OR c …</c> is one deeper for each.</summary>
    public const int DeepestTree = 256;

    private readonly Node root;

    internal CesqlExpression(string text, Node root, IReadOnlyList<string> unknownFunctions)
    {
        Text = text;
        this.root = root;
        UnknownFunctions = unknownFunctions;
    }

    /// <summary>The text that was parsed.</summary>
    public string Text { get; }

    /// <summary>The calls of functions that are not registered, as <c>NAME/arguments</c>: each evaluation of one is an error.</summary>
    public IReadOnlyList<string> UnknownFunctions { get; }

    /// <summary>Parses a text. The fault names the position at which the text stops being an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="functions">The functions that it may call; those of CESQL if null.</param>
    public static Parsed<CesqlExpression> Parse(string text, CesqlFunctions? functions = null) => new Parser(text, functions ?? CesqlFunctions.BuiltIn).Parse();

    /// <summary>The value of the expression for an event, and the errors.</summary>
    public CesqlResult Evaluate(CloudEvent @event)
    {
        var run = new Run(@event, describe: true);
        var value = root.Evaluate(ref run);
        return new(value, run.Errors);
    }

    /// <summary>As a filter: whether the value is TRUE and nothing failed.</summary>
    public bool Matches(CloudEvent @event)
    {
        var run = new Run(@event, describe: false);
        return root.Evaluate(ref run).AsBoolean && run.Failures == 0;
    }

    /// <summary>Equal texts are equal expressions.</summary>
    public bool Equals(CesqlExpression? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CesqlExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
