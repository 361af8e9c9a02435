using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with a stream of requests and one response. Await it for the response.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class AsyncClientStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly CallState _call;

    /// <summary>A call described by values and closures.</summary>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">The headers of the response.</param>
    /// <param name="getStatusFunc">The status, once the call has ended.</param>
    /// <param name="getTrailersFunc">The trailers, once the call has ended.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseAsync = responseAsync;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>A call described by delegates over one state object.</summary>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">The headers of the response.</param>
    /// <param name="getStatusFunc">The status, once the call has ended.</param>
    /// <param name="getTrailersFunc">The trailers, once the call has ended.</param>
    /// <param name="disposeAction">Cancels the call if it still runs, and frees what it holds.</param>
    /// <param name="state">What the delegates are given.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        ResponseAsync = responseAsync;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The requests.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The response.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The headers of the response.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ResponseHeadersAsync;

    /// <summary>Awaits the response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Awaits the response, with or without the captured context.</summary>
    /// <param name="continueOnCapturedContext">Whether to go on in the captured context.</param>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>How the call ended.</summary>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Status GetStatus() => _call.GetStatus();

    /// <summary>The trailers.</summary>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Metadata GetTrailers() => _call.GetTrailers();

    /// <summary>Cancels the call if it still runs, and frees what it holds.</summary>
    public void Dispose() => _call.Dispose();
}
