using Grpc.Core;
using Grpc.Core.Interceptors;
using Samenhang.Interop.Echo;
using Samenhang.Interop.Echo.V1;
using EchoServiceStub = Samenhang.Interop.Echo.V1.EchoService;

namespace Samenhang.GrpcApi.Tests.Values;

public sealed class ServiceDefinitionTests
{
    private static readonly Marshaller<string> Text = Marshallers.StringMarshaller;

    [Fact]
    public void A_generated_service_gives_all_its_methods_to_a_binder_in_order()
    {
        var binder = new Listing();

        EchoServiceStub.BindService(new Interop.Echo.EchoService(new AbandonedWaits())).BindService(binder);

        Assert.Equal(
            ["Unary Say", "ServerStreaming Count", "ClientStreaming Collect", "DuplexStreaming Converse", "Unary Fail", "ServerStreaming Wait", "Unary Abandoned"],
            binder.Methods);
    }

    [Fact]
    public void The_same_method_twice_is_refused()
    {
        var method = new Method<string, string>(MethodType.Unary, "s", "m", Text, Text);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(method, (string request, ServerCallContext _) => Task.FromResult(request));

        Assert.Throws<ArgumentException>(() => builder.AddMethod(method, (string request, ServerCallContext _) => Task.FromResult(request)));
    }

    [Fact]
    public async Task Interceptors_stand_before_the_methods_of_a_definition_the_first_outermost()
    {
        var method = new Method<string, string>(MethodType.Unary, "s", "m", Text, Text);
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(method, (string request, ServerCallContext _) => Task.FromResult(request + "0"))
            .Build()
            .Intercept(new Wrapping("1"), new Wrapping("2"));
        var binder = new Listing();

        definition.BindService(binder);

        Assert.Equal("1(2(x0)2)1", await binder.Unary!("x"));
    }

    [Fact]
    public void A_client_without_a_channel_is_for_test_doubles_and_makes_no_calls() =>
        Assert.Throws<NotImplementedException>(() => new ClientDouble().Say(new SayRequest()));

    private sealed class ClientDouble : EchoServiceStub.EchoServiceClient;

    private sealed class Wrapping(string mark) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            (TResponse)(object)$"{mark}({await continuation(request, context)}){mark}";
    }

    private sealed class Listing : ServiceBinderBase
    {
        public List<string> Methods { get; } = [];

        public Func<string, Task<string>>? Unary { get; private set; }

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        {
            Methods.Add($"{method.Type} {method.Name}");
            if (handler is UnaryServerMethod<string, string> text)
            {
                Unary = request => text(request, null!);
            }
        }

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => Methods.Add($"{method.Type} {method.Name}");

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => Methods.Add($"{method.Type} {method.Name}");

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Methods.Add($"{method.Type} {method.Name}");
    }
}
