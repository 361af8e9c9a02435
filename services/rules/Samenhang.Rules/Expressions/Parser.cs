using System.Globalization;

namespace Samenhang.Rules.Expressions;

/// <summary>
/// Reads the expression language (docs/rulebook.md, vocabulary: predicate language). Binding, strongest first: @ and field;
/// unary minus; * /; + -; comparison, which does not chain; not; and; or.
/// </summary>
internal sealed class Parser
{
    private static readonly HashSet<string> Operators = ["=", "!=", "<", "<=", ">", ">="];
    private static readonly HashSet<string> SetOperators = ["in", "contains", "intersects", "subsetOf"];
    private static readonly HashSet<string> ArgumentNames = ["after", "to", "of", "by", "from"];

    private readonly List<Token> tokens;
    private int at;

    private Parser(string text) => tokens = Lexer.Read(text);

    private Token Here => tokens[at];

    private Token Next => tokens[Math.Min(at + 1, tokens.Count - 1)];

    /// <exception cref="ExpressionException">The text is no expression.</exception>
    internal static Syntax Parse(string text)
    {
        var parser = new Parser(text);
        var whole = parser.Predicate();
        return parser.Here.Kind == TokenKind.End ? whole : throw parser.Unexpected("the end, 'and' or 'or'");
    }

    private Syntax Predicate()
    {
        var parts = new List<Syntax> { Conjunction() };
        while (Here.IsWord("or"))
        {
            at++;
            parts.Add(Conjunction());
        }

        return parts.Count == 1 ? parts[0] : new Syntax.Or(parts, parts[0].Start, parts[^1].End);
    }

    private Syntax Conjunction()
    {
        var parts = new List<Syntax> { Negation() };
        while (Here.IsWord("and"))
        {
            at++;
            parts.Add(Negation());
        }

        return parts.Count == 1 ? parts[0] : new Syntax.And(parts, parts[0].Start, parts[^1].End);
    }

    private Syntax Negation()
    {
        if (!Here.IsWord("not"))
        {
            return Comparison();
        }

        var start = Here.Start;
        at++;
        var inner = Negation();
        return new Syntax.Not(inner, start, inner.End);
    }

    private Syntax Comparison()
    {
        var left = Sum();
        var operation = Here.Kind == TokenKind.Symbol && Operators.Contains(Here.Text) || Here.Kind == TokenKind.Word && SetOperators.Contains(Here.Text)
            ? Here.Text
            : null;
        if (operation is null)
        {
            return left;
        }

        at++;
        var right = Here.Is("{") ? SetOf() : Sum();
        if (Here.Kind == TokenKind.Symbol && Operators.Contains(Here.Text))
        {
            throw new ExpressionException(Here.Start, "comparisons do not chain; write 'and' between them");
        }

        return new Syntax.Compare(left, operation, right, left.Start, right.End);
    }

    private Syntax.SetOf SetOf()
    {
        var start = Take("{").Start;
        var members = new List<Syntax> { Sum() };
        while (Here.Is(","))
        {
            at++;
            members.Add(Sum());
        }

        return new(members, start, Take("}").End);
    }

    private Syntax Sum()
    {
        var left = Product();
        while (Here.Is("+") || Here.Is("-"))
        {
            var operation = Here.Text[0];
            at++;
            var right = Product();
            left = new Syntax.Arithmetic(left, operation, right, left.Start, right.End);
        }

        return left;
    }

    private Syntax Product()
    {
        var left = Unary();
        while (Here.Is("*") || Here.Is("/"))
        {
            var operation = Here.Text[0];
            at++;
            var right = Unary();
            left = new Syntax.Arithmetic(left, operation, right, left.Start, right.End);
        }

        return left;
    }

    private Syntax Unary()
    {
        if (!Here.Is("-"))
        {
            return Primary();
        }

        var start = Here.Start;
        at++;
        var inner = Unary();
        return new Syntax.Minus(inner, start, inner.End);
    }

    private Syntax Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Text:
                at++;
                return new Syntax.Quoted(token.Text, token.Start, token.End);
            case TokenKind.Number:
                at++;
                return new Syntax.Number(decimal.Parse(token.Text, CultureInfo.InvariantCulture), token.Start, token.End);
            case TokenKind.Symbol when token.Is("("):
                at++;
                var inner = Predicate();

                // The brackets belong to the text that an explanation shows.
                return inner with { Start = token.Start, End = Take(")").End };
            case TokenKind.Word when token.Text is "some" or "none" && Next.Is("(") && IsQuantifier():
                return Quantifier();
            case TokenKind.Word when token.Text == "count" && Next.Is("("):
                return Count();
            case TokenKind.Word when Next.Is("("):
                return AfterCall(Call());
            case TokenKind.Word:
                return Reference();
            default:
                throw Unexpected("a fact, a value or '('");
        }
    }

    /// <summary>'none' is also a code; it is a quantifier only when variables and a colon follow.</summary>
    private bool IsQuantifier()
    {
        for (var i = at + 2; i < tokens.Count; i++)
        {
            if (tokens[i].Is(":"))
            {
                return true;
            }

            if (tokens[i].Kind != TokenKind.Word && !tokens[i].Is(","))
            {
                return false;
            }
        }

        return false;
    }

    private Syntax.Quantifier Quantifier()
    {
        var start = Here.Start;
        var none = Here.Text == "none";
        at += 2;
        var variables = new List<string> { Word() };
        while (Here.Is(","))
        {
            at++;
            variables.Add(Word());
        }

        Take(":");
        var body = Predicate();
        return new(none, variables, body, start, Take(")").End);
    }

    private Syntax.Count Count()
    {
        var start = Here.Start;
        at += 2;
        Syntax? distinct = null;
        if (Here.IsWord("distinct"))
        {
            at++;
            distinct = Sum();
            if (!Here.IsWord("over"))
            {
                throw Unexpected("'over'");
            }

            at++;
        }

        var variable = Word();
        Take(":");
        var body = Predicate();
        return new(distinct, variable, body, start, Take(")").End);
    }

    private Syntax.Call Call()
    {
        var name = Here;
        at += 2;
        var arguments = new List<Syntax>();
        var named = new List<(string, Syntax)>();
        while (!Here.Is(")"))
        {
            if (arguments.Count + named.Count > 0)
            {
                Take(",");
            }

            if (Here.Kind == TokenKind.Word && ArgumentNames.Contains(Here.Text) && Next.Is("="))
            {
                var argument = Here.Text;
                at += 2;
                named.Add((argument, Sum()));
            }
            else
            {
                arguments.Add(Predicate());
            }
        }

        return new(name.Text, arguments, named, name.Start, Take(")").End);
    }

    private Syntax AfterCall(Syntax.Call call)
    {
        if (!Here.Is("."))
        {
            return call;
        }

        at++;
        var field = Here;
        Word();
        return new Syntax.Field(call, field.Text, call.Start, field.End);
    }

    private Syntax Reference()
    {
        var first = Here;
        at++;
        var names = new List<string> { first.Text };
        var end = first.End;
        while (Here.Is(".") && Next.Kind is TokenKind.Word or TokenKind.Number)
        {
            at++;
            names.Add(Here.Text);
            end = Here.End;
            at++;
        }

        if (names.Count == 1)
        {
            return DateOnly.TryParseExact(first.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new Syntax.Day(day, first.Start, first.End)
                : new Syntax.Word(first.Text, first.Start, first.End);
        }

        Syntax? on = null;
        if (Here.Is("@"))
        {
            at++;
            on = Next.Is("(") ? Call() : new Syntax.Word(Here.Text, Here.Start, Here.End);
            if (on is Syntax.Word)
            {
                Word();
            }

            end = on.End;
        }

        return new Syntax.Fact(string.Join('.', names), on, first.Start, end);
    }

    private string Word()
    {
        var word = Here;
        if (word.Kind != TokenKind.Word)
        {
            throw Unexpected("a name");
        }

        at++;
        return word.Text;
    }

    private Token Take(string symbol)
    {
        var token = Here;
        if (!token.Is(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }

        at++;
        return token;
    }

    private ExpressionException Unexpected(string expected) => new(Here.Start, $"expected {expected}, found {Here.Text}");
}
