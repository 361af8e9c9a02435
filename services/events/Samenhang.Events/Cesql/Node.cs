namespace Samenhang.Events.Cesql;

/// <summary>A part of an expression, ready to be evaluated.</summary>
/// <param name="position">Where it stands in the text, from 1.</param>
/// <param name="depth">How many nodes the longest path below it holds, itself counted.</param>
internal abstract class Node(int position, int depth)
{
    public int Depth => depth;

    protected int Position => position;

    public abstract CesqlValue Evaluate(ref Run run);

    /// <summary>Evaluates an operand; false if it failed, and then the operator is not carried out.</summary>
    protected static bool TryEvaluate(Node operand, ref Run run, out CesqlValue value)
    {
        var before = run.Failures;
        value = operand.Evaluate(ref run);
        return run.Failures == before;
    }

    /// <summary>Casts an operand. What cannot be cast is an error, and counts as the zero value of the type.</summary>
    protected CesqlValue Cast(CesqlValue value, CesqlType type, string subject, ref Run run)
    {
        if (!value.TryCast(type, out var cast))
        {
            run.Fail(CesqlErrorKind.Cast, Position, subject);
        }

        return cast;
    }
}

/// <summary>A literal.</summary>
internal sealed class Literal(int position, CesqlValue value) : Node(position, 1)
{
    public override CesqlValue Evaluate(ref Run run) => value;
}

/// <summary>A context attribute by its name. Missing, it is an error that keeps the operator around it from being carried out.</summary>
internal sealed class Identifier(int position, string name) : Node(position, 1)
{
    private readonly bool core = CloudEvent.CoreAttributes.Contains(name);

    public override CesqlValue Evaluate(ref Run run)
    {
        if (core)
        {
            if (run.Event.TextOf(name) is { } text)
            {
                return CesqlValue.Of(text);
            }
        }
        else if (run.Event.Extensions.TryGet(name, out var value))
        {
            return value switch
            {
                AttributeValue.Integer integer => CesqlValue.Of(integer.Value),
                AttributeValue.Boolean boolean => CesqlValue.Of(boolean.Value),
                _ => CesqlValue.Of(value.Canonical),
            };
        }

        run.Fail(CesqlErrorKind.MissingAttribute, Position, name);
        return CesqlValue.Of(false);
    }
}

/// <summary><c>EXISTS name</c>.</summary>
internal sealed class Exists(int position, string name) : Node(position, 1)
{
    public override CesqlValue Evaluate(ref Run run) => CesqlValue.Of(run.Event.TextOf(name) is not null);
}

/// <summary><c>NOT x</c>.</summary>
internal sealed class Not(int position, Node operand) : Node(position, operand.Depth + 1)
{
    public override CesqlValue Evaluate(ref Run run)
    {
        if (!TryEvaluate(operand, ref run, out var value))
        {
            return CesqlValue.Of(false);
        }

        // The conformance cases keep NOT from an Integer (NOT 10 is TRUE with a cast error), though the table of casts allows it elsewhere.
        if (value.Type == CesqlType.Integer)
        {
            run.Fail(CesqlErrorKind.Cast, Position, "NOT");
            return CesqlValue.Of(true);
        }

        return CesqlValue.Of(!Cast(value, CesqlType.Boolean, "NOT", ref run).AsBoolean);
    }
}

/// <summary><c>-x</c>.</summary>
internal sealed class Negate(int position, Node operand) : Node(position, operand.Depth + 1)
{
    public override CesqlValue Evaluate(ref Run run)
    {
        if (!TryEvaluate(operand, ref run, out var value))
        {
            return CesqlValue.Of(0);
        }

        var number = Cast(value, CesqlType.Integer, "-", ref run).AsInteger;
        if (number == int.MinValue)
        {
            run.Fail(CesqlErrorKind.Math, Position, "-");
            return CesqlValue.Of(0);
        }

        return CesqlValue.Of(-number);
    }
}

/// <summary><c>AND</c>, <c>OR</c>, <c>XOR</c>; the first two leave the right side alone when the left decides.</summary>
internal sealed class Logic(int position, string @operator, Node left, Node right) : Node(position, Math.Max(left.Depth, right.Depth) + 1)
{
    public override CesqlValue Evaluate(ref Run run)
    {
        if (!TryEvaluate(left, ref run, out var first))
        {
            return CesqlValue.Of(false);
        }

        var x = Cast(first, CesqlType.Boolean, @operator, ref run).AsBoolean;
        if (@operator != "XOR" && x == (@operator == "OR"))
        {
            return CesqlValue.Of(x);
        }

        if (!TryEvaluate(right, ref run, out var second))
        {
            return CesqlValue.Of(false);
        }

        var y = Cast(second, CesqlType.Boolean, @operator, ref run).AsBoolean;
        return CesqlValue.Of(@operator switch
        {
            "AND" => x && y,
            "OR" => x || y,
            _ => x != y,
        });
    }
}

/// <summary>The comparisons: equality takes the type of its right side, order compares integers.</summary>
internal sealed class Comparison(int position, string @operator, Node left, Node right) : Node(position, Math.Max(left.Depth, right.Depth) + 1)
{
    private readonly bool equality = @operator is "=" or "!=" or "<>";

    public override CesqlValue Evaluate(ref Run run)
    {
        if (!TryEvaluate(left, ref run, out var x) || !TryEvaluate(right, ref run, out var y))
        {
            return CesqlValue.Of(false);
        }

        if (equality)
        {
            return CesqlValue.Of(Cast(x, y.Type, @operator, ref run) == y == (@operator == "="));
        }

        var difference = Cast(x, CesqlType.Integer, @operator, ref run).AsInteger.CompareTo(Cast(y, CesqlType.Integer, @operator, ref run).AsInteger);
        return CesqlValue.Of(@operator switch
        {
            "<" => difference < 0,
            "<=" => difference <= 0,
            ">" => difference > 0,
            _ => difference >= 0,
        });
    }
}

/// <summary>The arithmetic on integers. A result that does not fit in 32 bits is a math error and 0, as a division by zero is.</summary>
internal sealed class Arithmetic(int position, string @operator, Node left, Node right) : Node(position, Math.Max(left.Depth, right.Depth) + 1)
{
    public override CesqlValue Evaluate(ref Run run)
    {
        if (!TryEvaluate(left, ref run, out var first) || !TryEvaluate(right, ref run, out var second))
        {
            return CesqlValue.Of(0);
        }

        long x = Cast(first, CesqlType.Integer, @operator, ref run).AsInteger;
        long y = Cast(second, CesqlType.Integer, @operator, ref run).AsInteger;
        long? result = @operator switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => y == 0 ? null : x / y,
            _ => y == 0 ? null : x % y,
        };
        if (result is not (>= int.MinValue and <= int.MaxValue))
        {
            run.Fail(CesqlErrorKind.Math, Position, @operator);
            return CesqlValue.Of(0);
        }

        return CesqlValue.Of((int)result.Value);
    }
}

/// <summary><c>x LIKE 'pattern'</c> and <c>x NOT LIKE 'pattern'</c>.</summary>
internal sealed class Like(int position, Node operand, LikePattern pattern, bool negated) : Node(position, operand.Depth + 1)
{
    public override CesqlValue Evaluate(ref Run run) =>
        CesqlValue.Of(TryEvaluate(operand, ref run, out var value) && pattern.Matches(Cast(value, CesqlType.String, "LIKE", ref run).AsString) != negated);
}

/// <summary><c>x IN (…)</c> and <c>x NOT IN (…)</c>: each element is cast to the type of x, up to the first that equals it.</summary>
internal sealed class In(int position, Node operand, Node[] elements, bool negated) : Node(position, Math.Max(operand.Depth, elements.Max(element => element.Depth)) + 1)
{
    public override CesqlValue Evaluate(ref Run run)
    {
        if (!TryEvaluate(operand, ref run, out var value))
        {
            return CesqlValue.Of(false);
        }

        foreach (var element in elements)
        {
            if (!TryEvaluate(element, ref run, out var candidate))
            {
                return CesqlValue.Of(false);
            }

            var before = run.Failures;
            if (Cast(candidate, value.Type, "IN", ref run) == value && run.Failures == before)
            {
                return CesqlValue.Of(!negated);
            }
        }

        return CesqlValue.Of(negated);
    }
}

/// <summary>The call of a function.</summary>
internal sealed class Call(int position, string name, CesqlFunction? function, Node[] arguments) : Node(position, arguments.Select(argument => argument.Depth).DefaultIfEmpty().Max() + 1)
{
    public override CesqlValue Evaluate(ref Run run)
    {
        if (function is null)
        {
            run.Fail(CesqlErrorKind.MissingFunction, Position, name);
            return CesqlValue.Of(false);
        }

        var values = new CesqlValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryEvaluate(arguments[i], ref run, out var value))
            {
                return CesqlValue.Zero(function.Returns);
            }

            var type = i < function.Parameters.Count ? function.Parameters[i] : function.Rest;
            values[i] = type is { } asked ? Cast(value, asked, name, ref run) : value;
        }

        return Invoke(function, values, ref run);
    }

    /// <summary>A function of others that throws, or that returns another type than it says, is an error of that function and not of the evaluation.</summary>
    private CesqlValue Invoke(CesqlFunction called, CesqlValue[] values, ref Run run)
    {
        CesqlReturn returned;
        try
        {
            returned = called.Body(values);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            returned = new(CesqlValue.Zero(called.Returns), CesqlErrorKind.FunctionEvaluation);
        }

        if (returned.Value.Type != called.Returns)
        {
            returned = new(CesqlValue.Zero(called.Returns), returned.Error ?? CesqlErrorKind.FunctionEvaluation);
        }

        if (returned.Error is { } error)
        {
            run.Fail(error, Position, name);
        }

        return returned.Value;
    }
}
