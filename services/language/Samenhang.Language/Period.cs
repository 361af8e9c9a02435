namespace Samenhang.Language;

/// <summary>A span of days. Both ends are inclusive, as in the law's "from … up to and including"; null is an open end.</summary>
public readonly record struct Period(DateOnly? From, DateOnly? To)
{
    /// <summary>Open at both ends.</summary>
    public static Period Always => default;

    /// <summary>Whether the day lies in the period.</summary>
    public bool Contains(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);

    /// <summary>Whether a day lies in both.</summary>
    public bool Overlaps(Period other) => !(To < other.From) && !(other.To < From);

    /// <summary>2013-01-01..2016-12-31, with an open end left out.</summary>
    public override string ToString() => $"{From:yyyy-MM-dd}..{To:yyyy-MM-dd}";
}
