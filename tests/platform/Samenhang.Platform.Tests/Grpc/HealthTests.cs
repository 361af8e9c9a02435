using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Platform.Grpc.Health;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Samenhang.Platform.Tests.Grpc;

public sealed class HealthTests
{
    private const string Echo = "samenhang.testing.echo.v1.EchoService";

    [Fact]
    public async Task The_whole_and_every_mapped_service_serve_once_the_host_has_started()
    {
        await using var calls = await EchoCalls.Start();

        Assert.Equal(ServingStatus.Serving, await Check(calls, ""));
        Assert.Equal(ServingStatus.Serving, await Check(calls, Echo));
    }

    [Fact]
    public async Task A_check_of_an_unknown_service_is_not_found()
    {
        await using var calls = await EchoCalls.Start();

        var failure = await Assert.ThrowsAsync<RpcException>(() => Check(calls, "no.such.Service"));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task While_a_dependency_is_down_nothing_serves_and_watchers_are_told_at_once()
    {
        await using var calls = await EchoCalls.Start();
        var health = calls.Host.Services.GetRequiredService<HealthState>();
        using var whole = Watch(calls, "");
        using var echo = Watch(calls, Echo);
        Assert.Equal([ServingStatus.Serving, ServingStatus.Serving], [await Next(whole), await Next(echo)]);

        health.SetDependency("broker", up: false);
        Assert.Equal([ServingStatus.NotServing, ServingStatus.NotServing], [await Next(whole), await Next(echo)]);
        Assert.Equal(ServingStatus.NotServing, await Check(calls, Echo));

        health.SetDependency("broker", up: true);
        Assert.Equal([ServingStatus.Serving, ServingStatus.Serving], [await Next(whole), await Next(echo)]);
    }

    [Fact]
    public async Task A_watch_of_an_unknown_service_says_so_stays_open_and_tells_when_the_service_comes()
    {
        await using var calls = await EchoCalls.Start();
        var health = calls.Host.Services.GetRequiredService<HealthState>();
        using var watch = Watch(calls, "later.v1.Service");
        Assert.Equal(ServingStatus.ServiceUnknown, await Next(watch));

        health.SetService("later.v1.Service", serving: true);
        Assert.Equal(ServingStatus.Serving, await Next(watch));

        health.SetService("later.v1.Service", serving: false);
        Assert.Equal(ServingStatus.NotServing, await Next(watch));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_not_told()
    {
        var health = new HealthState();
        health.SetAccepting(true);
        await using var statuses = health.Watch("", CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await statuses.MoveNextAsync());

        health.SetService("a", serving: true);
        var next = statuses.MoveNextAsync().AsTask();
        health.SetAccepting(false);

        Assert.True(await next.WaitAsync(Patience.Limit));
        Assert.Equal(ServingStatus.NotServing, statuses.Current);
    }

    [Fact]
    public async Task A_host_that_stops_tells_its_watchers_and_does_not_wait_for_them()
    {
        await using var calls = await EchoCalls.Start();
        using var watch = Watch(calls, "");
        Assert.Equal(ServingStatus.Serving, await Next(watch));

        var stopping = calls.Host.Stop();

        Assert.Equal(ServingStatus.NotServing, await Next(watch));
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(CancellationToken.None))
            {
                Assert.Equal(ServingStatus.NotServing, watch.ResponseStream.Current.Status);
            }
        });
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        await stopping.WaitAsync(Patience.Limit);
        Assert.Empty(calls.Logs.Errors);
    }

    private static async Task<ServingStatus> Check(EchoCalls calls, string service) =>
        (await new global::Grpc.Health.V1.Health.HealthClient(calls.Channel).CheckAsync(new HealthCheckRequest { Service = service }, EchoCalls.Bounded)).Status;

    private static AsyncServerStreamingCall<HealthCheckResponse> Watch(EchoCalls calls, string service) =>
        new global::Grpc.Health.V1.Health.HealthClient(calls.Channel).Watch(new HealthCheckRequest { Service = service }, EchoCalls.Bounded);

    private static async Task<ServingStatus> Next(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return watch.ResponseStream.Current.Status;
    }
}
