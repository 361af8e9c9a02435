using Grpc.Core;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Casemanager;

/// <summary>
/// For whom a request is made: the edge fills it in, and every call to the casemanager carries it in a token that the pages sign, so that
/// what happens there is allowed or refused, and written down, under the name of a person and not of the pages.
/// </summary>
public sealed class PageCaller(OwnTokens tokens)
{
    /// <summary>Who is signed in; null = nobody.</summary>
    public Person? Person { get; internal set; }

    /// <summary>The metadata of a call; none for nobody, who is refused by every call.</summary>
    internal Metadata Headers()
    {
        if (Person is not { } person)
        {
            return [];
        }

        var role = RoleOf(person.Role);
        var (purpose, ground) = PurposeOf(role);
        return tokens.HeadersFor(ServiceNames.Casemanager, new Speaker(person.Subject, role, person.Tenant, person.Cases), purpose, ground);
    }

    private static CallerRole RoleOf(PersonRole role) => role switch
    {
        PersonRole.Casemanager => CallerRole.Casemanager,
        PersonRole.Steering => CallerRole.Steering,
        PersonRole.Client => CallerRole.Client,
        PersonRole.Employer => CallerRole.Employer,
        PersonRole.Insurer => CallerRole.Insurer,
        PersonRole.PrivacyOfficer => CallerRole.PrivacyOfficer,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No role."),
    };

    /// <summary>What the pages are for, for each who has pages.</summary>
    private static (string Purpose, LegalGround Ground) PurposeOf(CallerRole role) => role switch
    {
        CallerRole.Casemanager => ("casemanagement", LegalGround.PublicTask),
        CallerRole.Steering => ("beleidsinformatie", LegalGround.PublicTask),
        CallerRole.Client => ("inzage", LegalGround.LegalDuty),
        CallerRole.Employer => ("verzuimbegeleiding", LegalGround.LegalDuty),
        CallerRole.Insurer => ("zvw-uitvoering", LegalGround.LegalDuty),
        CallerRole.PrivacyOfficer => ("toezicht", LegalGround.LegalDuty),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There are no pages for this role."),
    };
}
