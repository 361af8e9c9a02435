namespace Grpc.Core;

/// <summary>Starts calls. Client stubs are written against it; a channel and every interceptor supply one.</summary>
public abstract class CallInvoker
{
    /// <summary>One request, one response, on the calling thread.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, or null for the channel's.</param>
    /// <param name="options">The options of this call.</param>
    /// <param name="request">The request.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>One request, one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, or null for the channel's.</param>
    /// <param name="options">The options of this call.</param>
    /// <param name="request">The request.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>One request, a stream of responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, or null for the channel's.</param>
    /// <param name="options">The options of this call.</param>
    /// <param name="request">The request.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>A stream of requests, one response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, or null for the channel's.</param>
    /// <param name="options">The options of this call.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>Both sides stream.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host, or null for the channel's.</param>
    /// <param name="options">The options of this call.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;
}
