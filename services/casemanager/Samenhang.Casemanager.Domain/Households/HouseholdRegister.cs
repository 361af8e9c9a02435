using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Households;

/// <summary>The household makes something known, or does not any more. It names no member, no case and no household.</summary>
/// <param name="Told">The household facts that are new or other than before.</param>
/// <param name="TakenBack">The household facts that hold no more. What the case itself knew of them stands again.</param>
/// <param name="Recorded">When.</param>
public sealed record HouseholdHeard(IReadOnlyList<PlacedFact> Told, IReadOnlyList<string> TakenBack, DateTimeOffset Recorded) : CaseChange;

/// <summary>What a case heard of its household and still holds.</summary>
public sealed record HouseholdRegister
{
    private HouseholdRegister()
    {
    }

    /// <summary>Nothing.</summary>
    public static HouseholdRegister Empty { get; } = new();

    /// <summary>The facts that the household makes known now.</summary>
    public ImmutableSortedDictionary<string, PlacedFact> Told { get; private init; } = ImmutableSortedDictionary<string, PlacedFact>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>What differs between what the household makes known and what the case heard; null when nothing does.</summary>
    internal static HouseholdHeard? Hear(CaseState state, CaseCommand.HearHousehold household)
    {
        var heard = state.Household.Told;
        var known = household.Told.Where(fact => !KnowsMore(state, fact.Key, fact.Value)).ToDictionary();
        var news = known.Where(fact => heard.GetValueOrDefault(fact.Key)?.Value != fact.Value).OrderBy(fact => fact.Key, StringComparer.Ordinal).ToList();
        var gone = heard.Keys.Where(id => !known.ContainsKey(id)).ToList();
        return news.Count == 0 && gone.Count == 0
            ? null
            : new HouseholdHeard([.. news.Select(fact => new PlacedFact(fact.Key, fact.Value))], gone, household.At.Instant);
    }

    /// <summary>The register after one more change.</summary>
    internal HouseholdRegister After(HouseholdHeard heard) =>
        this with { Told = Told.RemoveRange(heard.TakenBack).SetItems(heard.Told.Select(fact => KeyValuePair.Create(fact.Fact, fact))) };

    /// <summary>The facts of the case after one more change: what the household said before of the same makes place.</summary>
    internal ImmutableList<(PlacedFact Fact, DateOnly? HoldsFrom)> In(ImmutableList<(PlacedFact Fact, DateOnly? HoldsFrom)> facts, HouseholdHeard heard)
    {
        var replaced = heard.TakenBack.Concat(heard.Told.Select(fact => fact.Fact)).Select(id => Told.GetValueOrDefault(id)).OfType<PlacedFact>().ToList();
        return facts.RemoveAll(entry => replaced.Exists(old => ReferenceEquals(old, entry.Fact)))
            .AddRange(heard.Told.Select(fact => (fact, (DateOnly?)null)));
    }

    /// <summary>
    /// Whether the case itself knows of at least as many: the links count those who have a case, and there may be more. What the
    /// household said is not what the case itself knows.
    /// </summary>
    private static bool KnowsMore(CaseState state, string id, Value told)
    {
        if (told.Kind != ValueKind.Number)
        {
            return false;
        }

        var heard = state.Household.Told.GetValueOrDefault(id);
        var own = state.FactLog.FindLast(entry => entry.Fact.Fact == id && entry.Fact.On == ItemKind.Case && !ReferenceEquals(entry.Fact, heard)).Fact;
        return own is { Value.Kind: ValueKind.Number } && own.Value.Number >= told.Number;
    }
}
