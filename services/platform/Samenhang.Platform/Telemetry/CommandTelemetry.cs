using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Samenhang.Platform.Telemetry;

/// <summary>A span and a count for each request that changes something: those that carry a request id.</summary>
internal sealed class CommandTelemetry : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        IsCommand<TRequest>.Value ? MeasureAsync(request, context, continuation) : continuation(request, context);

    private static async Task<TResponse> MeasureAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        var method = context.Method[(context.Method.LastIndexOf('/') + 1)..];
        using var span = Measures.Source.StartActivity($"command {method}");
        var outcome = StatusCode.Unknown;
        try
        {
            var reply = await continuation(request, context);
            outcome = context.Status.StatusCode;
            return reply;
        }
        catch (RpcException failure)
        {
            outcome = failure.StatusCode;
            throw;
        }
        finally
        {
            span?.SetTag("outcome", outcome.ToString());
            if (outcome is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DataLoss)
            {
                span?.SetStatus(ActivityStatusCode.Error); // What a caller did wrong is no error of ours.
            }

            Measures.Command(method, outcome.ToString());
        }
    }

    private static class IsCommand<TRequest>
    {
        public static readonly bool Value =
            typeof(IMessage).IsAssignableFrom(typeof(TRequest))
            && ((IMessage)Activator.CreateInstance<TRequest>()!).Descriptor.FindFieldByName("request_id") is not null;
    }
}
