using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Samenhang.Web.SignIn;

/// <summary>A person as claims: in the token of the issuer, and in the cookie of the session.</summary>
internal sealed class PersonClaims(IOptions<SignInOptions> options)
{
    private const string Name = "name";
    private const string Role = "role";
    private const string Tenant = "tenant";
    private const string Case = "case";
    private const string Since = "since";

    /// <summary>The person of a token; null when it gives no role that we know.</summary>
    public Person? Read(JsonWebToken token)
    {
        var said = options.Value;
        var role = token.Claims.Where(claim => claim.Type == said.RoleClaim).Select(claim => RoleOf(claim.Value)).FirstOrDefault(role => role is not null);
        return role is { } known
            ? new(
                token.Subject,
                token.TryGetPayloadValue<string>("name", out var name) && name.Length > 0 ? name : token.Subject,
                known,
                token.Claims.FirstOrDefault(claim => claim.Type == said.TenantClaim)?.Value ?? "",
                [.. token.Claims.Where(claim => claim.Type == said.CasesClaim).Select(claim => claim.Value)])
            : null;
    }

    /// <summary>The session of a person.</summary>
    public static ClaimsPrincipal Write(Person person, DateTimeOffset since) => new(new ClaimsIdentity(
        [
            new("sub", person.Subject),
            new(Name, person.Name),
            new(Role, person.Role.ToString()),
            new(Tenant, person.Tenant),
            new(Since, since.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
            .. person.Cases.Select(caseId => new Claim(Case, caseId)),
        ],
        SignInHosting.Scheme,
        Name,
        Role));

    /// <summary>The person of a session, and since when; null when it is not one of ours.</summary>
    public static (Person Person, DateTimeOffset Since)? Read(ClaimsPrincipal principal)
    {
        if (principal.FindFirst("sub")?.Value is not { } subject
            || !Enum.TryParse<PersonRole>(principal.FindFirst(Role)?.Value, out var role)
            || !long.TryParse(principal.FindFirst(Since)?.Value, out var since))
        {
            return null;
        }

        return (
            new(subject, principal.FindFirst(Name)?.Value ?? subject, role, principal.FindFirst(Tenant)?.Value ?? "", [.. principal.FindAll(Case).Select(claim => claim.Value)]),
            DateTimeOffset.FromUnixTimeSeconds(since));
    }

    private static PersonRole? RoleOf(string code) => Enum.GetValues<PersonRole>().Cast<PersonRole?>().FirstOrDefault(role => string.Equals(role.ToString(), code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
}
