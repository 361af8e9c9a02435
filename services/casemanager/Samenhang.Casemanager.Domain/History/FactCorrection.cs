using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.History;

/// <summary>In which way something became known after the fact.</summary>
public enum CorrectionKind
{
    /// <summary>Nothing was known, and what was recorded holds from an earlier day.</summary>
    Late,

    /// <summary>Something else was known.</summary>
    Corrected,

    /// <summary>What was known is not known any more.</summary>
    TakenBack,
}

/// <summary>What was recorded of a fact, when and by whom.</summary>
/// <param name="Value">The value; unknown = it was taken back.</param>
/// <param name="HoldsFrom">The day from which it holds; null = for the whole time.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="By">Who said so: a party id, role or service.</param>
public sealed record RecordedValue(Value Value, DateOnly? HoldsFrom, DateTimeOffset RecordedAt, string By);

/// <summary>A fact that was recorded late or corrected.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Fact">The fact.</param>
/// <param name="On">On which kind of item it stands.</param>
/// <param name="ItemId">The item, or null.</param>
/// <param name="Before">What was recorded before; null = nothing.</param>
/// <param name="Now">What was recorded now.</param>
public sealed record FactCorrection(CorrectionKind Kind, string Fact, ItemKind On, string? ItemId, RecordedValue? Before, RecordedValue Now)
{
    /// <summary>Where in the log the value before was recorded, counted from 0; -1 = nowhere.</summary>
    public int BeforeIndex { get; init; } = -1;

    /// <summary>Where in the log the correction stands, counted from 0.</summary>
    public int Index { get; init; }

    /// <summary>The domains that were shown the value before.</summary>
    public IReadOnlyList<ShownToDomain> Shown { get; init; } = [];
}

/// <summary>A domain was shown a value that was corrected later.</summary>
/// <param name="Service">The domain.</param>
/// <param name="At">When it was shown the old value last.</param>
/// <param name="CorrectedAt">When it was asked anew without the old value; null = not yet.</param>
public sealed record ShownToDomain(string Service, DateTimeOffset At, DateTimeOffset? CorrectedAt);
