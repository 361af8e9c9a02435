using Grpc.Core;
using Grpc.Reflection.V1;

namespace Samenhang.Platform.Grpc.Reflection;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>: the services of this host and the proto files behind them.</summary>
internal sealed class ReflectionV1Service(ServedServices services, ReflectedFiles files) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var conversation = new ReflectionConversation(services, files);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(conversation.Answer(request), context.CancellationToken);
        }
    }
}
