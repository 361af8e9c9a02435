namespace Grpc.Core;

/// <summary>What is known of a method without its message types.</summary>
public interface IMethod
{
    /// <summary>Unary, or which side streams.</summary>
    MethodType Type { get; }

    /// <summary>The full name of the service, with its proto package.</summary>
    string ServiceName { get; }

    /// <summary>The name of the method alone.</summary>
    string Name { get; }

    /// <summary>The path of the method: <c>/service/method</c>.</summary>
    string FullName { get; }
}

/// <summary>A method of a service.</summary>
/// <param name="type">Unary, or which side streams.</param>
/// <param name="serviceName">The full name of the service, with its proto package.</param>
/// <param name="name">The name of the method alone.</param>
/// <param name="requestMarshaller">How requests become bytes.</param>
/// <param name="responseMarshaller">How responses become bytes.</param>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public class Method<TRequest, TResponse>(
    MethodType type,
    string serviceName,
    string name,
    Marshaller<TRequest> requestMarshaller,
    Marshaller<TResponse> responseMarshaller) : IMethod
{
    /// <inheritdoc />
    public MethodType Type { get; } = type;

    /// <inheritdoc />
    public string ServiceName { get; } = serviceName ?? throw new ArgumentNullException(nameof(serviceName));

    /// <inheritdoc />
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>How requests become bytes.</summary>
    public Marshaller<TRequest> RequestMarshaller { get; } = requestMarshaller ?? throw new ArgumentNullException(nameof(requestMarshaller));

    /// <summary>How responses become bytes.</summary>
    public Marshaller<TResponse> ResponseMarshaller { get; } = responseMarshaller ?? throw new ArgumentNullException(nameof(responseMarshaller));

    /// <inheritdoc />
    public string FullName { get; } = $"/{serviceName}/{name}";
}
