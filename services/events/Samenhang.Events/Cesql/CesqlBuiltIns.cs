namespace Samenhang.Events.Cesql;

/// <summary>The functions of CESQL. A character is a Unicode code point: a text is never cut inside one.</summary>
internal static class CesqlBuiltIns
{
    private const CesqlType String = CesqlType.String;
    private const CesqlType Integer = CesqlType.Integer;
    private const CesqlType Boolean = CesqlType.Boolean;

    /// <summary>The longest text that is put together: a short expression must not make a long one of an event again and again.</summary>
    private const int LongestText = 256 * 1024;

    public static IReadOnlyList<CesqlFunction> All { get; } =
    [
        new() { Name = "LENGTH", Parameters = [String], Returns = Integer, Body = x => new(CesqlValue.Of(Length(x[0].AsString))) },
        new() { Name = "CONCAT", Variadic = true, Rest = String, Returns = String, Body = x => Join("", x) },
        new() { Name = "CONCAT_WS", Parameters = [String], Variadic = true, Rest = String, Returns = String, Body = x => Join(x[0].AsString, x[1..]) },
        new() { Name = "LOWER", Parameters = [String], Returns = String, Body = x => new(CesqlValue.Of(x[0].AsString.ToLowerInvariant())) },
        new() { Name = "UPPER", Parameters = [String], Returns = String, Body = x => new(CesqlValue.Of(x[0].AsString.ToUpperInvariant())) },
        new() { Name = "TRIM", Parameters = [String], Returns = String, Body = x => new(CesqlValue.Of(x[0].AsString.Trim())) },
        new() { Name = "LEFT", Parameters = [String, Integer], Returns = String, Body = x => Part(x[0].AsString, x[1].AsInteger, fromLeft: true) },
        new() { Name = "RIGHT", Parameters = [String, Integer], Returns = String, Body = x => Part(x[0].AsString, x[1].AsInteger, fromLeft: false) },
        new() { Name = "SUBSTRING", Parameters = [String, Integer], Returns = String, Body = x => Substring(x[0].AsString, x[1].AsInteger, int.MaxValue) },
        new() { Name = "SUBSTRING", Parameters = [String, Integer, Integer], Returns = String, Body = x => Substring(x[0].AsString, x[1].AsInteger, x[2].AsInteger) },
        new() { Name = "ABS", Parameters = [Integer], Returns = Integer, Body = x => Abs(x[0].AsInteger) },
        new() { Name = "INT", Parameters = [null], Returns = Integer, Body = x => Cast(x[0], Integer) },
        new() { Name = "BOOL", Parameters = [null], Returns = Boolean, Body = x => Cast(x[0], Boolean) },
        new() { Name = "STRING", Parameters = [null], Returns = String, Body = x => Cast(x[0], String) },
        new() { Name = "IS_INT", Parameters = [null], Returns = Boolean, Body = x => new(CesqlValue.Of(x[0].TryCast(Integer, out _))) },
        new() { Name = "IS_BOOL", Parameters = [null], Returns = Boolean, Body = x => new(CesqlValue.Of(x[0].TryCast(Boolean, out _))) },
    ];

    private static CesqlReturn Cast(CesqlValue value, CesqlType type) => new(Casted(value, type, out var fits), fits ? null : CesqlErrorKind.Cast);

    private static CesqlValue Casted(CesqlValue value, CesqlType type, out bool fits)
    {
        fits = value.TryCast(type, out var cast);
        return cast;
    }

    private static CesqlReturn Abs(int value) =>
        value == int.MinValue ? new(CesqlValue.Of(int.MaxValue), CesqlErrorKind.Math) : new(CesqlValue.Of(Math.Abs(value)));

    private static CesqlReturn Join(string delimiter, ReadOnlySpan<CesqlValue> parts)
    {
        var texts = new string[parts.Length];
        long length = (long)delimiter.Length * parts.Length;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = parts[i].AsString;
            length += texts[i].Length;
        }

        return length > LongestText ? new(CesqlValue.Of(""), CesqlErrorKind.FunctionEvaluation) : new(CesqlValue.Of(string.Join(delimiter, texts)));
    }

    private static int Length(string text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            pairs += char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        return text.Length - pairs;
    }

    private static CesqlReturn Part(string text, int count, bool fromLeft)
    {
        var length = Length(text);
        if (count < 0 || count >= length)
        {
            return new(CesqlValue.Of(text), count < 0 ? CesqlErrorKind.FunctionEvaluation : null);
        }

        return new(CesqlValue.Of(fromLeft ? text[..Index(text, count)] : text[Index(text, length - count)..]));
    }

    private static CesqlReturn Substring(string text, int position, int count)
    {
        var length = Length(text);
        if (position > length || position < -length || count < 0)
        {
            return new(CesqlValue.Of(""), CesqlErrorKind.FunctionEvaluation);
        }

        if (position == 0)
        {
            return new(CesqlValue.Of(""));
        }

        var start = position > 0 ? position - 1 : length + position;
        var end = start + Math.Min(count, length - start);
        return new(CesqlValue.Of(text[Index(text, start)..Index(text, end)]));
    }

    /// <summary>Where in the text the code point of that number starts.</summary>
    private static int Index(string text, int codePoint)
    {
        var at = 0;
        for (; codePoint > 0; codePoint--)
        {
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        }

        return at;
    }
}
