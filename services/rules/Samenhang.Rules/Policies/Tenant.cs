using Samenhang.Language;

namespace Samenhang.Rules.Policies;

/// <summary>
/// A municipality or insurer with a policy of its own, as its file says (docs/rulebook.md). Everything in it is dated and names where it
/// was decided.
/// </summary>
/// <param name="Id">By which cases name it.</param>
/// <param name="Kind">What it is, and so what is its to decide.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Parameters">Its own values, in place of those of the law.</param>
/// <param name="Facts">What holds for all its clients, unless a case says otherwise.</param>
/// <param name="Options">The proposals that it has switched on.</param>
/// <param name="Digest">SHA-256 of its file, in lower-case hexadecimal.</param>
public sealed record Tenant(
    string Id, TenantKind Kind, string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<TenantFact> Facts, IReadOnlyList<TenantOption> Options, string Digest)
{
    /// <summary>What else is known of the region: what there is and whom to reach. No rule reads it.</summary>
    public RegionFacts Region { get; init; } = RegionFacts.None;
}

/// <summary>A fact that a tenant states for all its clients.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Value">Its value.</param>
/// <param name="Validity">The days on which it holds.</param>
/// <param name="Source">Where it was decided.</param>
public sealed record TenantFact(FactDefinition Fact, Value Value, Period Validity, string Source);

/// <summary>A proposal that a tenant has switched on.</summary>
/// <param name="Option">The proposal.</param>
/// <param name="Validity">The days on which it is on.</param>
/// <param name="Source">Where it was decided.</param>
public sealed record TenantOption(string Option, Period Validity, string Source);

/// <summary>Something of a tenant's policy that an answer rests on.</summary>
/// <param name="Tenant">Whose it is, by name.</param>
/// <param name="What">The fact or parameter.</param>
/// <param name="Value">Its value.</param>
/// <param name="Validity">The days on which it holds.</param>
/// <param name="Source">Where it was decided.</param>
public sealed record PolicyUse(string Tenant, string What, Value Value, Period Validity, string Source);
