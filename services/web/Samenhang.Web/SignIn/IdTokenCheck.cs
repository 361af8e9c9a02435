using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Web.SignIn;

/// <summary>Why an ID token was refused.</summary>
internal enum TokenFault
{
    /// <summary>It is no token, or not signed by the issuer with RS256 or PS256.</summary>
    Signature,

    /// <summary>Another issuer made it.</summary>
    Issuer,

    /// <summary>It is for somebody else than these pages.</summary>
    Audience,

    /// <summary>It holds no longer, or not yet.</summary>
    Lifetime,

    /// <summary>It does not belong to this sign-in.</summary>
    Nonce,

    /// <summary>It misses what a token must say.</summary>
    Content,

    /// <summary>It is for somebody who acts for another, which these pages can not honour.</summary>
    Representation,
}

/// <summary>What came of checking a token: exactly one of both.</summary>
internal readonly record struct CheckedToken(JsonWebToken? Token, TokenFault? Fault);

/// <summary>Checks an ID token by the rules of OpenID Connect and of the Dutch government profile: nothing weaker than RS256.</summary>
internal sealed class IdTokenCheck(Issuer issuer, IOptions<SignInOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Checks it.</summary>
    /// <param name="text">The token.</param>
    /// <param name="nonce">What this sign-in asked to be in it.</param>
    /// <param name="cancellationToken">Ends the wait for the issuer's keys.</param>
    public async Task<CheckedToken> CheckAsync(string text, string nonce, CancellationToken cancellationToken)
    {
        var described = await issuer.DescribeAsync(anew: false, cancellationToken);
        var result = await handler.ValidateTokenAsync(text, Rules(described));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            described = await issuer.DescribeAsync(anew: true, cancellationToken);
            result = await handler.ValidateTokenAsync(text, Rules(described));
        }

        if (!result.IsValid)
        {
            return new(null, result.Exception switch
            {
                SecurityTokenInvalidIssuerException => TokenFault.Issuer,
                SecurityTokenInvalidAudienceException => TokenFault.Audience,
                SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => TokenFault.Lifetime,
                _ => TokenFault.Signature,
            });
        }

        var token = (JsonWebToken)result.SecurityToken;
        return FaultOf(token, nonce) is { } fault ? new(null, fault) : new(token, null);
    }

    private TokenValidationParameters Rules(OpenIdConnectConfiguration described) => new()
    {
        ValidIssuer = described.Issuer,
        ValidAudience = options.Value.ClientId,
        IssuerSigningKeys = described.SigningKeys,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,

        // With our own clock: the one of the handler can not be moved.
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return expires is { } end && now <= end + Skew && (notBefore is not { } begin || begin <= now + Skew);
        },
    };

    private TokenFault? FaultOf(JsonWebToken token, string nonce)
    {
        if (!token.TryGetPayloadValue<string>("nonce", out var said) || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(nonce)))
        {
            return TokenFault.Nonce;
        }

        if (token.Audiences.Count() > 1 && token.Azp != options.Value.ClientId)
        {
            return TokenFault.Audience;
        }

        if (token.TryGetPayloadValue<object>("represents", out _))
        {
            return TokenFault.Representation;
        }

        return token.Subject is { Length: > 0 and <= 255 } && token.TryGetPayloadValue<long>("iat", out _) ? null : TokenFault.Content;
    }
}
