namespace Grpc.Core.Interceptors;

/// <summary>A call on its way out, as an interceptor sees and may change it.</summary>
/// <param name="method">The method.</param>
/// <param name="host">The host, or null for the channel's.</param>
/// <param name="options">The options of the call.</param>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The host, or null for the channel's.</summary>
    public string? Host { get; } = host;

    /// <summary>The options of the call.</summary>
    public CallOptions Options { get; } = options;
}
