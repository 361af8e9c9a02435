using Grpc.Core;
using Samenhang.Interop.Echo.V1;

namespace Samenhang.GrpcApi.Tests.Calls;

public sealed class FourKindsOfCallTests(EchoFixture echo) : IClassFixture<EchoFixture>
{
    [Fact]
    public async Task A_unary_call_is_answered() =>
        Assert.Equal("goedemorgen", (await echo.Client.SayAsync(new SayRequest { Text = "goedemorgen" }, EchoFixture.Bounded)).Text);

    [Fact]
    public void A_blocking_unary_call_is_answered() =>
        Assert.Equal("goedemorgen", echo.Client.Say(new SayRequest { Text = "goedemorgen" }, EchoFixture.Bounded).Text);

    [Fact]
    public async Task A_finished_unary_call_tells_its_status()
    {
        using var call = echo.Client.SayAsync(new SayRequest { Text = "x" }, EchoFixture.Bounded);
        await call.ConfigureAwait(true);

        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.NotNull(call.GetTrailers());
    }

    [Fact]
    public async Task A_server_streams_all_its_responses_in_order()
    {
        using var call = echo.Client.Count(new CountRequest { UpTo = 500 }, EchoFixture.Bounded);

        var numbers = await call.ResponseStream.ReadAllAsync().Select(response => response.Number).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 500), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_client_streams_and_gets_one_answer()
    {
        using var call = echo.Client.Collect(EchoFixture.Bounded);
        foreach (var text in (string[])["een", "twee", "drie"])
        {
            await call.RequestStream.WriteAsync(new CollectRequest { Text = text });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("een,twee,drie", (await call).Joined);
    }

    [Fact]
    public async Task Both_sides_stream_and_answer_each_other_turn_by_turn()
    {
        using var call = echo.Client.Converse(EchoFixture.Bounded);
        for (var turn = 0; turn < 20; turn++)
        {
            await call.RequestStream.WriteAsync(new ConverseRequest { Text = $"beurt {turn}" }, CancellationToken.None);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal($"beurt {turn}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }
}
