using System.Threading.RateLimiting;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;
using Samenhang.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Grpc;

namespace Samenhang.Platform.Access;

/// <summary>
/// Bounds what one caller can ask of a service: how many calls a second, and how many at once. It stands behind the gate, so that a caller is
/// somebody and not an address; who has no valid token is bounded by address (<see cref="AttemptLimits"/>).
/// </summary>
internal sealed class CallLimits : Interceptor, IDisposable
{
    private const int Burst = 2;

    private static readonly BilingualText TooFast = new(
        "U vraagt te veel in korte tijd. Wacht even en probeer het opnieuw.", "You ask too much in a short time. Wait a moment and try again.");

    private static readonly BilingualText TooMany = new(
        "Er lopen te veel aanvragen van u tegelijk. Wacht tot er een klaar is.", "Too many of your calls run at once. Wait until one of them is done.");

    private readonly PartitionedRateLimiter<Caller>? perSecond;
    private readonly PartitionedRateLimiter<Caller>? atOnce;

    public CallLimits(IOptions<GrpcServerOptions> options)
    {
        if (options.Value.CallsPerSecond is > 0 and var most)
        {
            perSecond = PartitionedRateLimiter.Create<Caller, (string, string)>(caller => RateLimitPartition.GetTokenBucketLimiter(KeyOf(caller), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = most * Burst, TokensPerPeriod = Math.Max(1, most / 10), ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 0, AutoReplenishment = true,
            }));
        }

        if (options.Value.CallsAtOnce is > 0 and var together)
        {
            atOnce = PartitionedRateLimiter.Create<Caller, (string, string)>(caller => RateLimitPartition.GetConcurrencyLimiter(
                KeyOf(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = together, QueueLimit = 0 }));
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = Begin(context);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = Begin(context);
        return await continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = Begin(context);
        await continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = Begin(context);
        await continuation(requestStream, responseStream, context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        perSecond?.Dispose();
        atOnce?.Dispose();
    }

    private static (string Issuer, string Subject) KeyOf(Caller caller) => (caller.Token.Issuer, caller.Subject);

    private RateLimitLease? Begin(ServerCallContext context)
    {
        if (context.FindCaller() is not { } caller)
        {
            return null; // Health.
        }

        if (perSecond is not null)
        {
            using var one = perSecond.AttemptAcquire(caller);
            if (!one.IsAcquired)
            {
                throw new RpcFailure(new Error.LimitPassed("CALLS_PER_SECOND", TooFast));
            }
        }

        var lease = atOnce?.AttemptAcquire(caller);
        return lease is { IsAcquired: false } ? throw new RpcFailure(new Error.LimitPassed("CALLS_AT_ONCE", TooMany)) : lease;
    }
}

/// <summary>Bounds how often somebody at an address may come without a valid token: who tries tokens is not let try them all.</summary>
internal sealed class AttemptLimits : IDisposable
{
    private static readonly BilingualText Text = new(
        "Er zijn te veel aanvragen zonder geldige aanmelding. Wacht even.", "There were too many calls without a valid sign-in. Wait a moment.");

    private readonly PartitionedRateLimiter<string>? attempts;

    public AttemptLimits(IOptions<GrpcServerOptions> options)
    {
        if (options.Value.RefusalsPerSecond is > 0 and var most)
        {
            attempts = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetFixedWindowLimiter(
                address, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        }
    }

    /// <summary>Sees to it that this address has attempts left.</summary>
    /// <exception cref="RpcFailure">It has not.</exception>
    public void Require(string peer)
    {
        using var left = attempts?.AttemptAcquire(AddressOf(peer), permitCount: 0);
        if (left is { IsAcquired: false })
        {
            throw new RpcFailure(new Error.LimitPassed("REFUSALS_PER_SECOND", Text));
        }
    }

    /// <summary>Counts a failed attempt.</summary>
    public void Failed(string peer) => attempts?.AttemptAcquire(AddressOf(peer)).Dispose();

    /// <inheritdoc/>
    public void Dispose() => attempts?.Dispose();

    // ipv4:127.0.0.1:5000 → ipv4:127.0.0.1
    private static string AddressOf(string peer) => peer.LastIndexOf(':') is > 0 and var colon ? peer[..colon] : peer;
}
