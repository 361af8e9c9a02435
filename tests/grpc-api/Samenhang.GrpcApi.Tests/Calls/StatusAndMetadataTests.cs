using Google.Rpc;
using Grpc.Core;
using Samenhang.Interop.Echo.V1;

namespace Samenhang.GrpcApi.Tests.Calls;

public sealed class StatusAndMetadataTests(EchoFixture echo) : IClassFixture<EchoFixture>
{
    [Fact]
    public async Task An_error_arrives_with_its_code_text_and_trailers()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await echo.Client.FailAsync(new FailRequest { Kind = FailureKind.Invalid, Violations = 5 }, EchoFixture.Bounded));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal("This request has 5 faults.", failure.Status.Detail);
        var status = Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        var badRequest = status.Details.Single(detail => detail.Is(BadRequest.Descriptor)).Unpack<BadRequest>();
        Assert.Equal(5, badRequest.FieldViolations.Count);
    }

    [Fact]
    public async Task Metadata_goes_to_the_server_and_comes_back_as_header_and_trailer()
    {
        byte[] bytes = [0, 1, 254, 255];
        var headers = new Metadata { { "X-Echo", "goedemorgen" }, { "x-echo-bin", bytes } };
        using var call = echo.Client.SayAsync(new SayRequest { Text = "x" }, EchoFixture.Bounded.WithHeaders(headers));

        var responseHeaders = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("goedemorgen", responseHeaders.GetValue("x-echo"));
        Assert.Equal("goedemorgen", call.GetTrailers().GetValue("x-echo-trailer"));
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("x-echo-trailer-bin"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_request_may_be_compressed(string encoding)
    {
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };
        var text = new string('a', 100_000);

        var reply = await echo.Client.SayAsync(new SayRequest { Text = text }, EchoFixture.Bounded.WithHeaders(headers));

        Assert.Equal(text, reply.Text);
    }

    [Fact]
    public async Task An_unknown_method_is_unimplemented()
    {
        var marshaller = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, "samenhang.testing.echo.v1.EchoService", "Sing", marshaller, marshaller);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await echo.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, EchoFixture.Bounded, "la"));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable_and_the_exception_keeps_the_cause()
    {
        using var nowhere = global::Grpc.Net.Client.GrpcChannel.ForAddress("http://127.0.0.1:1");
        var client = new EchoService.EchoServiceClient(nowhere);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.SayAsync(new SayRequest(), EchoFixture.Bounded));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.NotNull(failure.InnerException);
    }
}
