namespace Samenhang.Web.SignIn;

/// <summary>
/// Who a page is for. The edge of the pages reads it and nothing else: a page that does not say who it is for is for nobody.
/// </summary>
/// <param name="Roles">The roles that get the page; null = also who is not signed in.</param>
internal sealed record PageAccess(IReadOnlyList<PersonRole>? Roles)
{
    /// <summary>Also for who is not signed in: the way in, and what goes wrong on it.</summary>
    public static PageAccess Anyone { get; } = new((IReadOnlyList<PersonRole>?)null);

    /// <summary>For everyone who is signed in.</summary>
    public static PageAccess SignedIn { get; } = new(Enum.GetValues<PersonRole>());

    /// <summary>The cases and the work on them.</summary>
    public static PageAccess Casework { get; } = new([PersonRole.Casemanager]);

    /// <summary>The numbers of a region, in which no case can be recognised.</summary>
    public static PageAccess Region { get; } = new([PersonRole.Steering, PersonRole.Casemanager]);

    /// <summary>The plan as one party sees it.</summary>
    public static PageAccess Plan { get; } = new([PersonRole.Client, PersonRole.Employer, PersonRole.Insurer, PersonRole.Casemanager]);

    /// <summary>The part of a plan that is of an organisation.</summary>
    public static PageAccess Part { get; } = new([PersonRole.Employer, PersonRole.Insurer]);

    /// <summary>Who read what in an emergency, and what is thought of it.</summary>
    public static PageAccess Oversight { get; } = new([PersonRole.PrivacyOfficer]);

    /// <summary>Whether this person gets the page.</summary>
    public bool Lets(Person? person) => Roles is null || (person is not null && Roles.Contains(person.Role));
}

/// <summary>Says who an endpoint is for.</summary>
internal static class PageAccessExtensions
{
    /// <summary>Marks the endpoint.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, PageAccess access)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(access);
}
