using Grpc.Core;
using Grpc.Core.Interceptors;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Errors;
using Samenhang.Protos.Gemeente.V1;

namespace Samenhang.Gemeente.Access;

/// <summary>
/// Holds the municipality that a call names against who calls, before the method begins: every request with a client, whatever the method.
/// The file of a client of another municipality does not exist for the caller.
/// </summary>
internal sealed class MunicipalityGate : Interceptor
{
    private const string Ours = "/samenhang.gemeente.";

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(continuation);
        if (context.Method.StartsWith(Ours, StringComparison.Ordinal)
            && context.Caller() is { Role: CallerRole.Municipality, IsEverywhere: false } caller
            && request is Google.Protobuf.IMessage message
            && message.Descriptor.Fields.InFieldNumberOrder()
                .Where(field => !field.IsRepeated && field.FieldType == Google.Protobuf.Reflection.FieldType.Message)
                .Select(field => field.Accessor.GetValue(message))
                .OfType<ClientReference>()
                .Any(client => caller.Tenant != $"gm{client.MunicipalityCode}"))
        {
            throw new RpcFailure(new Error.NotFound("client"));
        }

        return continuation(request, context);
    }
}
