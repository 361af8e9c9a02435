using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Web.SignIn.Development;

/// <summary>
/// An OpenID Connect issuer for development: one chooses who one is. It speaks the whole protocol, so that the way in is the same code
/// as with a real issuer; its key lives as long as the process.
/// </summary>
internal sealed class DevelopmentIssuer(TimeProvider clock) : IDisposable
{
    /// <summary>Its name. It ends in .invalid: no such host can ever be.</summary>
    public const string Name = "https://development-issuer.samenhang.invalid";

    /// <summary>Where one chooses who one is.</summary>
    public const string AuthorizePath = "/development/issuer/authorize";

    private const string Client = "samenhang-web";
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(1);
    private readonly RSA key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Grant> codes = new(StringComparer.Ordinal);

    /// <summary>Fills in the settings that belong to it.</summary>
    public static void Complete(SignInOptions options)
    {
        if (options.Development && options.Authority.Length == 0)
        {
            (options.Authority, options.ClientId) = (Name, Client);
        }
    }

    /// <summary>Gives a code for a person.</summary>
    public string Grants(DemoPerson person, string? caseId, string nonce, string challenge)
    {
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        codes[code] = new(person, caseId, nonce, challenge, clock.GetUtcNow() + CodeLasts);
        return code;
    }

    /// <summary>Gives the token for a code: once, in time, and only to who knows the verifier; null = no.</summary>
    public string? TokenFor(string code, string verifier)
    {
        if (!codes.TryRemove(code, out var grant)
            || grant.Until < clock.GetUtcNow()
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) != grant.Challenge)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["sub"] = grant.Person.Subject + (grant.CaseId is null ? "" : "-" + grant.CaseId),
            ["name"] = grant.Person.Name,
            ["nonce"] = grant.Nonce,
            ["jti"] = Guid.CreateVersion7(now).ToString(),
            ["samenhang_role"] = grant.Person.Role.ToString().ToLowerInvariant(),
        };
        if (grant.Person.Tenant.Length > 0)
        {
            claims["samenhang_tenant"] = grant.Person.Tenant;
        }

        if (grant.CaseId is not null)
        {
            claims["samenhang_cases"] = new[] { grant.CaseId };
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Client,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.AddMinutes(5).UtcDateTime,
            Claims = claims,
            SigningCredentials = new(SigningKey(), SecurityAlgorithms.RsaSsaPssSha256),
        });
    }

    /// <summary>Its public key, as a set of keys.</summary>
    public object Keys()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", kid = SigningKey().KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } } };
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    private RsaSecurityKey SigningKey() => new(key)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportRSAPublicKey()))[..16],
        CryptoProviderFactory = new() { CacheSignatureProviders = false },
    };

    private sealed record Grant(DemoPerson Person, string? CaseId, string Nonce, string Challenge, DateTimeOffset Until);
}
