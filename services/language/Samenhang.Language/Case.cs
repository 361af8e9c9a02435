using System.Collections.Frozen;

namespace Samenhang.Language;

/// <summary>
/// One client and everything the domains know about the client's needs on a day (vocabulary: case model). Lists are complete
/// unless they stand in <see cref="Open"/>. Immutable; holds no BSN and no name.
/// </summary>
public sealed record Case
{
    /// <summary>The identifier of the case.</summary>
    public required string Id { get; init; }

    /// <summary>The reference day of the evaluation.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The documents whose rules are loaded (codes.json, rulesetKeys).</summary>
    public required FrozenSet<string> Rulebooks { get; init; }

    /// <summary>The municipality, or the region, whose own policy holds, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The insurer whose own policy holds, or null.</summary>
    public string? Insurer { get; init; }

    /// <summary>The proposals that the region has switched on.</summary>
    public FrozenSet<string> Options { get; init; } = [];

    /// <summary>Parameters that hold for this case only.</summary>
    public IReadOnlyDictionary<string, Value> Parameters { get; init; } = FrozenDictionary<string, Value>.Empty;

    /// <summary>Facts at case level: those of the client, and defaults for needs, provisions and parties.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>What the client needs.</summary>
    public IReadOnlyList<Need> Needs { get; init; } = [];

    /// <summary>Everything requested, offered, granted, running, claimed, refused or ended.</summary>
    public IReadOnlyList<Provision> Provisions { get; init; } = [];

    /// <summary>Persons and organisations with a role.</summary>
    public IReadOnlyList<Party> Parties { get; init; } = [];

    /// <summary>Who may give what to whom.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    /// <summary>What happened on a day.</summary>
    public IReadOnlyList<CaseEvent> Events { get; init; } = [];

    /// <summary>Documents that prove something.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>The lists that may miss items (codes.json, openLists).</summary>
    public FrozenSet<string> Open { get; init; } = [];

    /// <summary>The standstills of terms. Known to who keeps the case only: no view of a service holds them.</summary>
    public IReadOnlyList<TermSuspension> Suspensions { get; init; } = [];
}

/// <summary>Somebody made terms stand still for some days.</summary>
/// <param name="Term">The term (deadlines.json), or a family as <c>wvp.*</c>; null = every term of the item.</param>
/// <param name="ItemId">The need or provision whose terms they are; null = of any item and of the whole case.</param>
/// <param name="From">The first day that does not count.</param>
/// <param name="To">The last day that does not count; null = until it is resumed.</param>
/// <param name="By">Who stopped it: a party id, role or service.</param>
/// <param name="Reason">Why.</param>
public sealed record TermSuspension(string? Term, string? ItemId, DateOnly From, DateOnly? To, string By, string Reason)
{
    /// <summary>Whether it concerns a term of an item.</summary>
    public bool Concerns(string term, string? itemId) => NamesTerm(Term, term) && (ItemId is null || ItemId == itemId);

    /// <summary>Whether a name of a term, or of a family of terms, stands for a term; no name stands for all.</summary>
    public static bool NamesTerm(string? name, string term) =>
        name is null || name == term || (name.EndsWith(".*", StringComparison.Ordinal) && term.StartsWith(name[..^1], StringComparison.Ordinal));
}

/// <summary>One need of the client.</summary>
public sealed record Need(string Id, NeedKind Kind, FactSet Facts);

/// <summary>One provision of a scheme, in whatever state.</summary>
public sealed record Provision
{
    /// <summary>Unique in the case.</summary>
    public required string Id { get; init; }

    /// <summary>The scheme it falls under.</summary>
    public required Scheme Scheme { get; init; }

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

    /// <summary>The facts of this provision.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;
}

/// <summary>A person or organisation in one role; one party may have several entries.</summary>
public sealed record Party
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

    /// <summary>The facts of this party.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;
}

/// <summary>A permission of the client that <paramref name="From"/> gives <paramref name="To"/> data of the categories.</summary>
public sealed record Consent(string From, string To, IReadOnlyList<string> Categories, DateOnly? ValidFrom, DateOnly? ValidTo, DateOnly? WithdrawnOn)
{
    /// <summary>Whether it allows a category on a day. "full" allows all; a withdrawal ends it on its own day.</summary>
    public bool Allows(string category, DateOnly day) =>
        (Categories.Contains(category) || Categories.Contains("full")) &&
        new Period(ValidFrom, ValidTo).Contains(day) && (WithdrawnOn is null || day < WithdrawnOn);
}

/// <summary>Something that happened. <c>From</c> and <c>To</c> are a party id, else a party role, else a service.</summary>
public sealed record CaseEvent
{
    /// <summary>A code of eventTypes.</summary>
    public required string Type { get; init; }

    /// <summary>The day it happened.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The party it is about, or null.</summary>
    public string? Party { get; init; }

    /// <summary>The provision it is about, or null.</summary>
    public string? Provision { get; init; }

    /// <summary>The need it is about, or null.</summary>
    public string? Need { get; init; }

    /// <summary>Who acted or gave, or null.</summary>
    public string? From { get; init; }

    /// <summary>To whom, or null.</summary>
    public string? To { get; init; }

    /// <summary>The consent category of the data, or null.</summary>
    public string? Category { get; init; }

    /// <summary>The day on which the one who must know took notice; null = not acknowledged.</summary>
    public DateOnly? AcknowledgedOn { get; init; }

    /// <summary>Who took notice, or null.</summary>
    public string? AcknowledgedBy { get; init; }
}

/// <summary>A document that proves something: a dated type, by whom, with fields of its own.</summary>
public sealed record Evidence(string Type, DateOnly? Date, string? By, IReadOnlyDictionary<string, Value> Fields)
{
    /// <summary>Whether the other is the same document: type, day, maker and every field.</summary>
    public bool IsSame(Evidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Type == other.Type && Date == other.Date && By == other.By && Fields.Count == other.Fields.Count
            && Fields.All(field => other.Fields.TryGetValue(field.Key, out var value) && value == field.Value);
    }
}
