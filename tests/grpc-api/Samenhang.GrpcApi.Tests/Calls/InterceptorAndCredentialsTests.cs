using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Samenhang.Interop.Echo;
using Samenhang.Interop.Echo.V1;

namespace Samenhang.GrpcApi.Tests.Calls;

public sealed class InterceptorAndCredentialsTests(EchoFixture echo) : IClassFixture<EchoFixture>
{
    [Fact]
    public async Task Client_interceptors_run_in_the_order_in_which_they_are_listed()
    {
        var invoker = echo.Channel.Intercept(new Appending("1"), new Appending("2"), new Appending("3"));

        var reply = await new Interop.Echo.V1.EchoService.EchoServiceClient(invoker).SayAsync(new SayRequest { Text = "0" }, EchoFixture.Bounded);

        Assert.Equal("0123", reply.Text);
    }

    [Fact]
    public async Task A_function_may_change_the_headers_of_every_call_and_leaves_those_of_the_caller_alone()
    {
        var callersHeaders = new Metadata();
        var invoker = echo.Channel.Intercept(headers =>
        {
            headers.Add("x-echo", "van de functie");
            return headers;
        });
        using var call = new Interop.Echo.V1.EchoService.EchoServiceClient(invoker)
            .SayAsync(new SayRequest(), EchoFixture.Bounded.WithHeaders(callersHeaders));

        Assert.Equal("van de functie", (await call.ResponseHeadersAsync).GetValue("x-echo"));
        Assert.Empty(callersHeaders);
    }

    [Fact]
    public async Task A_server_interceptor_sees_every_kind_of_call()
    {
        var seen = new Seeing();
        await using var host = await EchoHost.Start(configure: services =>
        {
            services.AddSingleton(seen);
            services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<Seeing>());
        });
        using var channel = GrpcChannel.ForAddress(host.Address);
        var client = new Interop.Echo.V1.EchoService.EchoServiceClient(channel);

        await client.SayAsync(new SayRequest(), EchoFixture.Bounded);
        using var counting = client.Count(new CountRequest { UpTo = 1 }, EchoFixture.Bounded);
        await counting.ResponseStream.ReadAllAsync().CountAsync();
        using var collecting = client.Collect(EchoFixture.Bounded);
        await collecting.RequestStream.CompleteAsync();
        await collecting;
        using var conversing = client.Converse(EchoFixture.Bounded);
        await conversing.RequestStream.CompleteAsync();
        await conversing.ResponseStream.ReadAllAsync().CountAsync();

        Assert.Equal(["unary Say", "server stream Count", "client stream Collect", "duplex Converse"], seen.Calls);
    }

    [Fact]
    public async Task A_client_with_another_host_hands_it_to_the_invoker_with_every_call()
    {
        var hosts = new HostSeeing();
        var client = new Interop.Echo.V1.EchoService.EchoServiceClient(echo.Channel.Intercept(hosts));

        await client.SayAsync(new SayRequest(), EchoFixture.Bounded);
        await client.WithHost("gemeente.example").SayAsync(new SayRequest(), EchoFixture.Bounded);

        Assert.Equal([null, "gemeente.example"], hosts.Seen);
    }

    [Fact]
    public async Task Call_credentials_are_asked_for_every_call_and_compose()
    {
        var credentials = CallCredentials.Compose(
            CallCredentials.FromInterceptor((context, metadata) =>
            {
                metadata.Add("x-echo", $"{context.MethodName} van {new Uri(context.ServiceUrl).AbsolutePath}");
                return Task.CompletedTask;
            }),
            CallCredentials.FromInterceptor((_, metadata) =>
            {
                metadata.Add("x-echo-bin", [7]);
                return Task.CompletedTask;
            }));
        using var channel = GrpcChannel.ForAddress(echo.Host.Address, new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, credentials),
            UnsafeUseInsecureChannelCallCredentials = true,
        });
        using var call = new Interop.Echo.V1.EchoService.EchoServiceClient(channel).SayAsync(new SayRequest(), EchoFixture.Bounded);

        await call;

        Assert.Equal("Say van /samenhang.testing.echo.v1.EchoService", call.GetTrailers().GetValue("x-echo-trailer"));
        Assert.Equal([7], call.GetTrailers().GetValueBytes("x-echo-trailer-bin"));
    }

    [Fact]
    public async Task A_channel_tells_the_state_of_its_connection()
    {
        using var handler = new SocketsHttpHandler();
        using var channel = GrpcChannel.ForAddress(echo.Host.Address, new GrpcChannelOptions { HttpHandler = handler });
        Assert.Equal(ConnectivityState.Idle, channel.State);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        await channel.ConnectAsync(bound.Token);

        Assert.Equal(ConnectivityState.Ready, channel.State);
    }

    private sealed class Appending(string mark) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Assert.IsType<SayRequest>(request).Text += mark;
            return continuation(request, context);
        }
    }

    private sealed class HostSeeing : Interceptor
    {
        public List<string?> Seen { get; } = [];

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Seen.Add(context.Host);
            return continuation(request, context);
        }
    }

    private sealed class Seeing : Interceptor
    {
        public List<string> Calls { get; } = [];

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            See("unary", context);
            return base.UnaryServerHandler(request, context, continuation);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            See("client stream", context);
            return base.ClientStreamingServerHandler(requestStream, context, continuation);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            See("server stream", context);
            return base.ServerStreamingServerHandler(request, responseStream, context, continuation);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            See("duplex", context);
            return base.DuplexStreamingServerHandler(requestStream, responseStream, context, continuation);
        }

        private void See(string kind, ServerCallContext context) => Calls.Add($"{kind} {context.Method.Split('/')[2]}");
    }
}
