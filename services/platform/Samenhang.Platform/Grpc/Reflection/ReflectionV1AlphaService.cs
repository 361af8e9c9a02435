using Google.Protobuf;
using Grpc.Core;
using V1 = Grpc.Reflection.V1;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace Samenhang.Platform.Grpc.Reflection;

/// <summary><c>grpc.reflection.v1alpha.ServerReflection</c>, for older clients: the same messages under an older name.</summary>
internal sealed class ReflectionV1AlphaService(ServedServices services, ReflectedFiles files) : V1Alpha.ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<V1Alpha.ServerReflectionRequest> requestStream,
        IServerStreamWriter<V1Alpha.ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var conversation = new ReflectionConversation(services, files);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            // Both versions are the same bytes on the wire.
            var answer = conversation.Answer(V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            await responseStream.WriteAsync(
                V1Alpha.ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()), context.CancellationToken);
        }
    }
}
