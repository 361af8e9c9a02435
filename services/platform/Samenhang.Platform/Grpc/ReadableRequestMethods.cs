using System.Reflection;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Samenhang.Platform.Errors;

namespace Samenhang.Platform.Grpc;

/// <summary>
/// Finds the methods of a generated service, in place of the server library's own provider, for one reason: bytes that are no message of
/// the request's type are the caller's fault. The library reads them before any interceptor and answers UNKNOWN, logged as an error of
/// ours; here they end the call with INVALID_ARGUMENT.
/// </summary>
internal sealed class ReadableRequestMethods<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } bound)
            {
                var bind = bound.BindType.GetMethod(
                    bound.BindMethodName, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static, [typeof(ServiceBinderBase), type])
                    ?? throw new InvalidOperationException($"{bound.BindType} has no method {bound.BindMethodName} that binds {type}.");
                bind.Invoke(null, [new Binder(context), null]);
                return;
            }
        }

        throw new InvalidOperationException($"{typeof(TService)} does not derive from the base of a generated service.");
    }

    private sealed class Binder(ServiceMethodProviderContext<TService> context) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        {
            var (serve, metadata) = Served<UnaryServerMethod<TService, TRequest, TResponse>>(method);
            context.AddUnaryMethod(Readable(method), metadata, serve);
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var (serve, metadata) = Served<ClientStreamingServerMethod<TService, TRequest, TResponse>>(method);
            context.AddClientStreamingMethod(Readable(method), metadata, serve);
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var (serve, metadata) = Served<ServerStreamingServerMethod<TService, TRequest, TResponse>>(method);
            context.AddServerStreamingMethod(Readable(method), metadata, serve);
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        {
            var (serve, metadata) = Served<DuplexStreamingServerMethod<TService, TRequest, TResponse>>(method);
            context.AddDuplexStreamingMethod(Readable(method), metadata, serve);
        }

        private static (TInvoker Serve, List<object> Metadata) Served<TInvoker>(IMethod method)
            where TInvoker : Delegate
        {
            // The delegate's first parameter is the service; the others are those of the method.
            Type[] parameters = [.. typeof(TInvoker).GetMethod("Invoke")!.GetParameters().Skip(1).Select(parameter => parameter.ParameterType)];
            var served = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
                ?? throw new InvalidOperationException($"{typeof(TService)} has no public method for {method.FullName}.");
            List<object> metadata =
            [
                .. typeof(TService).GetCustomAttributes(inherit: true),
                .. served.GetCustomAttributes(inherit: true),
                new HttpMethodMetadata(["POST"], acceptCorsPreflight: true),
            ];
            return (served.CreateDelegate<TInvoker>(), metadata);
        }

        private static Method<TRequest, TResponse> Readable<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
            where TResponse : class
        {
            var marshaller = method.RequestMarshaller;
            return new Method<TRequest, TResponse>(
                method.Type,
                method.ServiceName,
                method.Name,
                new Marshaller<TRequest>(marshaller.ContextualSerializer, Read),
                method.ResponseMarshaller);

            TRequest Read(DeserializationContext payload)
            {
                try
                {
                    return marshaller.ContextualDeserializer(payload);
                }
                catch (Exception cause) when (cause is InvalidProtocolBufferException or ArgumentOutOfRangeException or IndexOutOfRangeException)
                {
                    // The others are what the library throws when a message in the message says that it has the largest length there is.
                    throw new Error.Invalid(
                    [
                        new FieldViolation(
                            "",
                            $"Dit is geen leesbaar bericht van het type {typeof(TRequest).Name}.",
                            $"This is not a readable message of type {typeof(TRequest).Name}."),
                    ]).ToRpcException();
                }
            }
        }
    }
}
