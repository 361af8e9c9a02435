using System.Collections.Frozen;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Grpc;
using Samenhang.Protos.Casemanager.V1;
using LegalGround = Samenhang.Access.LegalGround;

namespace Samenhang.PlanBenchmarks;

/// <summary>
/// What it costs that nobody sees what they may not: calls a second with tokens, rights, limits, the gate before cases and the trail, and with
/// none of them, in the whole system in one process on SQLite, in turn.
/// </summary>
internal static class SafetyBenchmark
{
    private static readonly string[] Guards = ["AccessInterceptor", "CallLimits", "CaseGate", "TrailInterceptor"];

    public static async Task RunAsync()
    {
        await using var guarded = new EmbeddedFixture { AlsoServices = WithoutLimits };
        await using var open = new EmbeddedFixture { AlsoServices = Unguarded };
        await guarded.InitializeAsync();
        await open.InitializeAsync();
        var (reading, bare) = (await TrailBenchmark.ReaderAsync(guarded), await TrailBenchmark.ReaderAsync(open));
        foreach (var callers in TrailBenchmark.Callers)
        {
            await TrailBenchmark.CompareAsync(
                "GetPlan",
                callers,
                () => reading.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = reading.CaseId }).ResponseAsync,
                () => bare.Casemanager.GetPlanAsync(new GetPlanRequest { CaseId = bare.CaseId }).ResponseAsync,
                "all guards");
        }

        foreach (var callers in TrailBenchmark.Callers)
        {
            await TrailBenchmark.CompareAsync("OpenCase", callers, TrailBenchmark.Writer(reading), TrailBenchmark.Writer(bare), "all guards");
        }
    }

    // One caller stands for many here, and must not be held back for it.
    private static void WithoutLimits(IServiceCollection services) => services.Configure<GrpcServerOptions>(limits => (limits.CallsPerSecond, limits.CallsAtOnce) = (int.MaxValue / 4, 100_000));

    private static void Unguarded(IServiceCollection services) => services.Configure<GrpcServiceOptions>(grpc =>
    {
        foreach (var guard in grpc.Interceptors.Where(interceptor => Guards.Contains(interceptor.Type.Name)).ToList())
        {
            grpc.Interceptors.Remove(guard);
        }

        grpc.Interceptors.Add<Everybody>();
    });

    /// <summary>Lets everybody in as one who may do all: the methods ask who calls.</summary>
    private sealed class Everybody : Interceptor
    {
        private static readonly Caller Any = new(
            new TokenClaims("benchmark", "anybody", CallerRole.Casemanager, "", "*", [], FrozenSet<string>.Empty), CallerRole.Casemanager, "casemanagement", LegalGround.PublicTask, "", false);

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            context.UserState[typeof(Caller)] = Any;
            return continuation(request, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.UserState[typeof(Caller)] = Any;
            return continuation(request, responseStream, context);
        }
    }
}
