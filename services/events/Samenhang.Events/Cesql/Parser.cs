using System.Globalization;

namespace Samenhang.Events.Cesql;

/// <summary>
/// Text to tree, by recursive descent: one token ahead, never back. From tight to loose: signs and NOT; LIKE and IN; * / %; + -; comparisons;
/// AND, OR and XOR, which bind alike and from left to right.
/// </summary>
internal sealed class Parser(string text, CesqlFunctions functions)
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal) { "AND", "OR", "XOR", "NOT", "LIKE", "EXISTS", "IN", "TRUE", "FALSE" };

    private readonly List<string> unknown = [];
    private readonly Lexer lexer = new(text);
    private int nesting;

    private Token Current => lexer.Current;

    public static bool IsKeyword(string upper) => Keywords.Contains(upper);

    public Parsed<CesqlExpression> Parse()
    {
        if (text.Length > CesqlExpression.LongestText)
        {
            return new([new("sql", $"is langer dan {CesqlExpression.LongestText} tekens", $"is longer than {CesqlExpression.LongestText} characters")]);
        }

        try
        {
            lexer.Next();
            var root = Expression();
            if (Current.Kind != TokenKind.End)
            {
                throw Unexpected();
            }

            return new(new CesqlExpression(text, root, unknown));
        }
        catch (CesqlSyntaxException fault)
        {
            return new([new("sql", $"{fault.Dutch} (plaats {fault.Position})", $"{fault.English} (position {fault.Position})")]);
        }
    }

    private Node Expression()
    {
        Enter();
        var left = ComparisonLevel();
        while (Current.IsKeyword("AND") || Current.IsKeyword("OR") || Current.IsKeyword("XOR"))
        {
            var (position, @operator) = Take();
            left = Checked(new Logic(position, @operator, left, ComparisonLevel()), position);
        }

        nesting--;
        return left;
    }

    private Node ComparisonLevel()
    {
        var left = AdditiveLevel();
        while (Current.IsSymbol("=", "!=", "<>", "<", "<=", ">", ">="))
        {
            var (position, @operator) = Take();
            left = Checked(new Comparison(position, @operator, left, AdditiveLevel()), position);
        }

        return left;
    }

    private Node AdditiveLevel()
    {
        var left = MultiplicativeLevel();
        while (Current.IsSymbol("+", "-"))
        {
            var (position, @operator) = Take();
            left = Checked(new Arithmetic(position, @operator, left, MultiplicativeLevel()), position);
        }

        return left;
    }

    private Node MultiplicativeLevel()
    {
        var left = PredicateLevel();
        while (Current.IsSymbol("*", "/", "%"))
        {
            var (position, @operator) = Take();
            left = Checked(new Arithmetic(position, @operator, left, PredicateLevel()), position);
        }

        return left;
    }

    private Node PredicateLevel()
    {
        var left = Unary();
        while (true)
        {
            var negated = Current.IsKeyword("NOT");
            if (!negated && !Current.IsKeyword("LIKE") && !Current.IsKeyword("IN"))
            {
                return left;
            }

            var position = Current.Position;
            if (negated)
            {
                lexer.Next();
            }

            if (Current.IsKeyword("LIKE"))
            {
                lexer.Next();
                if (Current.Kind != TokenKind.Text)
                {
                    throw Fault("na LIKE hoort een patroon tussen aanhalingstekens", "LIKE takes a pattern between quotes");
                }

                left = Checked(new Like(position, left, new LikePattern(Current.Text), negated), position);
                lexer.Next();
            }
            else if (Current.IsKeyword("IN"))
            {
                lexer.Next();
                Expect("(");
                left = Checked(new In(position, left, List(), negated), position);
            }
            else
            {
                throw Unexpected();
            }
        }
    }

    private Node Unary()
    {
        var position = Current.Position;
        if (Current.IsKeyword("NOT"))
        {
            Enter();
            lexer.Next();
            var operand = Unary();
            nesting--;
            return new Not(position, operand);
        }

        if (!Current.IsSymbol("+", "-"))
        {
            return Primary();
        }

        // A sign right before digits is part of the number; a minus before anything else is an operator.
        var sign = Current.Text;
        lexer.Next();
        if (Current.IsDigits && Current.Position == position + 1)
        {
            return Number(sign, position);
        }

        if (sign == "+")
        {
            throw Unexpected();
        }

        Enter();
        var negated = Unary();
        nesting--;
        return new Negate(position, negated);
    }

    private Node Primary()
    {
        var position = Current.Position;
        switch (Current.Kind)
        {
            case TokenKind.Text:
                var literal = new Literal(position, CesqlValue.Of(Current.Text));
                lexer.Next();
                return literal;
            case TokenKind.Symbol when Current.Text == "(":
                lexer.Next();
                var inner = Expression();
                Expect(")");
                return inner;
            case TokenKind.Word when Current.IsDigits:
                return Number("", position);
            case TokenKind.Word when Current.IsKeyword("TRUE") || Current.IsKeyword("FALSE"):
                var truth = Current.IsKeyword("TRUE");
                lexer.Next();
                return new Literal(position, CesqlValue.Of(truth));
            case TokenKind.Word when Current.IsKeyword("EXISTS"):
                lexer.Next();
                return new Exists(position, Name());
            case TokenKind.Word when !IsKeyword(Current.Upper):
                return IdentifierOrCall();
            default:
                throw Unexpected();
        }
    }

    private Node IdentifierOrCall()
    {
        var word = Current;
        lexer.Next();
        if (!Current.IsSymbol("("))
        {
            return word.Text.Contains('_', StringComparison.Ordinal)
                ? throw Fault("een naam van een attribuut heeft geen _", "the name of an attribute has no _", word.Position)
                : new Identifier(word.Position, word.Text.ToLowerInvariant());
        }

        if (!char.IsAsciiLetter(word.Text[0]) || word.Text.Any(char.IsAsciiDigit))
        {
            throw Fault("een naam van een functie bestaat uit letters en _", "the name of a function consists of letters and _", word.Position);
        }

        lexer.Next();
        var arguments = Current.IsSymbol(")") ? [] : List();
        if (arguments.Length == 0)
        {
            Expect(")");
        }

        var function = functions.Find(word.Upper, arguments.Length);
        if (function is null)
        {
            unknown.Add($"{word.Upper}/{arguments.Length.ToString(CultureInfo.InvariantCulture)}");
        }

        return Checked(new Call(word.Position, word.Upper, function, arguments), word.Position);
    }

    /// <summary>One expression or more with commas between, and the bracket that closes them.</summary>
    private Node[] List()
    {
        var nodes = new List<Node> { Expression() };
        while (Current.IsSymbol(","))
        {
            lexer.Next();
            nodes.Add(Expression());
        }

        Expect(")");
        return [.. nodes];
    }

    private string Name()
    {
        if (Current.Kind != TokenKind.Word || IsKeyword(Current.Upper) || Current.IsDigits || Current.Text.Contains('_', StringComparison.Ordinal))
        {
            throw Fault("na EXISTS hoort de naam van een attribuut", "EXISTS takes the name of an attribute");
        }

        var name = Current.Text.ToLowerInvariant();
        lexer.Next();
        return name;
    }

    private Literal Number(string sign, int position)
    {
        if (!int.TryParse(sign + Current.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw Fault("het getal past niet in 32 bits", "the number does not fit in 32 bits", position);
        }

        lexer.Next();
        return new Literal(position, CesqlValue.Of(value));
    }

    private (int Position, string Operator) Take()
    {
        var taken = (Current.Position, Current.Kind == TokenKind.Word ? Current.Upper : Current.Text);
        lexer.Next();
        return taken;
    }

    private void Expect(string symbol)
    {
        if (!Current.IsSymbol(symbol))
        {
            throw Fault($"hier hoort {symbol}", $"expected {symbol} here");
        }

        lexer.Next();
    }

    private void Enter()
    {
        if (++nesting > CesqlExpression.DeepestNesting)
        {
            throw Fault($"staat dieper dan {CesqlExpression.DeepestNesting} in elkaar", $"is nested deeper than {CesqlExpression.DeepestNesting}");
        }
    }

    private Node Checked(Node node, int position) =>
        node.Depth <= CesqlExpression.DeepestTree ? node : throw Fault($"heeft meer dan {CesqlExpression.DeepestTree} bewerkingen achter elkaar", $"has more than {CesqlExpression.DeepestTree} operations in a row", position);

    private CesqlSyntaxException Unexpected() =>
        Current.Kind == TokenKind.End ? Fault("de uitdrukking is niet af", "the expression is not finished") : Fault("dit past hier niet", "this does not fit here");

    private CesqlSyntaxException Fault(string dutch, string english, int? position = null) => new(dutch, english, position ?? Current.Position);
}

/// <summary>Where the text stops being an expression. It does not leave the parser: the caller gets a fault as a value.</summary>
internal sealed class CesqlSyntaxException(string dutch, string english, int position) : Exception(english)
{
    public string Dutch => dutch;

    public string English => Message;

    public int Position => position;
}
