using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Messages.Cases;

/// <summary>
/// What a domain may see of a case, as it travels. It names kinds and schemes by their id; <see cref="ToCase"/> looks them up. It
/// holds no BSN and no name, and the case only by the pseudonym of that domain. The employer never gets this type.
/// </summary>
public sealed record CaseView
{
    /// <summary>The name that this domain has for the case.</summary>
    public required string CasePseudonym { get; init; }

    /// <summary>The day for which the answer must hold.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The documents whose rules count.</summary>
    public required IReadOnlyList<string> Rulebooks { get; init; }

    /// <summary>The municipality, or the region, whose own policy holds, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The insurer whose own policy holds, or null.</summary>
    public string? Insurer { get; init; }

    /// <summary>The proposals that the region has switched on.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Parameters of this case only.</summary>
    public IReadOnlyList<KnownFact> Parameters { get; init; } = [];

    /// <summary>Facts at case level.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>The needs.</summary>
    public IReadOnlyList<NeedView> Needs { get; init; } = [];

    /// <summary>The provisions.</summary>
    public IReadOnlyList<ProvisionView> Provisions { get; init; } = [];

    /// <summary>The parties.</summary>
    public IReadOnlyList<PartyView> Parties { get; init; } = [];

    /// <summary>The consents.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<CaseEvent> Events { get; init; } = [];

    /// <summary>What proves it.</summary>
    public IReadOnlyList<EvidenceView> Evidence { get; init; } = [];

    /// <summary>The lists that may miss items.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>The view as it travels.</summary>
    public static CaseView Of(Case view, string pseudonym)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new CaseView
        {
            CasePseudonym = pseudonym,
            AsOf = view.AsOf,
            Rulebooks = [.. view.Rulebooks.Order(StringComparer.Ordinal)],
            Tenant = view.Tenant,
            Insurer = view.Insurer,
            Options = [.. view.Options.Order(StringComparer.Ordinal)],
            Parameters = [.. view.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Where(p => p.Value.IsKnown).Select(p => new KnownFact(p.Key, KnownValue.Of(p.Value)!))],
            Facts = Known(view.Facts),
            Needs = [.. view.Needs.Select(need => new NeedView(need.Id, need.Kind.Id, Known(need.Facts)))],
            Provisions = [.. view.Provisions.Select(ProvisionView.Of)],
            Parties = [.. view.Parties.Select(party => new PartyView
            {
                Id = party.Id,
                Role = party.Role,
                Profession = party.Profession,
                Organisation = party.Organisation,
                Service = party.Service,
                ProvisionIds = party.ProvisionIds,
                Facts = Known(party.Facts),
            })],
            Consents = view.Consents,
            Events = view.Events,
            Evidence = [.. view.Evidence.Select(evidence => new EvidenceView(evidence.Type, evidence.Date, evidence.By,
                [.. evidence.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Where(f => f.Value.IsKnown).Select(f => new KnownFact(f.Key, KnownValue.Of(f.Value)!))]))],
            Open = [.. view.Open.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The view as the rules read it.</summary>
    /// <exception cref="KeyNotFoundException">The sender knows a word that this build's vocabulary does not.</exception>
    public Case ToCase(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new Case
        {
            Id = CasePseudonym,
            AsOf = AsOf,
            Rulebooks = Rulebooks.ToFrozenSet(),
            Tenant = Tenant,
            Insurer = Insurer,
            Options = Options.ToFrozenSet(),
            Parameters = Parameters.ToDictionary(p => p.Fact, p => p.Value.ToValue()),
            Facts = Read(Facts, vocabulary),
            Needs = [.. Needs.Select(need => new Need(need.Id, vocabulary.Needs[need.Kind], Read(need.Facts, vocabulary)))],
            Provisions = [.. Provisions.Select(provision => provision.ToProvision(vocabulary))],
            Parties = [.. Parties.Select(party => new Party
            {
                Id = party.Id,
                Role = party.Role,
                Profession = party.Profession,
                Organisation = party.Organisation,
                Service = party.Service,
                ProvisionIds = party.ProvisionIds,
                Facts = Read(party.Facts, vocabulary),
            })],
            Consents = Consents,
            Events = Events,
            Evidence = [.. Evidence.Select(evidence => new Evidence(evidence.Type, evidence.Date, evidence.By,
                evidence.Fields.ToDictionary(field => field.Fact, field => field.Value.ToValue())))],
            Open = Open.ToFrozenSet(),
        };
    }

    /// <summary>The facts of one item as they travel.</summary>
    public static IReadOnlyList<KnownFact> Known(FactSet facts) => [.. facts.Select(fact => new KnownFact(fact.Key.Id, KnownValue.Of(fact.Value)!))];

    internal static FactSet Read(IReadOnlyList<KnownFact> facts, Vocabulary vocabulary) =>
        new(facts.Select(fact => KeyValuePair.Create(vocabulary.FactById[fact.Fact], fact.Value.ToValue())));
}

/// <summary>A need as it travels.</summary>
public sealed record NeedView(string Id, string Kind, IReadOnlyList<KnownFact> Facts);

/// <summary>A provision as it travels.</summary>
public sealed record ProvisionView
{
    /// <summary>Unique in the case.</summary>
    public required string Id { get; init; }

    /// <summary>The scheme, by its id.</summary>
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

    /// <summary>The first day, or null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The product or claim code, or null.</summary>
    public string? Product { get; init; }

    /// <summary>What it is meant for, or null.</summary>
    public string? Goal { get; init; }

    /// <summary>Its facts.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];

    /// <summary>The provision as it travels.</summary>
    public static ProvisionView Of(Provision provision)
    {
        ArgumentNullException.ThrowIfNull(provision);
        return new ProvisionView
        {
            Id = provision.Id,
            Scheme = provision.Scheme.Id,
            Domain = provision.Domain,
            Status = provision.Status,
            NeedIds = provision.NeedIds,
            ProviderId = provision.ProviderId,
            Payer = provision.Payer,
            RequestedOn = provision.RequestedOn,
            From = provision.From,
            To = provision.To,
            Product = provision.Product,
            Goal = provision.Goal,
            Facts = CaseView.Known(provision.Facts),
        };
    }

    /// <summary>The provision as the rules read it.</summary>
    public Provision ToProvision(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new Provision
        {
            Id = Id,
            Scheme = vocabulary.Schemes[Scheme],
            Domain = Domain,
            Status = Status,
            NeedIds = NeedIds,
            ProviderId = ProviderId,
            Payer = Payer,
            RequestedOn = RequestedOn,
            From = From,
            To = To,
            Product = Product,
            Goal = Goal,
            Facts = CaseView.Read(Facts, vocabulary),
        };
    }
}

/// <summary>A party as it travels.</summary>
public sealed record PartyView
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

    /// <summary>Its facts.</summary>
    public IReadOnlyList<KnownFact> Facts { get; init; } = [];
}

/// <summary>A document as it travels.</summary>
public sealed record EvidenceView(string Type, DateOnly? Date, string? By, IReadOnlyList<KnownFact> Fields);
