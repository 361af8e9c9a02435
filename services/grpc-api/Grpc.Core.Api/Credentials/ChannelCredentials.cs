namespace Grpc.Core;

/// <summary>How a channel is secured.</summary>
public abstract class ChannelCredentials
{
    /// <summary>Not secured: plain text.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>Secured by TLS with the roots of the machine.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Secures the channel and adds credentials to every call.</summary>
    /// <param name="channelCredentials">Secures the channel; TLS.</param>
    /// <param name="callCredentials">Credentials of every call.</param>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>For client libraries: tells the configurator what these credentials consist of.</summary>
    /// <param name="configurator">Is told.</param>
    /// <param name="state">What the configurator wants back.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetInsecureCredentials(state);
    }

    private sealed class CompositeChannelCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials) : ChannelCredentials
    {
        private readonly ChannelCredentials _channel = channelCredentials ?? throw new ArgumentNullException(nameof(channelCredentials));
        private readonly CallCredentials _call = callCredentials ?? throw new ArgumentNullException(nameof(callCredentials));

        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _channel, _call);
    }
}

/// <summary>For client libraries: is told what channel credentials consist of.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>Plain text.</summary>
    /// <param name="state">What was given to the credentials.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>TLS.</summary>
    /// <param name="state">What was given to the credentials.</param>
    /// <param name="rootCertificates">Trusted roots in PEM; null for the machine's.</param>
    /// <param name="keyCertificatePair">The client's own certificate; null for none.</param>
    /// <param name="verifyPeerCallback">A further check of the server; null for none.</param>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>Channel and call credentials together.</summary>
    /// <param name="state">What was given to the credentials.</param>
    /// <param name="channelCredentials">Secures the channel.</param>
    /// <param name="callCredentials">Credentials of every call.</param>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
