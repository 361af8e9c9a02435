using System.Text;

namespace Samenhang.Events.Cesql;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    End,
    Word,
    Text,
    Symbol,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word, the symbol, or the text between the quotes with its escaped quotes made plain.</param>
/// <param name="Upper">A word in upper case; else empty.</param>
/// <param name="Position">Where it starts, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Upper, int Position)
{
    public bool IsDigits => Kind == TokenKind.Word && Text.All(char.IsAsciiDigit);

    public bool IsKeyword(string upper) => Kind == TokenKind.Word && Upper == upper;

    public bool IsSymbol(params ReadOnlySpan<string> symbols) => Kind == TokenKind.Symbol && symbols.Contains(Text);
}

/// <summary>Cuts a text into tokens, one at a time.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Symbols = ["!=", "<>", "<=", ">=", "(", ")", ",", "*", "/", "%", "+", "-", "=", "<", ">"];

    private int at;

    public Token Current { get; private set; }

    public void Next()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        Current = Read();
    }

    private Token Read()
    {
        var start = at;
        if (at == text.Length)
        {
            return new(TokenKind.End, "", "", start + 1);
        }

        if (IsWordCharacter(text[at]))
        {
            while (at < text.Length && IsWordCharacter(text[at]))
            {
                at++;
            }

            var word = text[start..at];
            return new(TokenKind.Word, word, word.ToUpperInvariant(), start + 1);
        }

        if (text[at] is '\'' or '"')
        {
            return new(TokenKind.Text, Quoted(), "", start + 1);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                at += symbol.Length;
                return new(TokenKind.Symbol, symbol, "", start + 1);
            }
        }

        throw new CesqlSyntaxException("dit teken past hier niet", "this character does not fit here", start + 1);
    }

    /// <summary>
    /// The text up to the closing quote. The quote itself is written <c>\'</c> or twice; any other backslash stays with the character after it, for LIKE to read.
    /// </summary>
    private string Quoted()
    {
        var quote = text[at];
        var start = ++at;
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                value.Append(next == quote ? "" : "\\").Append(next);
                at++;
            }
            else if (text[at] == quote && next == quote)
            {
                value.Append(quote);
                at++;
            }
            else if (text[at] == quote)
            {
                at++;
                return value.ToString();
            }
            else
            {
                value.Append(text[at]);
            }
        }

        throw new CesqlSyntaxException("de tekst tussen aanhalingstekens is niet gesloten", "the text between quotes is not closed", start);
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
