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
    private static readonly TimeSpan Listens = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Begins = TimeSpan.FromSeconds(10);

    // These go on as long as the caller stays.
    private static readonly string[] Endless = ["WatchCase"];

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly OwnTokens tokens = new(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);
    private readonly Dictionary<string, GrpcChannel> channels = new[] { "casemanager", "zvw", "gemeente", "uwv", "employer" }
        .ToDictionary(service => service, service => GrpcChannel.ForAddress(addressOf(service)));

    /// <summary>Makes a call and takes all that comes back. Of a stream without an end it takes what comes within half a second after the first.</summary>
    /// <param name="call">The call.</param>
    /// <param name="reader">As whom.</param>
    /// <param name="request">With what.</param>
    /// <param name="isConfidential">Whether the person must not see this call now.</param>
    /// <param name="emergency">Why it is an emergency; null = it is none.</param>
    public async Task<Answer> CallAsync(KnownCall call, Reader reader, IMessage request, bool isConfidential = false, string? emergency = null)
    {
        var (purpose, ground) = emergency is null ? DevelopmentChannel.PurposeOf(reader.Role) : ("noodsituatie", LegalGround.VitalInterest);

        // The organisation of a casemanager reads its events with a token of the organisation.
        var speaker = reader is { IsOwn: true, Role: CallerRole.Casemanager } && call.Method.File.Package == "samenhang.feed.v1" ? reader.Speaker with { Tenant = "*" } : reader.Speaker;
        var headers = tokens.HeadersFor(call.Service, speaker, purpose, ground, emergency);
        if (isConfidential)
        {
            headers.Add(CallHeaders.Confidentiality, "vertrouwelijk");
        }

        var options = new CallOptions(headers);
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

            // It begins, or is refused, or there is nothing to tell; how long it is listened to is counted from where it begins.
            var isEndless = Endless.Contains(call.Method.Name);
            using var bound = new CancellationTokenSource(isEndless ? Begins : Patience.Limit);
            using var stream = invoker.AsyncServerStreamingCall(method, null, options.WithCancellationToken(bound.Token), request.ToByteArray());
            try
            {
                while (await stream.ResponseStream.MoveNext(bound.Token))
                {
                    came.Add(call.Method.OutputType.Parser.ParseFrom(stream.ResponseStream.Current));
                    if (came.Count == 1)
                    {
                        bound.CancelAfter(isEndless ? Listens : Patience.Limit);
                    }
                }
            }
            catch (RpcException ended) when (bound.IsCancellationRequested && ended.StatusCode == StatusCode.Cancelled)
            {
                return Enough(came);
            }
            catch (OperationCanceledException) when (bound.IsCancellationRequested)
            {
                return Enough(came);
            }

            return Answer.Of(came, stream.GetTrailers());
        }
        catch (RpcException refused)
        {
            return Answer.Of(refused, came);
        }
    }

    // Nothing came: it is neither an answer nor a refusal.
    private static Answer Enough(List<IMessage> came) => came.Count > 0 ? Answer.Of(came) : Answer.Of(came) with { Status = StatusCode.Cancelled };

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
