using Samenhang.Access;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>What kind of party listens to what happens in cases.</summary>
public enum Audience
{
    /// <summary>A health insurer, for its own insured.</summary>
    Insurer,

    /// <summary>A municipality, for the cases under its own policy.</summary>
    Municipality,

    /// <summary>UWV, for the cases in which something of UWV stands.</summary>
    Uwv,

    /// <summary>An employer (line manager and HR), for its own employees.</summary>
    Employer,

    /// <summary>The organisation of the casemanager who was appointed.</summary>
    CasemanagerOrganisation,
}

/// <summary>What follows from the kind of an audience.</summary>
public static class Audiences
{
    /// <summary>The service whose view of a case is the most that an audience may see.</summary>
    public static string Service(this Audience audience) => audience switch
    {
        Audience.Insurer => Services.Zvw,
        Audience.Municipality => Services.Gemeente,
        Audience.Uwv => Services.Uwv,
        Audience.Employer => Services.Employer,
        Audience.CasemanagerOrganisation => Services.Casemanager,
    };

    /// <summary>As what an audience calls.</summary>
    public static CallerRole Role(this Audience audience) => audience switch
    {
        Audience.Insurer => CallerRole.Insurer,
        Audience.Municipality => CallerRole.Municipality,
        Audience.Uwv => CallerRole.Uwv,
        Audience.Employer => CallerRole.Employer,
        Audience.CasemanagerOrganisation => CallerRole.Casemanager,
    };
}

/// <summary>Who listens.</summary>
/// <param name="Audience">The kind.</param>
/// <param name="Identity">Which one: UZOVI code, municipality code or OIN.</param>
public sealed record Subscriber(Audience Audience, string Identity)
{
    /// <summary>The name under which its pseudonyms are made: the same for all subscriptions of one subscriber, another for each subscriber.</summary>
    public string Name => $"subscriber:{Audience}:{Identity}";
}

/// <summary>
/// Says who may know a kind of event, or one of its fields. It is an allow-list: who does not stand here does not see it, so a new
/// field is seen by nobody until somebody writes down by whom.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class SeenByAttribute(params Audience[] audiences) : Attribute
{
    /// <summary>The audiences.</summary>
    public IReadOnlyList<Audience> Audiences { get; } = audiences;
}
