namespace Grpc.Core;

/// <summary>A further check of the server's certificate.</summary>
/// <param name="context">What the server showed.</param>
/// <returns>Whether the server is the right one.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>What a server showed when the channel was secured.</summary>
/// <param name="targetName">The name that was called.</param>
/// <param name="peerPem">The server's certificate in PEM.</param>
public class VerifyPeerContext(string targetName, string peerPem)
{
    /// <summary>The name that was called.</summary>
    public string TargetName { get; } = targetName;

    /// <summary>The server's certificate in PEM.</summary>
    public string PeerPem { get; } = peerPem;
}

/// <summary>A certificate with its private key, both in PEM.</summary>
/// <param name="certificateChain">The certificate, with its chain.</param>
/// <param name="privateKey">The key.</param>
public sealed class KeyCertificatePair(string certificateChain, string privateKey)
{
    /// <summary>The certificate, with its chain.</summary>
    public string CertificateChain { get; } = certificateChain ?? throw new ArgumentNullException(nameof(certificateChain));

    /// <summary>The key.</summary>
    public string PrivateKey { get; } = privateKey ?? throw new ArgumentNullException(nameof(privateKey));
}

/// <summary>A channel secured by TLS.</summary>
/// <param name="rootCertificates">Trusted roots in PEM; null for the machine's.</param>
/// <param name="keyCertificatePair">The client's own certificate; null for none.</param>
/// <param name="verifyPeerCallback">A further check of the server; null for none.</param>
public sealed class SslCredentials(
    string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback) : ChannelCredentials
{
    /// <summary>TLS with the roots of the machine.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with given roots.</summary>
    /// <param name="rootCertificates">Trusted roots in PEM.</param>
    public SslCredentials(string rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with given roots and a client certificate.</summary>
    /// <param name="rootCertificates">Trusted roots in PEM.</param>
    /// <param name="keyCertificatePair">The client's own certificate.</param>
    public SslCredentials(string rootCertificates, KeyCertificatePair keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>Trusted roots in PEM; null for the machine's.</summary>
    public string? RootCertificates { get; } = rootCertificates;

    /// <summary>The client's own certificate; null for none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; } = keyCertificatePair;

    /// <inheritdoc />
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, verifyPeerCallback);
}
