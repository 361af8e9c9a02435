using Grpc.Core;

namespace Samenhang.Web.Casemanager;

/// <summary>Calls with a bound on each answer, and with who asks. A stream has no bound: it goes on until its reader stops.</summary>
internal sealed class BoundedCalls(CallInvoker inner, TimeProvider clock, TimeSpan answerWithin, Metadata who) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.BlockingUnaryCall(method, host, Bounded(options), request);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncUnaryCall(method, host, Bounded(options), request);

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        inner.AsyncServerStreamingCall(method, host, Known(options), request);

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncClientStreamingCall(method, host, Bounded(options));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        inner.AsyncDuplexStreamingCall(method, host, Known(options));

    private CallOptions Bounded(CallOptions options) => Known(options.Deadline is null ? options.WithDeadline(clock.GetUtcNow().UtcDateTime + answerWithin) : options);

    private CallOptions Known(CallOptions options)
    {
        if (options.Headers is null)
        {
            return options.WithHeaders(who);
        }

        foreach (var entry in who)
        {
            options.Headers.Add(entry);
        }

        return options;
    }
}
