using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Web.SignIn;

/// <summary>A sign-in that has begun: what must come back, and where to go afterwards.</summary>
/// <param name="State">Ties the answer of the issuer to this browser; 256 random bits.</param>
/// <param name="Nonce">Ties the token to this sign-in; 256 random bits.</param>
/// <param name="Verifier">Proves that who exchanges the code is who began (PKCE).</param>
/// <param name="Return">The page that was asked for.</param>
internal sealed record PendingSignIn(string State, string Nonce, string Verifier, string Return)
{
    /// <summary>Begins one.</summary>
    public static PendingSignIn Begin(string page) => new(Random(), Random(), Random(), page);

    /// <summary>What the issuer gets of the verifier.</summary>
    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}

/// <summary>
/// Keeps sign-ins that have begun in an encrypted cookie each, so that two tabs do not disturb each other and no server remembers who came by.
/// Each can be taken once.
/// </summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Prefix = "samenhang-signin-";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Samenhang.Web.PendingSignIn").ToTimeLimitedDataProtector();
    private readonly ConcurrentDictionary<string, DateTimeOffset> taken = new(StringComparer.Ordinal);

    /// <summary>Keeps one.</summary>
    public void Keep(HttpContext http, PendingSignIn pending) =>
        http.Response.Cookies.Append(NameOf(pending.State), protector.Protect(JsonSerializer.Serialize(pending), Lasts), Cookie(http));

    /// <summary>Takes the one with this state; null when this browser did not begin it, when it is too old, or was taken before.</summary>
    public PendingSignIn? Take(HttpContext http, string state)
    {
        var name = NameOf(state);
        if (http.Request.Cookies[name] is not { } kept)
        {
            return null;
        }

        http.Response.Cookies.Delete(name, Cookie(http));
        var now = clock.GetUtcNow();
        foreach (var (old, at) in taken)
        {
            if (now - at > Lasts)
            {
                taken.TryRemove(old, out _);
            }
        }

        try
        {
            var pending = JsonSerializer.Deserialize<PendingSignIn>(protector.Unprotect(kept));
            return pending is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(pending.State), System.Text.Encoding.UTF8.GetBytes(state)) && taken.TryAdd(state, now)
                ? pending
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // The answer of the issuer comes from another site, so the cookie must come along: Lax.
    private static CookieOptions Cookie(HttpContext http) => new()
    {
        HttpOnly = true, IsEssential = true, MaxAge = Lasts, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = CodeFlow.CallbackPath,
    };

    private static string NameOf(string state) => Prefix + Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(state)))[..12];
}
