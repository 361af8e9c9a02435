using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Grpc;
using Samenhang.Platform.Store;

namespace Samenhang.Platform.Trail;

/// <summary>
/// Writes each call in the trail of its service before the answer goes out: where it cannot be written, the call fails. It stands outside of
/// errors and access, so that it sees what the caller gets, refusals too. A stream is written when it begins to give data.
/// </summary>
internal sealed class TrailInterceptor(TrailBook book, TimeProvider time, ILogger<TrailInterceptor> logger) : Interceptor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (book.Of(context.Method) is not { } trail)
        {
            return await continuation(request, context);
        }

        TResponse response;
        try
        {
            response = await continuation(request, context);
        }
        catch (RpcException failure)
        {
            await WriteAsync(trail, context, request, null, failure);
            throw;
        }

        await WriteAsync(trail, context, request, response, null);
        return response;
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (book.Of(context.Method) is not { } trail)
        {
            await continuation(request, responseStream, context);
            return;
        }

        var recorded = new RecordedStream<TResponse>(responseStream, first => WriteAsync(trail, context, request, first, null));
        await UntilItEndsAsync(trail, context, request, recorded, () => continuation(request, recorded, context));
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (book.Of(context.Method) is not { } trail)
        {
            return await continuation(requestStream, context);
        }

        TResponse response;
        try
        {
            response = await continuation(requestStream, context);
        }
        catch (RpcException failure)
        {
            await WriteAsync(trail, context, null, null, failure);
            throw;
        }

        await WriteAsync(trail, context, null, response, null);
        return response;
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        if (book.Of(context.Method) is not { } trail)
        {
            await continuation(requestStream, responseStream, context);
            return;
        }

        var recorded = new RecordedStream<TResponse>(responseStream, first => WriteAsync(trail, context, null, first, null));
        await UntilItEndsAsync(trail, context, null, recorded, () => continuation(requestStream, recorded, context));
    }

    private async Task UntilItEndsAsync<T>(ServiceTrail trail, ServerCallContext context, object? request, RecordedStream<T> stream, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (RpcException failure)
        {
            // A reader who goes away ends a stream as well as anything; what was refused or broke on the way is another line.
            if (!stream.Began || failure.StatusCode != StatusCode.Cancelled)
            {
                await WriteAsync(trail, context, request, null, failure);
            }

            throw;
        }

        if (!stream.Began)
        {
            await WriteAsync(trail, context, request, null, null);
        }
    }

    private async Task WriteAsync(ServiceTrail trail, ServerCallContext context, object? request, object? response, RpcException? failure)
    {
        try
        {
            await trail.Writer.WriteAsync(LineOf(trail, context, request, response, failure));
        }
        catch (StoreUnavailableException cause)
        {
            TrailLog.Unavailable(logger, context.Method, cause);
            throw new Error.Unavailable("store", RetryAfter).ToRpcException(); // The trail lies in it.
        }
#pragma warning disable CA1031 // Whatever goes wrong: what is not written is not answered.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            TrailLog.Failed(logger, context.Method, cause);
            throw new Error.Unavailable("trail", RetryAfter).ToRpcException();
        }
    }

    private TrailLine LineOf(ServiceTrail trail, ServerCallContext context, object? request, object? response, RpcException? failure)
    {
        var status = failure?.StatusCode ?? context.Status.StatusCode;
        var notes = TrailNotes.Of(context);
        return TrailWho.Tell(context, trail.Keys, new TrailLine
        {
            OccurredOn = time.GetUtcNow(),
            Service = trail.Service,
            Instance = TrailInstance.Name,
            Method = context.Method[1..],
            Part = TrailCalls.PartOf(request),
            Action = TrailCalls.ActionOf(context.Method, request),
            Outcome = TrailCalls.OutcomeOf(status),
            Status = status.ToString(),
            Activity = TrailCalls.ServiceOf(context.Method),
            Peer = TrailCalls.Clean(context.Peer),
            CaseKey = notes.CaseKey ?? TrailCalls.CaseOf(request) ?? TrailCalls.CaseOf(response),
            Missing = failure is null ? null : TrailCalls.Clean(MissingIn(failure)),
            Lifts = status == StatusCode.OK ? notes.Lifts : null,
            TraceId = Activity.Current?.TraceId.ToHexString(),
        });
    }

    private static string? MissingIn(RpcException failure)
    {
        if (failure.StatusCode is not (StatusCode.PermissionDenied or StatusCode.Unauthenticated)
            || failure.Trailers.GetValueBytes(ErrorStatus.DetailsTrailer) is not { } bytes)
        {
            return null;
        }

        return Google.Rpc.Status.Parser.ParseFrom(bytes).Details
            .Where(detail => detail.Is(ErrorInfo.Descriptor))
            .Select(detail => detail.Unpack<ErrorInfo>().Metadata.TryGetValue("missing", out var missing) ? missing : null)
            .FirstOrDefault();
    }

    /// <summary>Writes the line before the first message goes out: a case that does not exist was not read.</summary>
    private sealed class RecordedStream<T>(IServerStreamWriter<T> inner, Func<object?, Task> record) : IServerStreamWriter<T>
    {
        public bool Began { get; private set; }

        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            if (!Began)
            {
                await record(message);
                Began = true;
            }

            await inner.WriteAsync(message, cancellationToken);
        }
    }
}
