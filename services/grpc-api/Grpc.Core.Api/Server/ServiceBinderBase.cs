namespace Grpc.Core;

/// <summary>Receives the methods of a service, one by one; a server library overrides the four ways.</summary>
public class ServiceBinderBase
{
    /// <summary>Adds a unary method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOffered();

    /// <summary>Adds a method whose client streams.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOffered();

    /// <summary>Adds a method whose server streams.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOffered();

    /// <summary>Adds a method of which both sides stream.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What serves it.</param>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotOffered();

    private NotImplementedException NotOffered() => new($"{GetType()} does not bind this kind of method.");
}
