using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Web.SignIn;

/// <summary>Why a sign-in failed, as far as the person may know.</summary>
internal enum SignInProblem
{
    /// <summary>It was not begun here, is too old, or was used before.</summary>
    NotBegunHere,

    /// <summary>The issuer said no, or the person stopped.</summary>
    Refused,

    /// <summary>What the issuer gave can not be trusted.</summary>
    NotTrusted,

    /// <summary>The account has no role here.</summary>
    NoRole,

    /// <summary>The issuer does not answer.</summary>
    Unavailable,

    /// <summary>No issuer is set.</summary>
    NotSet,
}

/// <summary>What came of a sign-in: a person and where to go, or a problem.</summary>
internal readonly record struct SignInOutcome(Person? Person, string Return, SignInProblem? Problem);

/// <summary>
/// The authorization code flow with PKCE (RFC 6749, RFC 7636, OpenID Connect Core): to the issuer, back with a code, the code for a token,
/// the token for a person.
/// </summary>
internal sealed class CodeFlow(
    Issuer issuer, IdTokenCheck check, PersonClaims claims, PendingSignIns pendings, BackChannel channel, IOptions<SignInOptions> options, TimeProvider clock, ILogger<CodeFlow> log)
{
    /// <summary>Where the issuer sends the browser back to.</summary>
    public const string CallbackPath = "/sign-in/callback";

    /// <summary>The address at the issuer to which the browser goes.</summary>
    /// <exception cref="IssuerUnavailableException">The issuer does not answer.</exception>
    public async Task<string> BeginAsync(HttpContext http, string page)
    {
        var described = await issuer.DescribeAsync(anew: false, http.RequestAborted);
        var pending = PendingSignIn.Begin(page);
        pendings.Keep(http, pending);
        return described.AuthorizationEndpoint + new QueryBuilder
        {
            { "response_type", "code" },
            { "client_id", options.Value.ClientId },
            { "redirect_uri", CallbackOf(http) },
            { "scope", options.Value.Scope },
            { "state", pending.State },
            { "nonce", pending.Nonce },
            { "code_challenge", pending.Challenge },
            { "code_challenge_method", "S256" },
        };
    }

    /// <summary>Takes what the issuer sent back.</summary>
    /// <exception cref="IssuerUnavailableException">The issuer does not answer.</exception>
    public async Task<SignInOutcome> FinishAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (pendings.Take(http, query["state"].ToString()) is not { } pending)
        {
            SignInLog.NotBegunHere(log);
            return Failed(SignInProblem.NotBegunHere);
        }

        // RFC 9207: an issuer that names itself in its answer must be the one that was asked.
        var described = await issuer.DescribeAsync(anew: false, http.RequestAborted);
        if (query["iss"] is { Count: > 0 } named && named != described.Issuer)
        {
            SignInLog.NotTrusted(log, TokenFault.Issuer);
            return Failed(SignInProblem.NotTrusted);
        }

        if (query["code"].ToString() is not { Length: > 0 } code)
        {
            SignInLog.Refused(log);
            return Failed(SignInProblem.Refused);
        }

        if (await ExchangeAsync(described, code, pending, CallbackOf(http), http.RequestAborted) is not { } text)
        {
            SignInLog.Refused(log);
            return Failed(SignInProblem.Refused);
        }

        var (token, fault) = await check.CheckAsync(text, pending.Nonce, http.RequestAborted);
        if (token is null)
        {
            SignInLog.NotTrusted(log, fault!.Value);
            return Failed(SignInProblem.NotTrusted);
        }

        if (claims.Read(token) is not { } person)
        {
            SignInLog.NoRole(log);
            return Failed(SignInProblem.NoRole);
        }

        return new(person, pending.Return, null);
    }

    private static SignInOutcome Failed(SignInProblem problem) => new(null, "/", problem);

    private static string CallbackOf(HttpContext http) => PublicAddress.Of(http) + CallbackPath;

    private async Task<string?> ExchangeAsync(OpenIdConnectConfiguration described, string code, PendingSignIn pending, string callback, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["code_verifier"] = pending.Verifier,
            ["client_id"] = options.Value.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, described.TokenEndpoint);
        if (options.Value.ClientSecretFile.Length > 0)
        {
            var secret = (await File.ReadAllTextAsync(options.Value.ClientSecretFile, cancellationToken)).Trim();
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(options.Value.ClientId)}:{Uri.EscapeDataString(secret)}")));
        }
        else if (options.Value.ClientKeyFile.Length > 0)
        {
            fields["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            fields["client_assertion"] = Assertion(described, await File.ReadAllTextAsync(options.Value.ClientKeyFile, cancellationToken));
        }

        request.Content = new FormUrlEncodedContent(fields);
        try
        {
            using var response = await channel.Client.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode >= 500)
            {
                throw new IssuerUnavailableException($"The issuer answers {(int)response.StatusCode}.");
            }

            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            return new OpenIdConnectMessage(await response.Content.ReadAsStringAsync(cancellationToken)).IdToken ?? "";
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new IssuerUnavailableException("The issuer does not answer.", failure);
        }
    }

    private string Assertion(OpenIdConnectConfiguration described, string pem)
    {
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        var now = clock.GetUtcNow();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.ClientId,
            Audience = described.TokenEndpoint,
            Subject = new ClaimsIdentity([new("sub", options.Value.ClientId), new("jti", Guid.CreateVersion7(now).ToString())]),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.AddMinutes(1).UtcDateTime,

            // The factory keeps what signs by the id of its key; this key goes when the request is sent.
            SigningCredentials = new(new RsaSecurityKey(key) { CryptoProviderFactory = new() { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSsaPssSha256),
        });
    }
}
