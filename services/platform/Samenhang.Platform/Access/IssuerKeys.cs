using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Samenhang.Platform.Access;

/// <summary>
/// The public keys of one issuer, from its discovery or from a file. They are kept for an hour; a token with a key that is not known makes
/// them be read again, because issuers change their keys.
/// </summary>
internal sealed class IssuerKeys(IssuerOptions issuer, HttpClient http, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);

    // Who sends tokens with invented keys does not make us ask without end.
    private static readonly TimeSpan NotOftenerThan = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1, 1);
    private volatile IReadOnlyList<SecurityKey>? known;
    private DateTimeOffset askedAt = DateTimeOffset.MinValue;

    /// <summary>The keys; what is known stays in use when the issuer does not answer.</summary>
    /// <param name="missing">A key that a token named and that is not among them; null = none in particular.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Empty when the issuer never answered.</returns>
    public async ValueTask<IReadOnlyList<SecurityKey>> ReadAsync(string? missing, CancellationToken cancellationToken)
    {
        if (known is { } keys && time.GetUtcNow() - askedAt < KeepFor && (missing is null || keys.Any(key => key.KeyId == missing)))
        {
            return keys;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            var age = time.GetUtcNow() - askedAt;
            if (age < NotOftenerThan)
            {
                return known ?? [];
            }

            askedAt = time.GetUtcNow();
            return known = issuer.KeysFile.Length > 0 ? FromFile(issuer.KeysFile) : await DiscoverAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or InvalidOperationException or ArgumentException or CryptographicException
            && !cancellationToken.IsCancellationRequested)
        {
            AccessLog.KeysUnavailable(logger, issuer.Authority, failure.GetType().Name);
            return known ?? [];
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private static IReadOnlyList<SecurityKey> FromFile(string file)
    {
        var text = File.ReadAllText(file);
        if (text.TrimStart().StartsWith('{'))
        {
            return [.. new JsonWebKeySet(text).GetSigningKeys()];
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(text);
        return [SigningKey.Named(rsa)];
    }

    private async Task<IReadOnlyList<SecurityKey>> DiscoverAsync(CancellationToken cancellationToken)
    {
        var address = issuer.Authority.TrimEnd('/') + "/.well-known/openid-configuration";
        var documents = new HttpDocumentRetriever(http) { RequireHttps = !new Uri(address).IsLoopback };
        var described = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);
        return described.Issuer.TrimEnd('/') == issuer.Authority.TrimEnd('/')
            ? [.. described.SigningKeys]
            : throw new InvalidOperationException("The issuer calls itself by another name.");
    }
}
