using System.Globalization;

namespace Samenhang.Rules.Expressions;

internal enum TokenKind
{
    End,
    Word,
    Number,
    Text,
    Symbol,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    internal bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    internal bool IsWord(string word) => Kind == TokenKind.Word && Text == word;
}

/// <summary>Cuts an expression into tokens. A hyphen inside a word belongs to the word, so a minus needs spaces.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["!=", "<=", ">=", "=", "<", ">", "(", ")", "{", "}", ",", ":", "@", ".", "+", "-", "*", "/"];

    internal static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "the end", at, at));
                return tokens;
            }

            var token = text[at] == '\'' ? Quoted(text, at) : char.IsAsciiLetterOrDigit(text[at]) ? Word(text, at) : Symbol(text, at);
            tokens.Add(token);
            at = token.End;
        }
    }

    private static Token Quoted(string text, int start)
    {
        var end = text.IndexOf('\'', start + 1);
        return end < 0
            ? throw new ExpressionException(start, "a quoted text is not closed")
            : new(TokenKind.Text, text[(start + 1)..end], start, end + 1);
    }

    private static Token Word(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_' ||
            (text[end] == '-' && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1]))))
        {
            end++;
        }

        if (!text.AsSpan(start, end - start).ContainsAnyExceptInRange('0', '9'))
        {
            if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            {
                end++;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                {
                    end++;
                }
            }

            return new(TokenKind.Number, text[start..end], start, end);
        }

        return new(TokenKind.Word, text[start..end], start, end);
    }

    private static Token Symbol(string text, int start)
    {
        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(start).StartsWith(symbol, StringComparison.Ordinal))
            {
                return new(TokenKind.Symbol, symbol, start, start + symbol.Length);
            }
        }

        throw new ExpressionException(start, string.Create(CultureInfo.InvariantCulture, $"'{text[start]}' has no meaning here"));
    }
}
