using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Samenhang.Access;

namespace Samenhang.Platform.Access;

/// <summary>Whose tokens are believed, and with what this process signs its own; section <c>Samenhang:Access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Samenhang:Access";

    /// <summary>Who may vouch for callers. At least one, unless <see cref="DevelopmentKeyFile"/> is set.</summary>
    public List<IssuerOptions> Issuers { get; } = [];

    /// <summary>To which tenant an organisation belongs: OIN → tenant (<c>gm9901</c>). A token that names an OIN needs a line here.</summary>
    public Dictionary<string, string> Organisations { get; } = new(StringComparer.Ordinal);

    /// <summary>The name under which this process signs tokens for its own calls, one of <see cref="Issuers"/> of those that it calls; empty = it makes none.</summary>
    public string Name { get; set; } = "";

    /// <summary>The RSA key (PEM) with which it signs them.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// An RSA key (PEM) that all processes of a development system share; it is made when it is not there. Who can read it can be anybody.
    /// An environment named Production refuses to start with it. Empty = none.
    /// </summary>
    public string DevelopmentKeyFile { get; set; } = "";
}

/// <summary>Somebody who vouches for callers.</summary>
public sealed class IssuerOptions
{
    /// <summary>The name, as in the claim <c>iss</c>; with no <see cref="KeysFile"/> also the address of its OpenID Connect discovery.</summary>
    public string Authority { get; set; } = "";

    /// <summary>A file with its public keys (a JSON Web Key Set, or PEM), for an issuer without discovery; read again when a token has a key that is not known. Empty = discovery.</summary>
    public string KeysFile { get; set; } = "";

    /// <summary>As what it may let somebody call; codes of roles. Empty = as anything but <c>service</c>.</summary>
    public List<string> Roles { get; } = [];
}

/// <summary>Names every wrong setting at once.</summary>
internal sealed class AccessOptionsValidator(IHostEnvironment environment) : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var wrong = Violations(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Violations(AccessOptions options)
    {
        const string section = AccessOptions.Section;
        if (options.DevelopmentKeyFile.Length > 0 && environment.IsProduction())
        {
            yield return $"{section}:DevelopmentKeyFile lets everyone in who can read the file. It is not for an environment named Production: name {section}:Issuers.";
        }

        for (var n = 0; n < options.Issuers.Count; n++)
        {
            var issuer = options.Issuers[n];
            if (issuer.Authority.Length == 0)
            {
                yield return $"{section}:Issuers:{n}:Authority is missing.";
            }
            else if (issuer.KeysFile.Length == 0
                && (!Uri.TryCreate(issuer.Authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)))
            {
                yield return $"{section}:Issuers:{n}:Authority must be an https address, or name a KeysFile.";
            }

            if (issuer.KeysFile.Length > 0 && !File.Exists(issuer.KeysFile))
            {
                yield return $"{section}:Issuers:{n}:KeysFile: the file {issuer.KeysFile} is not there.";
            }

            foreach (var role in issuer.Roles.Where(role => Codes.RoleOf(role) is null))
            {
                yield return $"{section}:Issuers:{n}:Roles: '{role}' is no role; they are {string.Join(", ", Enum.GetValues<CallerRole>().Select(known => known.ToCode()))}.";
            }
        }

        foreach (var oin in options.Organisations.Keys.Where(oin => oin.Length != 20 || !oin.All(char.IsAsciiDigit)))
        {
            yield return $"{section}:Organisations: '{oin}' is no OIN; it has 20 digits.";
        }

        if (options.KeyFile.Length > 0 != options.Name.Length > 0)
        {
            yield return $"{section}: Name and KeyFile go together.";
        }

        if (options.KeyFile.Length > 0 && !File.Exists(options.KeyFile))
        {
            yield return $"{section}:KeyFile: the file {options.KeyFile} is not there.";
        }
    }
}
