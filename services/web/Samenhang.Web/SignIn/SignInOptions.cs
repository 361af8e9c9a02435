using Microsoft.Extensions.Options;
using Samenhang.Web.SignIn.Development;

namespace Samenhang.Web.SignIn;

/// <summary>How people sign in; section <c>Samenhang:Web:SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Samenhang:Web:SignIn";

    /// <summary>The address of the OpenID Connect issuer; empty = none.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The name by which the issuer knows these pages.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>A file with the secret of the client, read at each sign-in; empty = none.</summary>
    public string ClientSecretFile { get; set; } = "";

    /// <summary>A file with an RSA key (PEM) with which the client signs its requests (private_key_jwt), instead of a secret; empty = none.</summary>
    public string ClientKeyFile { get; set; } = "";

    /// <summary>What is asked of the issuer.</summary>
    public string Scope { get; set; } = "openid profile";

    /// <summary>The claim that says what a person is to Samenhang: casemanager, steering, client, employer or insurer.</summary>
    public string RoleClaim { get; set; } = "samenhang_role";

    /// <summary>The claim with the municipality or region of a casemanager.</summary>
    public string TenantClaim { get; set; } = "samenhang_tenant";

    /// <summary>The claim with the cases of a client, employer or insurer.</summary>
    public string CasesClaim { get; set; } = "samenhang_cases";

    /// <summary>After so long without a page one signs in again. Default: one hour.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After so long one signs in again, whatever one does. Default: twelve hours.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A page on which one chooses a demo person stands in for an issuer. Never in production: the pages do not start.</summary>
    public bool Development { get; set; }
}

/// <summary>Checks the settings at the start.</summary>
internal sealed class SignInOptionsValidator(IHostEnvironment environment) : IValidateOptions<SignInOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var faults = new List<string>();
        if (options.Development && environment.IsProduction())
        {
            faults.Add($"{SignInOptions.Section}:Development lets everyone in without a password. It is not for an environment named Production: name an Authority.");
        }

        if (options.Development && options.Authority != DevelopmentIssuer.Name)
        {
            faults.Add($"{SignInOptions.Section}: name an Authority or set Development, not both.");
        }

        if (options.Authority.Length > 0)
        {
            if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
            {
                faults.Add($"{SignInOptions.Section}:Authority must be an https address.");
            }

            if (options.ClientId.Length == 0)
            {
                faults.Add($"{SignInOptions.Section}:ClientId is missing.");
            }
        }

        if (options.ClientSecretFile.Length > 0 && options.ClientKeyFile.Length > 0)
        {
            faults.Add($"{SignInOptions.Section}: name a ClientSecretFile or a ClientKeyFile, not both.");
        }

        faults.AddRange(new[] { options.ClientSecretFile, options.ClientKeyFile }.Where(file => file.Length > 0 && !File.Exists(file)).Select(file => $"{SignInOptions.Section}: the file {file} is not there."));
        if (options.Idle <= TimeSpan.Zero || options.Longest < options.Idle)
        {
            faults.Add($"{SignInOptions.Section}: Idle must be longer than nothing, and Longest not shorter than Idle.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
