using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Leaks.Tests.Planted;
using Samenhang.Platform.Access;

namespace Samenhang.Leaks.Tests.Calls;

/// <summary>Makes any call as anybody.</summary>
internal sealed class Telephone(Func<string, Uri> addressOf) : IDisposable
{
    private static readonly TimeSpan Listens = TimeSpan.FromSeconds(1);
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly OwnTokens tokens = new(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
    private readonly Dictionary<string, GrpcChannel> channels = new[] { "casemanager", "zvw", "gemeente", "uwv", "employer" }
        .ToDictionary(service => service, service => GrpcChannel.ForAddress(addressOf(service)));

    /// <summary>Makes a call and takes all that comes back. Of a stream without an end it takes what comes within a second.</summary>
    public async Task<Answer> CallAsync(KnownCall call, Reader reader, IMessage request)
    {
        var (purpose, ground) = DevelopmentChannel.PurposeOf(reader.Role);

        // The organisation of a casemanager reads its events with a token of the organisation.
        var speaker = reader is { IsOwn: true, Role: CallerRole.Casemanager } && call.Method.File.Package == "samenhang.feed.v1" ? reader.Speaker with { Tenant = "*" } : reader.Speaker;
        var options = new CallOptions(tokens.HeadersFor(call.Service, speaker, purpose, ground));
        var method = new Method<byte[], byte[]>(call.Method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary, call.Method.Service.FullName, call.Method.Name, Bytes, Bytes);
        var invoker = channels[call.Service].CreateCallInvoker();
        var came = new List<IMessage>();
        try
        {
            if (!call.Method.IsServerStreaming)
            {
                using var limit = new CancellationTokenSource(Patience.Limit);
                using var unary = invoker.AsyncUnaryCall(method, null, options.WithCancellationToken(limit.Token), request.ToByteArray());
                came.Add(call.Method.OutputType.Parser.ParseFrom(await unary));
                return Answer.Of(came, unary.GetTrailers());
            }

            // It begins, or is refused, however busy the machine is; how long it is listened to is counted from there.
            using var bound = new CancellationTokenSource(Patience.Limit);
            using var stream = invoker.AsyncServerStreamingCall(method, null, options.WithCancellationToken(bound.Token), request.ToByteArray());
            try
            {
                while (await stream.ResponseStream.MoveNext(bound.Token))
                {
                    came.Add(call.Method.OutputType.Parser.ParseFrom(stream.ResponseStream.Current));
                    bound.CancelAfter(Listens);
                }
            }
            catch (RpcException ended) when (bound.IsCancellationRequested && ended.StatusCode == StatusCode.Cancelled)
            {
                return Answer.Of(came);
            }
            catch (OperationCanceledException) when (bound.IsCancellationRequested)
            {
                return Answer.Of(came);
            }

            return Answer.Of(came, stream.GetTrailers());
        }
        catch (RpcException refused)
        {
            return Answer.Of(refused, came);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        tokens.Dispose();
        foreach (var channel in channels.Values)
        {
            channel.Dispose();
        }
    }
}
