using System.Collections.Concurrent;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>Calls a method with bytes that need not be a message, and gives back bytes.</summary>
internal static class RawCalls
{
    // Of a stream, what came within this time is enough.
    private static readonly TimeSpan Listen = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(1);

    private static readonly Marshaller<byte[]> AsTheyAre = new(bytes => bytes, bytes => bytes);

    // One for each: a channel keeps what it made for a method, for ever.
    private static readonly ConcurrentDictionary<string, Method<byte[], byte[]>> Methods = new();

    /// <summary>How the call ended, and what was answered; of a stream nothing is kept.</summary>
    public static async Task<(Status Status, Metadata Trailers, byte[]? Reply)> CallAsync(GrpcChannel channel, MethodDescriptor method, byte[] request)
    {
        var invoker = channel.CreateCallInvoker();
        var raw = Methods.GetOrAdd(
            method.FullName,
            _ => new(method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary, method.Service.FullName, method.Name, AsTheyAre, AsTheyAre));
        using var enough = new CancellationTokenSource(method.IsServerStreaming ? Listen : Timeout.InfiniteTimeSpan);
        var options = new CallOptions(deadline: TimeProvider.System.GetUtcNow().Add(AnswerWithin).UtcDateTime, cancellationToken: enough.Token);
        try
        {
            if (method.IsServerStreaming)
            {
                using var stream = invoker.AsyncServerStreamingCall(raw, null, options, request);
                while (await stream.ResponseStream.MoveNext(enough.Token))
                {
                }

                return (Status.DefaultSuccess, [], null);
            }

            using var call = invoker.AsyncUnaryCall(raw, null, options, request);
            return (Status.DefaultSuccess, [], await call);
        }
        // Hanging up while a message comes in is told as a broken connection.
        catch (RpcException ended) when (enough.IsCancellationRequested && ended.StatusCode is StatusCode.Cancelled or StatusCode.Unavailable)
        {
            return (Status.DefaultSuccess, [], null);
        }
        catch (RpcException refused)
        {
            return (refused.Status, refused.Trailers, null);
        }
    }
}
