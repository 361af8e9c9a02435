namespace Grpc.Core;

/// <summary>A call with one request and a stream of responses.</summary>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly CallState _call;

    /// <summary>A call described by values and closures.</summary>
    /// <param name="responseStream">The responses.</param>
    /// <param name="responseHeadersAsync">The headers of the response.</param>
    /// <param name="getStatusFunc">The status, once the call has ended.</param>
    /// <param name="getTrailersFunc">The trailers, once the call has ended.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseStream = responseStream;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>A call described by delegates over one state object.</summary>
    /// <param name="responseStream">The responses.</param>
    /// <param name="responseHeadersAsync">The headers of the response.</param>
    /// <param name="getStatusFunc">The status, once the call has ended.</param>
    /// <param name="getTrailersFunc">The trailers, once the call has ended.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    /// <param name="state">What the delegates are given.</param>
    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        ResponseStream = responseStream;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The responses.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The headers of the response.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ResponseHeadersAsync;

    /// <summary>How the call ended.</summary>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Status GetStatus() => _call.GetStatus();

    /// <summary>The trailers.</summary>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Metadata GetTrailers() => _call.GetTrailers();

    /// <summary>Cancels the call if it still runs, and frees what it holds.</summary>
    public void Dispose() => _call.Dispose();
}
