using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Samenhang.Language;

/// <summary>One need in words: its kind by identifier and the facts that stand on it.</summary>
public sealed record NeedEntry(string Id, string Kind, IReadOnlyDictionary<string, Value> Facts);

/// <summary>One provision in words: its scheme by identifier. The members are those of <see cref="Provision"/>.</summary>
public sealed record ProvisionEntry
{
    /// <summary>Unique in the case.</summary>
    public required string Id { get; init; }

    /// <summary>The scheme it falls under.</summary>
    public required string Scheme { get; init; }

    /// <summary>The service that reported it.</summary>
    public required string Domain { get; init; }

    /// <summary>A code of provisionStatus.</summary>
    public required string Status { get; init; }

    /// <summary>The needs that it serves.</summary>
    public IReadOnlyList<string> NeedIds { get; init; } = [];

    /// <summary>The party that delivers it, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Who pays, as reported, or null.</summary>
    public string? Payer { get; init; }

    /// <summary>The day of the request, or null.</summary>
    public DateOnly? RequestedOn { get; init; }

    /// <summary>The first day, or null when not known.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, or null when not known or open.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The product or claim code, or null.</summary>
    public string? Product { get; init; }

    /// <summary>What it is meant for, or null.</summary>
    public string? Goal { get; init; }

    /// <summary>The facts that stand on it.</summary>
    public IReadOnlyDictionary<string, Value> Facts { get; init; } = ImmutableDictionary<string, Value>.Empty;
}

/// <summary>One party in words. The members are those of <see cref="Party"/>.</summary>
public sealed record PartyEntry
{
    /// <summary>Unique in the case.</summary>
    public required string Id { get; init; }

    /// <summary>A code of partyRoles.</summary>
    public required string Role { get; init; }

    /// <summary>A code of professions, or null.</summary>
    public string? Profession { get; init; }

    /// <summary>The organisation, or null.</summary>
    public string? Organisation { get; init; }

    /// <summary>The service it belongs to, or null.</summary>
    public string? Service { get; init; }

    /// <summary>The provisions it works on.</summary>
    public IReadOnlyList<string> ProvisionIds { get; init; } = [];

    /// <summary>The facts that stand on it.</summary>
    public IReadOnlyDictionary<string, Value> Facts { get; init; } = ImmutableDictionary<string, Value>.Empty;
}

/// <summary>
/// A case, or what a service sees of it, in words: identifiers instead of the vocabulary's own objects, so that it can be stored,
/// sent and read back by a later version. <see cref="Case"/> is the same thing bound to a vocabulary.
/// </summary>
public sealed record CaseDocument
{
    /// <summary>The identifier of the case.</summary>
    public required string Id { get; init; }

    /// <summary>The reference day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The documents whose rules count, in order of their key.</summary>
    public IReadOnlyList<string> Rulebooks { get; init; } = [];

    /// <summary>The municipality, or the region, whose own policy holds, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The insurer whose own policy holds, or null.</summary>
    public string? Insurer { get; init; }

    /// <summary>The proposals that the region has switched on, in order.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Parameters that hold for this case only.</summary>
    public IReadOnlyDictionary<string, Value> Parameters { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>Facts at case level.</summary>
    public IReadOnlyDictionary<string, Value> Facts { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>What the client needs.</summary>
    public IReadOnlyList<NeedEntry> Needs { get; init; } = [];

    /// <summary>Everything requested, granted, running, claimed, refused or ended.</summary>
    public IReadOnlyList<ProvisionEntry> Provisions { get; init; } = [];

    /// <summary>Who has a role.</summary>
    public IReadOnlyList<PartyEntry> Parties { get; init; } = [];

    /// <summary>Who may give what to whom.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<CaseEvent> Events { get; init; } = [];

    /// <summary>What proves it.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>The lists that may miss items, in order.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>The standstills of terms; in no view of a service.</summary>
    public IReadOnlyList<TermSuspension> Suspensions { get; init; } = [];

    /// <summary>The case in words.</summary>
    public static CaseDocument Of(Case @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return new CaseDocument
        {
            Id = @case.Id,
            AsOf = @case.AsOf,
            Rulebooks = [.. @case.Rulebooks.Order(StringComparer.Ordinal)],
            Tenant = @case.Tenant,
            Insurer = @case.Insurer,
            Options = [.. @case.Options.Order(StringComparer.Ordinal)],
            Parameters = @case.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary(),
            Facts = Words(@case.Facts),
            Needs = [.. @case.Needs.Select(n => new NeedEntry(n.Id, n.Kind.Id, Words(n.Facts)))],
            Provisions = [.. @case.Provisions.Select(p => new ProvisionEntry
            {
                Id = p.Id, Scheme = p.Scheme.Id, Domain = p.Domain, Status = p.Status, NeedIds = p.NeedIds, ProviderId = p.ProviderId, Payer = p.Payer,
                RequestedOn = p.RequestedOn, From = p.From, To = p.To, Product = p.Product, Goal = p.Goal, Facts = Words(p.Facts),
            })],
            Parties = [.. @case.Parties.Select(p => new PartyEntry
            {
                Id = p.Id, Role = p.Role, Profession = p.Profession, Organisation = p.Organisation, Service = p.Service, ProvisionIds = p.ProvisionIds, Facts = Words(p.Facts),
            })],
            Consents = @case.Consents,
            Events = @case.Events,
            Evidence = @case.Evidence,
            Open = [.. @case.Open.Order(StringComparer.Ordinal)],
            Suspensions = @case.Suspensions,
        };
    }

    /// <summary>The case bound to the vocabulary. A neutral word of the employer's view is a kind too.</summary>
    /// <exception cref="KeyNotFoundException">A name is not in the vocabulary: the document was checked by another version of it.</exception>
    public Case ToCase(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new Case
        {
            Id = Id,
            AsOf = AsOf,
            Rulebooks = Rulebooks.ToFrozenSet(),
            Tenant = Tenant,
            Insurer = Insurer,
            Options = Options.ToFrozenSet(),
            Parameters = Parameters,
            Facts = Bind(Facts, vocabulary),
            Needs = [.. Needs.Select(n => new Need(n.Id, vocabulary.Needs.GetValueOrDefault(n.Kind) ?? vocabulary.EmployerNeeds[n.Kind], Bind(n.Facts, vocabulary)))],
            Provisions = [.. Provisions.Select(p => new Provision
            {
                Id = p.Id, Scheme = vocabulary.Schemes[p.Scheme], Domain = p.Domain, Status = p.Status, NeedIds = p.NeedIds, ProviderId = p.ProviderId, Payer = p.Payer,
                RequestedOn = p.RequestedOn, From = p.From, To = p.To, Product = p.Product, Goal = p.Goal, Facts = Bind(p.Facts, vocabulary),
            })],
            Parties = [.. Parties.Select(p => new Party
            {
                Id = p.Id, Role = p.Role, Profession = p.Profession, Organisation = p.Organisation, Service = p.Service, ProvisionIds = p.ProvisionIds, Facts = Bind(p.Facts, vocabulary),
            })],
            Consents = Consents,
            Events = Events,
            Evidence = Evidence,
            Open = Open.ToFrozenSet(),
            Suspensions = Suspensions,
        };
    }

    private static Dictionary<string, Value> Words(FactSet facts) => facts.ToDictionary(f => f.Key.Id, f => f.Value);

    // A document that somebody wrote by hand may leave the facts of a need out.
    private static FactSet Bind(IReadOnlyDictionary<string, Value>? facts, Vocabulary vocabulary) =>
        facts is null or { Count: 0 } ? FactSet.Empty : new(facts.Select(f => KeyValuePair.Create(vocabulary.FactById[f.Key], f.Value)));
}
