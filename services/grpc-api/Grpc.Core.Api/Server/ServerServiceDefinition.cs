namespace Grpc.Core;

/// <summary>The methods of a service with what serves them, as generated code lists them.</summary>
public class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> _methods;

    internal ServerServiceDefinition(IEnumerable<Action<ServiceBinderBase>> methods) => _methods = [.. methods];

    /// <summary>Begins a definition.</summary>
    public static Builder CreateBuilder() => new();

    /// <summary>Gives every method to a binder, in the order in which they were added. For server libraries.</summary>
    /// <param name="serviceBinder">The binder.</param>
    public void BindService(ServiceBinderBase serviceBinder)
    {
        ArgumentNullException.ThrowIfNull(serviceBinder);
        foreach (var add in _methods)
        {
            add(serviceBinder);
        }
    }

    /// <summary>Collects the methods of a definition.</summary>
    public class Builder
    {
        private readonly List<Action<ServiceBinderBase>> _methods = [];
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        /// <summary>Adds a unary method.</summary>
        /// <param name="method">The method.</param>
        /// <param name="handler">What serves it.</param>
        /// <typeparam name="TRequest">The request.</typeparam>
        /// <typeparam name="TResponse">The response.</typeparam>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method whose client streams.</summary>
        /// <param name="method">The method.</param>
        /// <param name="handler">What serves it.</param>
        /// <typeparam name="TRequest">The request.</typeparam>
        /// <typeparam name="TResponse">The response.</typeparam>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method whose server streams.</summary>
        /// <param name="method">The method.</param>
        /// <param name="handler">What serves it.</param>
        /// <typeparam name="TRequest">The request.</typeparam>
        /// <typeparam name="TResponse">The response.</typeparam>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method of which both sides stream.</summary>
        /// <param name="method">The method.</param>
        /// <param name="handler">What serves it.</param>
        /// <typeparam name="TRequest">The request.</typeparam>
        /// <typeparam name="TResponse">The response.</typeparam>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>The definition of all methods added so far.</summary>
        public ServerServiceDefinition Build() => new(_methods);

        private Builder Add(IMethod method, Action<ServiceBinderBase> add)
        {
            ArgumentNullException.ThrowIfNull(method);
            if (!_names.Add(method.FullName))
            {
                throw new ArgumentException($"The method {method.FullName} was added before.", nameof(method));
            }

            _methods.Add(add);
            return this;
        }
    }
}
