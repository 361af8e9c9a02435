using System.Runtime.CompilerServices;
using Samenhang.Language;

namespace Samenhang.Rules.Evaluation;

/// <summary>One evaluation of one case: its items by identifier, its answers so far, its parameters and derived facts.</summary>
internal sealed class CaseContext
{
    private readonly DerivedFacts derived;
    private readonly Dictionary<string, Need> needs;
    private readonly Dictionary<string, Provision[]> provisionsOfNeed;
    private readonly Dictionary<string, Party> parties;
    private readonly Dictionary<ItemFact, Value> computed = [];
    private readonly HashSet<ItemFact> computing = [];
    private Dictionary<Provision, Need[]>? needsOfProvision;

    internal CaseContext(Case @case, DerivedFacts derived, ParameterSet parameters, IReadOnlyList<Coverage> coverage)
    {
        this.derived = derived;
        Case = @case;
        Vocabulary = derived.Vocabulary;
        Parameters = parameters;
        Coverage = coverage;
        needs = new(@case.Needs.Count);
        foreach (var need in @case.Needs)
        {
            needs.TryAdd(need.Id, need);
        }

        parties = new(@case.Parties.Count);
        foreach (var party in @case.Parties)
        {
            parties.TryAdd(party.Id, party);
        }

        provisionsOfNeed = new(@case.Needs.Count);
        foreach (var need in @case.Needs)
        {
            var count = 0;
            foreach (var provision in @case.Provisions)
            {
                count += provision.NeedIds.Contains(need.Id) ? 1 : 0;
            }

            var own = count == 0 ? [] : new Provision[count];
            foreach (var provision in @case.Provisions)
            {
                if (count > 0 && provision.NeedIds.Contains(need.Id))
                {
                    own[^count--] = provision;
                }
            }

            provisionsOfNeed[need.Id] = own;
        }
    }

    internal Case Case { get; }

    internal Vocabulary Vocabulary { get; }

    internal ParameterSet Parameters { get; }

    internal IReadOnlyList<Coverage> Coverage { get; }

    /// <summary>Where the parameters that were read are noted, for a receipt; null when nobody asks.</summary>
    internal SortedDictionary<string, Value>? ReadParameters { get; init; }

    /// <summary>A dated number on the reference day, or on another day of the case.</summary>
    internal Value Parameter(string id, DateOnly? on = null)
    {
        var value = Parameters.Get(id, Case, on ?? Case.AsOf);
        if (ReadParameters is { } noted)
        {
            noted[on is { } day ? $"{id}@{day:yyyy-MM-dd}" : id] = value;
        }

        return value;
    }

    internal Need? NeedById(string id) => needs.GetValueOrDefault(id);

    internal Party? PartyById(string? id) => id is null ? null : parties.GetValueOrDefault(id);

    internal IReadOnlyList<Provision> ProvisionsOf(Need need) => provisionsOfNeed.TryGetValue(need.Id, out var own) ? own : [];

    internal IReadOnlyList<Need> NeedsOf(Provision provision)
    {
        needsOfProvision ??= new(ReferenceEqualityComparer.Instance);
        if (!needsOfProvision.TryGetValue(provision, out var own))
        {
            own = [.. provision.NeedIds.Select(NeedById).OfType<Need>()];
            needsOfProvision[provision] = own;
        }

        return own;
    }

    /// <summary>The value of a fact on an item: stated there, else at case level; computed from its sources when it is derived and they are known.</summary>
    internal Value Fact(FactDefinition fact, object? item)
    {
        var definition = derived.DefinitionOf(fact);
        if (definition is null)
        {
            return Stated(fact, item);
        }

        var key = new ItemFact(fact, fact.Level == FactLevel.Client ? null : item);
        if (computed.TryGetValue(key, out var value))
        {
            return value;
        }

        if (!computing.Add(key))
        {
            return Stated(fact, item);
        }

        value = definition.Compute(this, key.Item);
        if (!value.IsKnown)
        {
            value = Stated(fact, item);
        }

        computing.Remove(key);
        computed[key] = value;
        return value;
    }

    /// <summary>The value as somebody wrote it: on the item, else at case level.</summary>
    internal Value Stated(FactDefinition fact, object? item)
    {
        var own = item switch
        {
            Need need => need.Facts[fact],
            Provision provision => provision.Facts[fact],
            Party party => PartyFact(fact, party),
            _ => default,
        };
        return own.IsKnown ? own : Case.Facts[fact];
    }

    /// <summary>Whether a supplied derived fact differs from what its sources give.</summary>
    internal bool HasDataConflict() => derived.Conflicts(this).Any();

    /// <summary>The provider of a provision: the party with its providerId.</summary>
    internal Party? ProviderOf(Provision provision) => PartyById(provision.ProviderId);

    /// <summary>
    /// The party of a provision in a role: the provider if it has that role, else a party of the provider's organisation,
    /// else any party with the role that lists the provision.
    /// </summary>
    internal Party? PartyOf(Provision provision, string role)
    {
        var provider = ProviderOf(provision);
        foreach (var party in Case.Parties)
        {
            if (party.Role == role && party.Id == provision.ProviderId)
            {
                return party;
            }
        }

        var organisation = provider?.Organisation ?? provision.ProviderId;
        foreach (var party in Case.Parties)
        {
            if (party.Role == role && organisation is not null && party.Organisation == organisation)
            {
                return party;
            }
        }

        foreach (var party in Case.Parties)
        {
            if (party.Role == role && party.ProvisionIds.Contains(provision.Id))
            {
                return party;
            }
        }

        return null;
    }

    /// <summary>The role that a party id, role or service stands for; null when it is none.</summary>
    internal string? RoleOf(string name) =>
        PartyById(name)?.Role ?? (Vocabulary.PartyRoles.ContainsKey(name) ? name : null);

    /// <summary>The service that a party id, role or service belongs to; null when it is none.</summary>
    internal string? ServiceOf(string name) =>
        PartyById(name) is { } party ? party.Service ?? Vocabulary.PartyRoles.GetValueOrDefault(party.Role)?.Service
        : Vocabulary.PartyRoles.TryGetValue(name, out var role) ? role.Service
        : name is "zvw" or "gemeente" or "uwv" or "employer" or "casemanager" ? name : null;

    /// <summary>The law of a scheme in this case: where it depends on the case, the first condition that is true.</summary>
    internal string LawOf(Scheme scheme) => derived.LawOf(scheme, this)?.Law ?? scheme.Law;

    /// <summary>The payer of a scheme in this case.</summary>
    internal string PayerOf(Scheme scheme) => derived.LawOf(scheme, this)?.Payer ?? scheme.Payer;

    private static Value PartyFact(FactDefinition fact, Party party) =>
        party.Facts[fact] is { IsKnown: true } own ? own : fact.Id == "party.profession" ? Value.Of(party.Profession) : default;

    /// <summary>A fact on an item, which is the same item only when it is the same object: items are records, and comparing their content would cost more than the fact.</summary>
    private readonly struct ItemFact(FactDefinition fact, object? item) : IEquatable<ItemFact>
    {
        private readonly FactDefinition fact = fact;

        internal object? Item { get; } = item;

        public bool Equals(ItemFact other) => fact == other.fact && ReferenceEquals(Item, other.Item);

        public override bool Equals(object? obj) => obj is ItemFact other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(fact.Index, Item is null ? 0 : RuntimeHelpers.GetHashCode(Item));
    }
}
