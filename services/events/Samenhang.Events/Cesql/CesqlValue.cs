using System.Globalization;

namespace Samenhang.Events.Cesql;

/// <summary>The three types of CESQL.</summary>
public enum CesqlType
{
    /// <summary>True or false; also what stands where no type can be known.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits, with sign.</summary>
    Integer,

    /// <summary>Text; URIs and timestamps are text too.</summary>
    String,
}

/// <summary>A value of CESQL. The default is false.</summary>
public readonly record struct CesqlValue
{
    private readonly int number;
    private readonly string? text;

    private CesqlValue(CesqlType type, int number, string? text)
    {
        Type = type;
        this.number = number;
        this.text = text;
    }

    /// <summary>The type of the value.</summary>
    public CesqlType Type { get; }

    /// <summary>The value if it is a Boolean, else false.</summary>
    public bool AsBoolean => Type == CesqlType.Boolean && number != 0;

    /// <summary>The value if it is an Integer, else 0.</summary>
    public int AsInteger => Type == CesqlType.Integer ? number : 0;

    /// <summary>The value if it is a String, else an empty text.</summary>
    public string AsString => text ?? "";

    /// <summary>A Boolean.</summary>
    public static CesqlValue Of(bool value) => new(CesqlType.Boolean, value ? 1 : 0, null);

    /// <summary>An Integer.</summary>
    public static CesqlValue Of(int value) => new(CesqlType.Integer, value, null);

    /// <summary>A String.</summary>
    public static CesqlValue Of(string value) => new(CesqlType.String, 0, value);

    /// <summary>The zero value of a type: false, 0, an empty text.</summary>
    public static CesqlValue Zero(CesqlType type) => type switch
    {
        CesqlType.Boolean => Of(false),
        CesqlType.Integer => Of(0),
        CesqlType.String => Of(""),
    };

    /// <summary>Casts as CESQL says. On failure the value is the zero value of the type.</summary>
    public bool TryCast(CesqlType target, out CesqlValue value)
    {
        value = this;
        if (Type == target)
        {
            return true;
        }

        switch (target)
        {
            case CesqlType.String:
                value = Of(Type == CesqlType.Integer ? number.ToString(CultureInfo.InvariantCulture) : number != 0 ? "true" : "false");
                return true;
            case CesqlType.Integer when Type == CesqlType.Boolean:
                value = Of(number);
                return true;
            case CesqlType.Integer:
                var read = TryReadInteger(AsString, out var whole);
                value = Of(whole);
                return read;
            case CesqlType.Boolean when Type == CesqlType.Integer:
                value = Of(number != 0);
                return true;
            default:
                var lower = AsString.Length is 4 or 5 ? AsString.ToLowerInvariant() : "";
                value = Of(lower == "true");
                return lower is "true" or "false";
        }
    }

    /// <summary>The value as text.</summary>
    public override string ToString() => Type == CesqlType.String ? AsString : TryCast(CesqlType.String, out var shown) ? shown.AsString : "";

    // int.TryParse takes white space and trailing nulls too.
    private static bool TryReadInteger(string text, out int value)
    {
        value = 0;
        var digits = text.AsSpan(text.Length > 0 && text[0] is '+' or '-' ? 1 : 0);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
