using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Samenhang.Access;

namespace Samenhang.Platform.Access;

/// <summary>For whom a process calls another: itself, or a person that it knows.</summary>
/// <param name="Subject">Who; holds no BSN and no name.</param>
/// <param name="Role">As what.</param>
/// <param name="Tenant">The municipality, region or insurer; <c>*</c> = all; empty = none.</param>
/// <param name="Cases">The cases to which they are limited; empty = not by case.</param>
public sealed record Speaker(string Subject, CallerRole Role, string Tenant = "", IReadOnlyList<string>? Cases = null);

/// <summary>Makes the tokens with which this process calls services: short, for one service, signed with its own key.</summary>
public sealed class OwnTokens : IDisposable
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UseFor = TimeSpan.FromMinutes(4);

    private readonly TimeProvider time;
    private readonly string issuer;
    private readonly SigningCredentials? credentials;
    private readonly JsonWebTokenHandler handler = new();
    private readonly MemoryCache made = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Reads the key once.</summary>
    public OwnTokens(IOptions<AccessOptions> options, TimeProvider time)
        : this(options.Value, time)
    {
    }

    /// <summary>Reads the key once.</summary>
    public OwnTokens(AccessOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.time = time;
        issuer = options.KeyFile.Length > 0 ? options.Name : SigningKey.DevelopmentIssuer;
        var key = options.KeyFile.Length > 0 ? SigningKey.Read(options.KeyFile)
            : options.DevelopmentKeyFile.Length > 0 ? SigningKey.ReadOrMake(options.DevelopmentKeyFile)
            : null;
        credentials = key is null ? null : new SigningCredentials(key, SecurityAlgorithms.RsaSsaPssSha256);
    }

    /// <summary>The metadata of a call.</summary>
    /// <param name="service">Which service is called.</param>
    /// <param name="speaker">For whom.</param>
    /// <param name="purpose">What for: a code of <see cref="AccessBook.Purposes"/>.</param>
    /// <param name="ground">On which ground.</param>
    /// <param name="emergency">Why this is an emergency; null = it is none.</param>
    /// <exception cref="InvalidOperationException">This process has no key: its settings name none.</exception>
    public Metadata HeadersFor(string service, Speaker speaker, string purpose, LegalGround ground, string? emergency = null)
    {
        var headers = new Metadata { { CallHeaders.Authorization, $"Bearer {For(service, speaker)}" }, { CallHeaders.Purpose, purpose }, { CallHeaders.Ground, ground.ToCode() } };
        if (emergency is not null)
        {
            CallHeaders.Add(headers, CallHeaders.Reason, emergency);
        }

        return headers;
    }

    /// <summary>A token for calls to a service.</summary>
    public string For(string service, Speaker speaker)
    {
        ArgumentNullException.ThrowIfNull(speaker);
        var key = (service, speaker.Subject, speaker.Role, speaker.Tenant, string.Join(' ', speaker.Cases ?? []));
        var now = time.GetUtcNow();
        if (made.TryGetValue(key, out (string Token, DateTimeOffset Until) known) && now < known.Until && known.Until - now <= UseFor)
        {
            return known.Token;
        }

        var token = Make(service, speaker, now);
        made.Set(key, (token, now + UseFor), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = UseFor });
        return token;
    }

    /// <inheritdoc/>
    public void Dispose() => made.Dispose();

    private string Make(string service, Speaker speaker, DateTimeOffset now)
    {
        if (credentials is null)
        {
            throw new InvalidOperationException($"This process calls {service} and has no key to sign with: set {AccessOptions.Section}:Name and {AccessOptions.Section}:KeyFile.");
        }

        var claims = new Dictionary<string, object>
        {
            ["sub"] = speaker.Subject,
            ["jti"] = Guid.CreateVersion7(now).ToString(),
            ["scope"] = string.Join(' ', AccessBook.Current.ScopesOf(speaker.Role)),
            [TokenCheck.RoleClaim] = speaker.Role.ToCode(),
        };
        if (speaker.Role != CallerRole.Service)
        {
            claims["act"] = new Dictionary<string, object> { ["sub"] = issuer };
        }

        if (speaker.Tenant.Length > 0)
        {
            claims[TokenCheck.TenantClaim] = speaker.Tenant;
        }

        if (speaker.Cases is { Count: > 0 } cases)
        {
            claims[TokenCheck.CasesClaim] = cases.ToArray();
        }

        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = service,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lasts).UtcDateTime,
            TokenType = "at+jwt",
            Claims = claims,
            SigningCredentials = credentials,
        });
    }
}
