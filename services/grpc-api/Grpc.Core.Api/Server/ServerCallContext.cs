namespace Grpc.Core;

/// <summary>A call as the server sees it. A server library fills the members that end in <c>Core</c>.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>The full name of the method: <c>/service/method</c>.</summary>
    public string Method => MethodCore;

    /// <summary>The host that the client called.</summary>
    public string Host => HostCore;

    /// <summary>The address of the client, for example <c>ipv4:127.0.0.1:40000</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>The moment (UTC) after which the client no longer waits; <see cref="DateTime.MaxValue"/> for none.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>The headers that the client sent.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the client cancels, its deadline passes or its connection breaks.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>The trailers to send.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>The status to send when the method returns normally.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>How responses are written; null for the default.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>Who the client proved to be.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>A place for interceptors and the method to leave things for each other.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>See <see cref="Method"/>.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>See <see cref="Host"/>.</summary>
    protected abstract string HostCore { get; }

    /// <summary>See <see cref="Peer"/>.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>See <see cref="Deadline"/>.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>See <see cref="RequestHeaders"/>.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>See <see cref="CancellationToken"/>.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>See <see cref="ResponseTrailers"/>.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>See <see cref="Status"/>.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>See <see cref="WriteOptions"/>.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>See <see cref="AuthContext"/>.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>See <see cref="UserState"/>.</summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends the headers of the response now; without it they go with the first response.</summary>
    /// <param name="responseHeaders">The headers.</param>
    /// <exception cref="InvalidOperationException">The headers were sent already.</exception>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>A token with which another call takes over the deadline and cancellation of this one.</summary>
    /// <param name="options">What goes along; null for all.</param>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) => CreatePropagationTokenCore(options);

    /// <summary>See <see cref="WriteResponseHeadersAsync"/>.</summary>
    /// <param name="responseHeaders">The headers.</param>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>See <see cref="CreatePropagationToken"/>.</summary>
    /// <param name="options">What goes along; null for all.</param>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}
