using Grpc.Core;
using Samenhang.Interop.Echo.V1;

namespace Samenhang.GrpcApi.Tests.Calls;

public sealed class GivingUpTests(EchoFixture echo) : IClassFixture<EchoFixture>
{
    [Fact]
    public async Task A_deadline_that_passes_ends_the_call_on_both_sides()
    {
        // A call whose deadline passes on the way never reaches the method.
        await echo.Client.SayAsync(new SayRequest { Text = "warm" }, EchoFixture.Bounded);
        using var call = echo.Client.Wait(
            new WaitRequest { Name = "deadline" }, deadline: TimeProvider.System.GetUtcNow().AddSeconds(2).UtcDateTime);

        var failure = await Assert.ThrowsAsync<RpcException>(() => ReadToTheEnd(call));

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await echo.Client.AbandonedAsync(new AbandonedRequest { Name = "deadline" }, EchoFixture.Bounded);
    }

    [Fact]
    public async Task A_cancelled_call_ends_on_both_sides()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = echo.Client.Wait(new WaitRequest { Name = "cancelled" }, EchoFixture.Bounded.WithCancellationToken(cancellation.Token));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => ReadToTheEnd(call));
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await echo.Client.AbandonedAsync(new AbandonedRequest { Name = "cancelled" }, EchoFixture.Bounded);
    }

    [Fact]
    public async Task A_disposed_call_ends_on_both_sides()
    {
        using (var call = echo.Client.Wait(new WaitRequest { Name = "disposed" }, EchoFixture.Bounded))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await echo.Client.AbandonedAsync(new AbandonedRequest { Name = "disposed" }, EchoFixture.Bounded);
    }

    private static async Task ReadToTheEnd(AsyncServerStreamingCall<WaitResponse> call)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            // What comes before the end does not matter here.
        }
    }
}
