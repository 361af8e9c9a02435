using System.Collections.Concurrent;
using Grpc.Core;
using Samenhang.Interop.Echo.V1;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Interop.Echo;

/// <summary>Serves <c>samenhang.testing.echo.v1</c>; what each method does stands in the proto.</summary>
public sealed class EchoService(AbandonedWaits waits) : V1.EchoService.EchoServiceBase
{
    /// <inheritdoc />
    public override async Task<SayResponse> Say(SayRequest request, ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("x-echo") is { } text)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-echo", text } });
            context.ResponseTrailers.Add("x-echo-trailer", text);
        }

        if (context.RequestHeaders.GetValueBytes("x-echo-bin") is { } bytes)
        {
            context.ResponseTrailers.Add("x-echo-trailer-bin", bytes);
        }

        return new SayResponse { Text = request.Text };
    }

    /// <inheritdoc />
    public override async Task Count(CountRequest request, IServerStreamWriter<CountResponse> responseStream, ServerCallContext context)
    {
        for (var number = 1; number <= request.UpTo; number++)
        {
            await responseStream.WriteAsync(new CountResponse { Number = number }, context.CancellationToken);
        }
    }

    /// <inheritdoc />
    public override async Task<CollectResponse> Collect(IAsyncStreamReader<CollectRequest> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            texts.Add(request.Text);
        }

        return new CollectResponse { Joined = string.Join(',', texts) };
    }

    /// <inheritdoc />
    public override async Task Converse(
        IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new ConverseResponse { Text = request.Text }, context.CancellationToken);
        }
    }

    /// <inheritdoc />
    public override Task<FailResponse> Fail(FailRequest request, ServerCallContext context) =>
        request.Kind == FailureKind.Bug
            ? throw new InvalidOperationException("A secret of the server: this text may not reach the client.")
            : Task.FromResult(Failure(request).OrFail());

    /// <inheritdoc />
    public override async Task Wait(WaitRequest request, IServerStreamWriter<WaitResponse> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new WaitResponse(), context.CancellationToken);
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            waits.Of(request.Name).TrySetResult();
        }
    }

    /// <inheritdoc />
    public override async Task<AbandonedResponse> Abandoned(AbandonedRequest request, ServerCallContext context)
    {
        await waits.Of(request.Name).Task.WaitAsync(context.CancellationToken);
        return new AbandonedResponse();
    }

    private static Result<FailResponse> Failure(FailRequest request) => request.Kind switch
    {
        FailureKind.Invalid => new Error.Invalid(
        [
            .. Enumerable.Range(0, request.Violations).Select(index =>
                new FieldViolation($"needs[{index}].kind", "Kies een behoefte uit de lijst.", "Choose a need from the list.")),
        ]),
        FailureKind.NotFound => new Error.NotFound("case", "c-1"),
        FailureKind.StaleVersion => new Error.StaleVersion(3, 7),
        FailureKind.StateForbids => new Error.StateForbids(
            "CASE_CLOSED", "case/c-1", new BilingualText("Dit dossier is gesloten.", "This case is closed.")),
        FailureKind.Unavailable => new Error.Unavailable("store", TimeSpan.FromSeconds(2)),
        FailureKind.Busy => throw new StreamBusyException("case/c-1"),
        FailureKind.Unspecified or FailureKind.Bug or _ => new FailResponse(),
    };
}

/// <summary>Remembers which waits their callers gave up.</summary>
public sealed class AbandonedWaits
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waits = new(StringComparer.Ordinal);

    internal TaskCompletionSource Of(string name) =>
        _waits.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
