using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Web.Tests.SignIn;

/// <summary>An issuer on a port of its own, that can be told to misbehave: each part of its token can be wrong in turn.</summary>
internal sealed class OutsideIssuer : IAsyncDisposable
{
    public const string ClientId = "samenhang-test";
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> codes = new();
    private RSA key = RSA.Create(2048);

    private OutsideIssuer(WebApplication app) => this.app = app;

    /// <summary>Its name and address.</summary>
    public string Name => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What a token would say; a test changes what it wants to be wrong.</summary>
    public Action<SecurityTokenDescriptor> Misbehave { get; set; } = _ => { };

    /// <summary>Puts another text in the place of the token; null = the token.</summary>
    public Func<string, string>? Replace { get; set; }

    /// <summary>Its clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>How the last exchange of a code was authorised.</summary>
    public string? LastAuthorization { get; private set; }

    public static async Task<OutsideIssuer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new OutsideIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = issuer.Name, authorization_endpoint = issuer.Name + "/authorize", token_endpoint = issuer.Name + "/token", jwks_uri = issuer.Name + "/keys",
        }));
        issuer.app.MapGet("/keys", () => Results.Json(issuer.Keys()));
        issuer.app.MapPost("/token", issuer.ExchangeAsync);
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>Gives a code for what the browser asked at <c>/authorize</c>.</summary>
    public string Grant(Uri asked)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal(ClientId, query["client_id"]);
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16));
        codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString());
        return code;
    }

    /// <summary>Signs with another key from now on, as issuers do now and then.</summary>
    public void ChangeKey()
    {
        key.Dispose();
        key = RSA.Create(2048);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private async Task<IResult> ExchangeAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        LastAuthorization = request.Headers.Authorization;
        if (!codes.TryRemove(form["code"].ToString(), out var grant)
            || Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != grant.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var now = Clock.GetUtcNow();
        var token = new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = ClientId,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.AddMinutes(5).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "s-1", ["name"] = "Iris Vos", ["nonce"] = grant.Nonce, ["jti"] = Guid.CreateVersion7(now).ToString(), ["samenhang_role"] = "steering",
            },
            SigningCredentials = new(SigningKey(), SecurityAlgorithms.RsaSha256),
        };
        Misbehave(token);
        var text = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
        return Results.Json(new { id_token = Replace?.Invoke(text) ?? text, access_token = "x", token_type = "Bearer" });
    }

    private RsaSecurityKey SigningKey() => new(key)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportRSAPublicKey()))[..16], CryptoProviderFactory = new() { CacheSignatureProviders = false },
    };

    private object Keys()
    {
        var parameters = key.ExportParameters(false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", kid = SigningKey().KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } } };
    }
}
