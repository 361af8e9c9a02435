namespace Grpc.Core;

/// <summary>Serves a unary method.</summary>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public delegate Task<TResponse> UnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>Serves a method whose client streams.</summary>
/// <param name="requestStream">The requests.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>Serves a method whose server streams.</summary>
/// <param name="request">The request.</param>
/// <param name="responseStream">Where the responses go.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>Serves a method of which both sides stream.</summary>
/// <param name="requestStream">The requests.</param>
/// <param name="responseStream">Where the responses go.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public delegate Task DuplexStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
