using Samenhang.Language;

namespace Samenhang.Messages.Cases;

/// <summary>A fact by the id of the vocabulary. One that was never known is not sent; one that is taken back has a value without content.</summary>
public sealed record KnownFact(string Fact, KnownValue Value);

/// <summary>A known value. Exactly one member is filled in; which one tells its type on the other side. None: not known any more.</summary>
public sealed record KnownValue
{
    /// <summary>A yes or a no.</summary>
    public bool? Bool { get; init; }

    /// <summary>A number.</summary>
    public decimal? Number { get; init; }

    /// <summary>A day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>A code, or a text.</summary>
    public string? Code { get; init; }

    /// <summary>A set of codes; empty is known.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>The value as a message holds it; null when it is unknown.</summary>
    public static KnownValue? Of(Value value) => value.Kind switch
    {
        ValueKind.Bool => new KnownValue { Bool = value.Truth == Truth.True },
        ValueKind.Number => new KnownValue { Number = value.Number },
        ValueKind.Date => new KnownValue { Day = value.Date },
        ValueKind.Code => new KnownValue { Code = value.Code },
        ValueKind.Set => new KnownValue { Codes = value.Set },
        ValueKind.Unknown => null,
    };

    /// <summary>The value as the language holds it.</summary>
    public Value ToValue() =>
        Bool is { } truth ? Value.Of(truth)
        : Number is { } number ? Value.Of(number)
        : Day is { } day ? Value.Of(day)
        : Codes is not null ? Value.SetOf(Codes)
        : Value.Of(Code);
}
