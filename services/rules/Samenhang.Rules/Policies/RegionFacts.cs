using Samenhang.Language;

namespace Samenhang.Rules.Policies;

/// <summary>What there is in a region and whom to reach there. People read it; no rule does.</summary>
/// <param name="Areas">The regions of the domains in which the tenant lies.</param>
/// <param name="Contacts">Whom to reach at which organisation.</param>
/// <param name="Initiatives">What there is, and how many it can take.</param>
public sealed record RegionFacts(IReadOnlyList<DomainArea> Areas, IReadOnlyList<ContactPoint> Contacts, IReadOnlyList<Initiative> Initiatives)
{
    /// <summary>Nothing is known.</summary>
    public static RegionFacts None { get; } = new([], [], []);
}

/// <summary>The region of a domain in which a tenant lies: each domain has drawn its own.</summary>
/// <param name="Kind">Of which domain, one of <see cref="Kinds"/>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Validity">The days on which it lies in it.</param>
/// <param name="Source">Where that was decided.</param>
public sealed record DomainArea(string Kind, string Code, string Name, Period Validity, string Source)
{
    /// <summary>The kinds: long-term care, work, youth, and the regional table about waiting for the ggz.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["zorgkantoorregio", "arbeidsmarktregio", "jeugdregio", "wachttijdregio"];
}

/// <summary>How to reach an organisation about a client. It names a role, never a person.</summary>
/// <param name="Id">Unique in the file.</param>
/// <param name="Organisation">The organisation.</param>
/// <param name="Service">Its domain: a service.</param>
/// <param name="Role">Who answers there: a code of partyRoles.</param>
/// <param name="Reach">How: a telephone number, an address, opening hours.</param>
/// <param name="Validity">The days on which it holds.</param>
/// <param name="Source">Where it was agreed.</param>
public sealed record ContactPoint(string Id, string Organisation, string Service, string Role, string Reach, Period Validity, string Source);

/// <summary>Something that there is in a region for clients: a walk-in house, a training, places at a provider.</summary>
/// <param name="Id">Its code, unique in the file.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Needs">The kinds of needs that it is for.</param>
/// <param name="Capacity">How many it can take in <paramref name="Per"/>; null = not known.</param>
/// <param name="Per">At once, or in a week, month or year: one of <see cref="Periods"/>; null when the capacity is not known.</param>
/// <param name="Validity">The days on which there is such a thing.</param>
/// <param name="Source">Where it was decided.</param>
public sealed record Initiative(string Id, string Name, IReadOnlyList<string> Needs, int? Capacity, string? Per, Period Validity, string Source)
{
    /// <summary>In what a capacity is counted.</summary>
    public static IReadOnlyList<string> Periods { get; } = ["at-once", "week", "month", "year"];
}
