using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Grpc;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.WholeSystem.Tests.Embedded;

/// <summary>One caller cannot take all there is, and who tries tokens is not let try them all.</summary>
public sealed class WhenSomebodyAsksTooMuch : IAsyncLifetime, IAsyncDisposable
{
    private readonly EmbeddedFixture system = new()
    {
        AlsoServices = services => services.Configure<GrpcServerOptions>(limits => (limits.CallsPerSecond, limits.CallsAtOnce, limits.RefusalsPerSecond) = (20, 2, 3)),
    };

    public Task InitializeAsync() => system.InitializeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => system.DisposeAsync();

    [Fact]
    public async Task Too_many_calls_in_a_second_are_refused_in_words_and_others_do_not_notice()
    {
        using var greedy = ChannelAs("greedy");
        using var other = ChannelAs("other");
        var refused = new List<RpcException>();
        for (var n = 0; n < 200; n++)
        {
            try
            {
                await Cases(greedy).ListCasesAsync(new ListCasesRequest());
            }
            catch (RpcException failure)
            {
                refused.Add(failure);
            }
        }

        Assert.NotEmpty(refused);
        Assert.All(refused, one => Assert.Equal((StatusCode.ResourceExhausted, "CALLS_PER_SECOND"), (one.StatusCode, one.Detail<Google.Rpc.ErrorInfo>().Type)));
        Assert.NotNull(await Cases(other).ListCasesAsync(new ListCasesRequest()));
    }

    [Fact]
    public async Task Streams_count_as_long_as_they_are_open()
    {
        var caseId = (await system.Casemanager.OpenCaseAsync(Requests.BurnOut())).CaseId;
        await system.Casemanager.PlanAsync(caseId);
        using var channel = ChannelAs("watcher");
        using var limit = new CancellationTokenSource(Patience.Limit);
        using (var one = Cases(channel).WatchCase(new WatchCaseRequest { CaseId = caseId }, cancellationToken: limit.Token))
        using (var two = Cases(channel).WatchCase(new WatchCaseRequest { CaseId = caseId }, cancellationToken: limit.Token))
        {
            Assert.True(await one.ResponseStream.MoveNext(limit.Token) && await two.ResponseStream.MoveNext(limit.Token));
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await Cases(channel).ListCasesAsync(new ListCasesRequest()));
            Assert.Equal("CALLS_AT_ONCE", refused.Detail<Google.Rpc.ErrorInfo>().Type);
        }

        await Patience.Until(
            async () =>
            {
                try
                {
                    return await Cases(channel).ListCasesAsync(new ListCasesRequest()) is not null;
                }
                catch (RpcException still) when (still.StatusCode == StatusCode.ResourceExhausted)
                {
                    return false;
                }
            },
            "the streams are over");
    }

    [Fact]
    public async Task Who_tries_tokens_is_stopped_and_who_was_let_in_goes_on()
    {
        using var known = ChannelAs("known");
        await Cases(known).ListCasesAsync(new ListCasesRequest());
        using var stranger = GrpcChannel.ForAddress(system.AddressOf(ServiceNames.Casemanager));
        var met = new List<StatusCode>();
        for (var n = 0; n < 20; n++)
        {
            met.Add((await Assert.ThrowsAsync<RpcException>(async () => await Cases(stranger).ListCasesAsync(
                new ListCasesRequest(), new Metadata { { "authorization", $"Bearer a.b.{n}" } }))).StatusCode);
        }

        Assert.Equal([StatusCode.Unauthenticated, StatusCode.ResourceExhausted], met.Distinct());
        Assert.NotNull(await Cases(known).ListCasesAsync(new ListCasesRequest()));
    }

    private static CasemanagerService.CasemanagerServiceClient Cases(GrpcChannel channel) => new(channel);

    private GrpcChannel ChannelAs(string subject) =>
        DevelopmentChannel.Open(system.AddressOf(ServiceNames.Casemanager).ToString(), speaker: new Speaker(subject, CallerRole.Casemanager, "*"));
}
