using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Grpc;

/// <summary>
/// The edge of every gRPC method: an <see cref="RpcFailure"/> becomes its status, a call that its caller gave up ends quietly, a
/// store that cannot be reached is UNAVAILABLE, and anything else is a bug: INTERNAL with a trace id, logged once.
/// </summary>
public sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    private static readonly TimeSpan RetryStoreAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translated(exception, context);
        }
    }

    /// <inheritdoc />
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translated(exception, context);
        }
    }

    /// <inheritdoc />
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translated(exception, context);
        }
    }

    /// <inheritdoc />
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translated(exception, context);
        }
    }

    private RpcException Translated(Exception exception, ServerCallContext context)
    {
        if (exception is RpcFailure failure)
        {
            return failure.Error.ToRpcException();
        }

        // When the caller is gone, a broken read or write is how the method notices, or that the stream takes no message any more; nobody is left to tell.
        if (context.CancellationToken.IsCancellationRequested && exception is OperationCanceledException or IOException or InvalidOperationException { Source: "Grpc.AspNetCore.Server" })
        {
            return new RpcException(Status.DefaultCancelled);
        }

        if (exception is StoreUnavailableException unavailable)
        {
            ErrorLog.StoreUnavailable(logger, context.Method, unavailable);
            return new Error.Unavailable("store", RetryStoreAfter).ToRpcException();
        }

        if (exception is StreamBusyException busy)
        {
            ErrorLog.StreamBusy(logger, context.Method, busy);
            return new Error.Unavailable("stream", RetryStoreAfter).ToRpcException();
        }

        var traceId = Activity.Current?.TraceId.ToHexString() ?? context.GetHttpContext().TraceIdentifier;
        ErrorLog.MethodFailed(logger, context.Method, traceId, exception);
        return ErrorStatus.Internal(traceId);
    }
}

internal static partial class ErrorLog
{
    [LoggerMessage(EventId = 1001, EventName = "GrpcMethodFailed", Level = LogLevel.Error, Message = "The method {Method} met a bug, trace id {TraceId}.")]
    public static partial void MethodFailed(ILogger logger, string method, string traceId, Exception exception);

    [LoggerMessage(EventId = 1002, EventName = "StoreUnavailable", Level = LogLevel.Warning, Message = "The method {Method} could not reach the store.")]
    public static partial void StoreUnavailable(ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 1003, EventName = "StreamBusy", Level = LogLevel.Warning, Message = "The method {Method} lost to other writers at every try.")]
    public static partial void StreamBusy(ILogger logger, string method, Exception exception);
}
