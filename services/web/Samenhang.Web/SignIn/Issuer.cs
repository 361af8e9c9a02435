using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Samenhang.Web.SignIn;

/// <summary>
/// What the issuer tells of itself: its name, where it answers, and the keys with which it signs. It is kept for an hour; a token signed
/// with a key that is not known yet makes it ask again, because issuers change their keys.
/// </summary>
internal sealed class Issuer(IOptions<SignInOptions> options, BackChannel channel, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);

    // Who sends tokens with invented keys does not make us ask the issuer without end.
    private static readonly TimeSpan NotOftenerThan = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1, 1);
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset askedAt;

    /// <summary>What it tells.</summary>
    /// <exception cref="IssuerUnavailableException">It does not answer, and what is known is too old.</exception>
    public async Task<OpenIdConnectConfiguration> DescribeAsync(bool anew, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var age = clock.GetUtcNow() - askedAt;
            if (known is not null && age < (anew ? NotOftenerThan : KeepFor))
            {
                return known;
            }

            var address = options.Value.Authority.TrimEnd('/') + "/.well-known/openid-configuration";
            var documents = new HttpDocumentRetriever(channel.Client) { RequireHttps = !new Uri(address).IsLoopback };
            known = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);
            askedAt = clock.GetUtcNow();
            return known;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or InvalidOperationException or ArgumentException && !cancellationToken.IsCancellationRequested)
        {
            throw new IssuerUnavailableException("The issuer does not tell about itself.", failure);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();
}

/// <summary>The way from these pages to the issuer.</summary>
internal sealed class BackChannel(HttpMessageHandler handler) : IDisposable
{
    /// <summary>Calls the issuer.</summary>
    public HttpClient Client { get; } = new(handler) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1024 * 1024 };

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}

/// <summary>The issuer does not answer.</summary>
internal sealed class IssuerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
