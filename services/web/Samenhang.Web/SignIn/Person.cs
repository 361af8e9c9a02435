namespace Samenhang.Web.SignIn;

/// <summary>What somebody is to Samenhang: it decides which pages there are for them.</summary>
public enum PersonRole
{
    /// <summary>Holds cases of one municipality or region.</summary>
    Casemanager,

    /// <summary>Steers the region: sees numbers, never a case.</summary>
    Steering,

    /// <summary>Sees the own plan, and who has looked.</summary>
    Client,

    /// <summary>Speaks for the employer: sees the employer's part of a plan, nothing medical.</summary>
    Employer,

    /// <summary>Reads for the insurer: sees the insurer's part of a plan.</summary>
    Insurer,

    /// <summary>Watches over the use of data: sees who read what in an emergency and why, and no case.</summary>
    PrivacyOfficer,
}

/// <summary>Who is signed in.</summary>
/// <param name="Subject">The identifier that the issuer gives; it holds no BSN and no name.</param>
/// <param name="Name">The name to greet with.</param>
/// <param name="Role">What this person is to Samenhang.</param>
/// <param name="Tenant">The municipality or region of a casemanager; empty for others.</param>
/// <param name="Cases">The cases of a client, or those of which an employer or insurer may see its part; empty for others.</param>
public sealed record Person(string Subject, string Name, PersonRole Role, string Tenant, IReadOnlyList<string> Cases)
{
    /// <summary>The key of the word for the role.</summary>
    public string RoleKey => $"person.{Role}";

    /// <summary>Whether this person works on cases.</summary>
    public bool IsCasemanager => Role == PersonRole.Casemanager;

    /// <summary>
    /// Whether this person may ask for a case at all: the cases that the issuer names. Which cases are a casemanager's own the service
    /// of that name knows, and refuses the others.
    /// </summary>
    public bool MayAskFor(string caseId) => IsCasemanager || Cases.Contains(caseId, StringComparer.Ordinal);
}
