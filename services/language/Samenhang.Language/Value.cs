using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Samenhang.Language;

/// <summary>What kind of thing a <see cref="Value"/> holds.</summary>
public enum ValueKind
{
    /// <summary>Not known. The default, so that what nobody wrote is unknown.</summary>
    Unknown,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A number, whole or decimal.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A code of a list, an identifier or a text.</summary>
    Code,

    /// <summary>A set of codes; the empty set is a known value.</summary>
    Set,
}

/// <summary>
/// A value of a fact, a parameter or an expression. The default is unknown. Two values are equal when kind and content
/// are; two unknowns are equal as values, but comparing an unknown in an expression gives <see cref="Truth.Unknown"/>.
/// </summary>
[JsonConverter(typeof(ValueJsonConverter))]
public readonly struct Value : IEquatable<Value>
{
    private readonly decimal number;
    private readonly object? content;

    private Value(ValueKind kind, decimal number, object? content)
    {
        Kind = kind;
        this.number = number;
        this.content = content;
    }

    /// <summary>The unknown value.</summary>
    public static Value Unknown => default;

    /// <summary>What this value holds.</summary>
    public ValueKind Kind { get; }

    /// <summary>Whether the value is known.</summary>
    public bool IsKnown => Kind != ValueKind.Unknown;

    /// <summary>The number of a <see cref="ValueKind.Number"/>.</summary>
    public decimal Number => Kind == ValueKind.Number ? number : throw Wrong(ValueKind.Number);

    /// <summary>The day of a <see cref="ValueKind.Date"/>.</summary>
    public DateOnly Date => Kind == ValueKind.Date ? DateOnly.FromDayNumber((int)number) : throw Wrong(ValueKind.Date);

    /// <summary>The code or text of a <see cref="ValueKind.Code"/>.</summary>
    public string Code => Kind == ValueKind.Code ? (string)content! : throw Wrong(ValueKind.Code);

    /// <summary>The members of a <see cref="ValueKind.Set"/>, in ordinal order, each once.</summary>
    public ImmutableArray<string> Set => Kind == ValueKind.Set ? (ImmutableArray<string>)content! : throw Wrong(ValueKind.Set);

    /// <summary>The truth of this value: a known bool, else unknown.</summary>
    public Truth Truth => Kind == ValueKind.Bool ? (number != 0 ? Truth.True : Truth.False) : Truth.Unknown;

    /// <summary>A known true or false.</summary>
    public static Value Of(bool value) => new(ValueKind.Bool, value ? 1 : 0, null);

    /// <summary>True and false are known; <see cref="Truth.Unknown"/> is the unknown value.</summary>
    public static Value Of(Truth truth) => truth == Truth.Unknown ? default : Of(truth == Truth.True);

    /// <summary>A number.</summary>
    public static Value Of(decimal value) => new(ValueKind.Number, value, null);

    /// <summary>A day.</summary>
    public static Value Of(DateOnly value) => new(ValueKind.Date, value.DayNumber, null);

    /// <summary>A code or text; null is unknown.</summary>
    public static Value Of(string? code) => code is null ? default : new(ValueKind.Code, 0, code);

    /// <summary>A set of codes; order and doubles do not matter.</summary>
    public static Value SetOf(IEnumerable<string> members) =>
        new(ValueKind.Set, 0, members.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray());

    /// <summary>Whether a set holds the member; false for every other kind.</summary>
    public bool Contains(string member) =>
        Kind == ValueKind.Set && ((ImmutableArray<string>)content!).BinarySearch(member, StringComparer.Ordinal) >= 0;

    /// <inheritdoc/>
    public bool Equals(Value other) => Kind == other.Kind && number == other.number && Kind switch
    {
        ValueKind.Code => string.Equals((string)content!, (string)other.content!, StringComparison.Ordinal),
        ValueKind.Set => ((ImmutableArray<string>)content!).AsSpan().SequenceEqual(((ImmutableArray<string>)other.content!).AsSpan()),
        _ => true,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        ValueKind.Code => ((string)content!).GetHashCode(StringComparison.Ordinal),
        ValueKind.Set => ((ImmutableArray<string>)content!).Length == 0 ? 1 : ((ImmutableArray<string>)content!)[0].GetHashCode(StringComparison.Ordinal),
        _ => HashCode.Combine(Kind, number),
    };

    /// <summary>Whether both have the same kind and content.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Whether kind or content differ.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>The value as it stands in a case file: true, 12.5, 2016-10-01, burn-out, {a, b}; "unknown" when not known.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Bool => number != 0 ? "true" : "false",
        ValueKind.Number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        ValueKind.Date => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ValueKind.Code => (string)content!,
        ValueKind.Set => "{" + string.Join(", ", (ImmutableArray<string>)content!) + "}",
        _ => "unknown",
    };

    private InvalidOperationException Wrong(ValueKind asked) => new($"A value of kind {Kind} was read as {asked}.");
}
