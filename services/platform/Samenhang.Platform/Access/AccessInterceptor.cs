using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Samenhang.Access;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Access;

/// <summary>
/// The gate of every gRPC method but health: no call without a token, a right, a purpose and a ground. Who was admitted stands on the call
/// afterwards (<see cref="CallerOfCall"/>).
/// </summary>
internal sealed class AccessInterceptor(TokenCheck tokens, AttemptLimits attempts, ILogger<AccessInterceptor> logger) : Interceptor
{
    private const string Scheme = "Bearer ";
    private const string Health = "/grpc.health.v1.Health/";

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async ValueTask AdmitAsync(ServerCallContext context)
    {
        if (context.Method.StartsWith(Health, StringComparison.Ordinal))
        {
            return;
        }

        var audience = AudienceOf(context.Method);
        var shown = context.RequestHeaders.GetValue(CallHeaders.Authorization);
        if (shown?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            attempts.Require(context.Peer);
            throw Refused(context, "no token", new Error.Unauthenticated("token"));
        }

        // Who was let in before is not kept out by others at the same address.
        var text = shown[Scheme.Length..].Trim();
        if (tokens.Recall(text, audience) is not { } claims)
        {
            attempts.Require(context.Peer);
            var token = await tokens.CheckAsync(text, audience, context.CancellationToken);
            claims = token.Claims ?? throw Refused(context, token.Fault!, new Error.Unauthenticated("valid token"));
        }

        if (context.RequestHeaders.GetValue(CallHeaders.Oin) is { } oin && oin != claims.Organisation)
        {
            throw Refused(context, "another organisation", new Error.PermissionDenied(CallHeaders.Oin));
        }

        var admission = Admission.Decide(AccessBook.Current, context.Method, claims, CallHeaders.Read(context.RequestHeaders));
        if (admission.Caller is not { } caller)
        {
            context.UserState[typeof(TokenClaims)] = claims; // Who was refused is known, and stands in the trail.
            var missing = string.Join(", ", admission.Missing);
            throw Refused(context, missing, new Error.PermissionDenied(missing));
        }

        if (caller.IsEmergency)
        {
            AccessLog.Emergency(logger, context.Method);
        }

        context.UserState[typeof(Caller)] = caller;
    }

    /// <summary>The service that a method belongs to: that is for whom a token must be made. Null = each of ours has it (reflection).</summary>
    internal static string? AudienceOf(string method)
    {
        var package = method.Split('.', 3);
        return package is not ["/samenhang", var service, _] ? null : ServiceNames.All.Contains(service) ? service : ServiceNames.Casemanager;
    }

    private RpcFailure Refused(ServerCallContext context, string reason, Error error)
    {
        if (error is Error.Unauthenticated)
        {
            attempts.Failed(context.Peer);
        }

        AccessLog.Refused(logger, context.Method, reason);
        return new RpcFailure(error);
    }
}
