using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>
/// What a case has by now of its items and their facts, to tell news from what is said again: a record says all of itself with each of
/// its events, and writing that down each time would make the log of a case grow with its square.
/// </summary>
internal sealed class LastKnown
{
    private readonly CaseState state;
    private readonly Dictionary<(ItemKind, string?, string), (Value Value, DateOnly? HoldsFrom)> facts = [];

    public LastKnown(CaseState state)
    {
        this.state = state;
        foreach (var (fact, holdsFrom) in state.FactLog)
        {
            facts[(fact.On, fact.ItemId, fact.Fact)] = (fact.Value, holdsFrom);
        }
    }

    /// <summary>Whether the newest that was recorded of this fact is the same, and holds for every day.</summary>
    public bool Has(ItemKind on, string? id, string fact, Value value) =>
        facts.TryGetValue((on, id, fact), out var known) ? known.HoldsFrom is null && known.Value == value : !value.IsKnown;

    /// <summary>Whether recording this provision would change nothing.</summary>
    public bool Has(ProvisionEntry told) =>
        state.Provisions.FirstOrDefault(known => known.Id == told.Id) is { } known
        && known.NeedIds.SequenceEqual(told.NeedIds)
        && known with { NeedIds = told.NeedIds, Facts = told.Facts } == told
        && told.Facts.All(fact => Has(ItemKind.Provision, told.Id, fact.Key, fact.Value));

    /// <summary>Whether recording this party would change nothing.</summary>
    public bool Has(PartyEntry told) =>
        state.Parties.FirstOrDefault(known => known.Id == told.Id) is { } known
        && known.ProvisionIds.SequenceEqual(told.ProvisionIds)
        && known with { ProvisionIds = told.ProvisionIds, Facts = told.Facts } == told
        && told.Facts.All(fact => Has(ItemKind.Party, told.Id, fact.Key, fact.Value));
}
