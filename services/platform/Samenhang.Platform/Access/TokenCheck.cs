using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Samenhang.Access;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Access;

/// <summary>What came of looking at a token: exactly one of both.</summary>
/// <param name="Claims">What it says.</param>
/// <param name="Fault">Why it is refused, for the log; a caller hears only that it is.</param>
internal readonly record struct CheckedToken(TokenClaims? Claims, string? Fault);

/// <summary>
/// Checks the token of a call: signed with RS256 or PS256 by an issuer that we believe, for this service, not too early, not too late, and
/// not longer than an hour. A token that was found right is not checked again for a minute.
/// </summary>
internal sealed class TokenCheck : IDisposable
{
    /// <summary>Claims beside those of RFC 7519 and RFC 9068.</summary>
    public const string RoleClaim = "samenhang_role", TenantClaim = "samenhang_tenant", CasesClaim = "samenhang_cases", OinClaim = "oin";

    private const int LongestToken = 16 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(1);

    private readonly AccessOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly MemoryCache right = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly FrozenDictionary<string, (IssuerKeys? Keys, SecurityKey? Fixed, FrozenSet<CallerRole> Roles)> issuers;

    public TokenCheck(IOptions<AccessOptions> options, TimeProvider time, ILogger<TokenCheck> logger)
    {
        (this.options, this.time) = (options.Value, time);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1024 * 1024,
        };
        var known = this.options.Issuers.ToDictionary(
            issuer => issuer.Authority,
            issuer => ((IssuerKeys?)new IssuerKeys(issuer, http, time, logger), (SecurityKey?)null, RolesOf(issuer)),
            StringComparer.Ordinal);
        if (this.options.DevelopmentKeyFile.Length > 0)
        {
            AccessLog.Development(logger, this.options.DevelopmentKeyFile);
            known[SigningKey.DevelopmentIssuer] = (null, SigningKey.PublicOf(SigningKey.ReadOrMake(this.options.DevelopmentKeyFile)), Enum.GetValues<CallerRole>().ToFrozenSet());
        }

        issuers = known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>What a token says that was found right a moment ago; null = it must be checked.</summary>
    public TokenClaims? Recall(string text, string? audience) =>
        right.TryGetValue((text, audience), out Remembered? remembered) && remembered!.Until > time.GetUtcNow() ? remembered.Claims : null;

    /// <summary>Checks it.</summary>
    /// <param name="text">The token.</param>
    /// <param name="audience">The service that was called; null = whichever of ours.</param>
    /// <param name="cancellationToken">Ends the wait for the issuer's keys.</param>
    public async ValueTask<CheckedToken> CheckAsync(string text, string? audience, CancellationToken cancellationToken)
    {
        if (Recall(text, audience) is { } known)
        {
            return new(known, null);
        }

        if (text.Length > LongestToken || !handler.CanReadToken(text))
        {
            return new(null, "no token");
        }

        JsonWebToken read;
        try
        {
            read = handler.ReadJsonWebToken(text);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or FormatException)
        {
            return new(null, "no token"); // Whoever made it knows what it is.
        }

        if (!issuers.TryGetValue(read.Issuer, out var issuer))
        {
            return new(null, "issuer");
        }

        IReadOnlyList<SecurityKey> keys = issuer.Fixed is { } one ? [one] : await issuer.Keys!.ReadAsync(read.Kid, cancellationToken);
        var result = await handler.ValidateTokenAsync(text, Rules(read.Issuer, audience, keys));
        if (!result.IsValid)
        {
            return new(null, result.Exception switch
            {
                SecurityTokenInvalidAudienceException => "audience",
                SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "lifetime",
                _ => "signature",
            });
        }

        var token = (JsonWebToken)result.SecurityToken;
        var checkedToken = Claims(token, issuer.Roles);
        if (checkedToken.Claims is { } claims)
        {
            var until = Earlier(time.GetUtcNow() + RememberFor, token.ValidTo + Skew);
            right.Set((text, audience), new Remembered(claims, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = RememberFor });
        }

        return checkedToken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        right.Dispose();
        http.Dispose();
        foreach (var issuer in issuers.Values)
        {
            issuer.Keys?.Dispose();
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static FrozenSet<CallerRole> RolesOf(IssuerOptions issuer) => issuer.Roles.Count > 0
        ? issuer.Roles.Select(Codes.RoleOf).OfType<CallerRole>().ToFrozenSet()
        : Enum.GetValues<CallerRole>().Where(role => role != CallerRole.Service).ToFrozenSet();

    private TokenValidationParameters Rules(string issuer, string? audience, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer,
        ValidAudiences = audience is null ? ServiceNames.All : [audience],
        IssuerSigningKeys = keys,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,

        // With our own clock: the one of the handler can not be moved.
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return expires is { } end && now <= end + Skew && (notBefore is not { } begin || begin <= now + Skew);
        },
    };

    private CheckedToken Claims(JsonWebToken token, FrozenSet<CallerRole> roles)
    {
        var issuedAt = token.TryGetPayloadValue<long>("iat", out var issued) ? DateTimeOffset.FromUnixTimeSeconds(issued) : (DateTimeOffset?)null;
        if (issuedAt is not { } from || token.ValidTo - from > Longest + Skew)
        {
            return new(null, "lifetime of more than an hour");
        }

        if (token.Subject is not { Length: > 0 and <= 255 })
        {
            return new(null, "subject");
        }

        var role = Codes.RoleOf(Text(token, RoleClaim));
        if (role is { } given && !roles.Contains(given))
        {
            return new(null, "role that this issuer may not give");
        }

        var (oin, tenant) = (Text(token, OinClaim), Text(token, TenantClaim));
        if (oin.Length > 0)
        {
            if (!options.Organisations.TryGetValue(oin, out var own) || (tenant.Length > 0 && tenant != own))
            {
                return new(null, "tenant");
            }

            tenant = own;
        }

        // Who speaks for all of an installation is a service of ours or the one issuer of a development system.
        if (tenant == TokenClaims.Everywhere && token.Issuer != SigningKey.DevelopmentIssuer && role != CallerRole.Service)
        {
            return new(null, "tenant");
        }

        return new(
            new(
                token.Issuer,
                token.Subject,
                role,
                oin,
                tenant,
                [.. token.Claims.Where(claim => claim.Type == CasesClaim).Select(claim => claim.Value)],
                Text(token, "scope").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal),
                token.TryGetPayloadValue<JsonElement>("act", out var actor) && actor.ValueKind == JsonValueKind.Object && actor.TryGetProperty("sub", out var name) ? name.GetString() ?? "" : ""),
            null);
    }

    private static string Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) ? text : "";

    private sealed record Remembered(TokenClaims Claims, DateTimeOffset Until);
}
