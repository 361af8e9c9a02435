namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a service.</summary>
public static class ServerServiceDefinitionExtensions
{
    /// <summary>A definition whose calls go through the interceptor first.</summary>
    /// <param name="serverServiceDefinition">The service.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static ServerServiceDefinition Intercept(this ServerServiceDefinition serverServiceDefinition, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(serverServiceDefinition);
        ArgumentNullException.ThrowIfNull(interceptor);
        var builder = ServerServiceDefinition.CreateBuilder();
        serverServiceDefinition.BindService(new InterceptingBinder(builder, interceptor));
        return builder.Build();
    }

    /// <summary>A definition whose calls go through all interceptors, the first of the list first.</summary>
    /// <param name="serverServiceDefinition">The service.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static ServerServiceDefinition Intercept(this ServerServiceDefinition serverServiceDefinition, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(interceptors);
        return Enumerable.Reverse(interceptors).Aggregate(serverServiceDefinition, Intercept);
    }

    private sealed class InterceptingBinder(ServerServiceDefinition.Builder builder, Interceptor interceptor) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            builder.AddMethod(method, (request, context) => interceptor.UnaryServerHandler(request, context, Served(method, handler)));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            builder.AddMethod(
                method,
                (IAsyncStreamReader<TRequest> requests, ServerCallContext context) =>
                    interceptor.ClientStreamingServerHandler(requests, context, Served(method, handler)));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            builder.AddMethod(
                method,
                (TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context) =>
                    interceptor.ServerStreamingServerHandler(request, responses, context, Served(method, handler)));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            builder.AddMethod(
                method,
                (IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context) =>
                    interceptor.DuplexStreamingServerHandler(requests, responses, context, Served(method, handler)));

        private static THandler Served<THandler>(IMethod method, THandler? handler)
            where THandler : Delegate =>
            handler ?? throw new InvalidOperationException($"Nothing serves the method {method.FullName}.");
    }
}
