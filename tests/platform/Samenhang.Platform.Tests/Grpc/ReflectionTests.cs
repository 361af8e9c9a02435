using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Samenhang.Platform.Tests.Grpc;

public sealed class ReflectionTests
{
    private const string EchoFile = "samenhang/testing/echo/v1/echo.proto";

    [Theory]
    [InlineData("samenhang.testing.echo.v1.EchoService")]
    [InlineData("samenhang.testing.echo.v1.EchoService.Say")]
    [InlineData("samenhang.testing.echo.v1.SayRequest")]
    [InlineData("samenhang.testing.echo.v1.SayRequest.text")]
    [InlineData("samenhang.testing.echo.v1.FailureKind")]
    [InlineData("samenhang.testing.echo.v1.FAILURE_KIND_BUG")]
    public async Task A_file_is_found_by_each_symbol_in_it(string symbol)
    {
        var (answer, _) = await Ask(new ServerReflectionRequest { FileContainingSymbol = symbol }, new ServerReflectionRequest());

        Assert.Equal([EchoFile], Files(answer));
    }

    [Fact]
    public async Task A_file_brings_its_imports_but_not_again_on_the_same_stream()
    {
        var request = new ServerReflectionRequest { FileByFilename = "google/rpc/status.proto", Host = "a.example" };

        var (first, second) = await Ask(request, request);

        Assert.Equal(["google/rpc/status.proto", "google/protobuf/any.proto"], Files(first));
        Assert.Equal(["google/rpc/status.proto"], Files(second));
        Assert.Equal("a.example", first.ValidHost);
        Assert.Equal(request, first.OriginalRequest);
    }

    [Fact]
    public async Task What_is_not_known_is_told_in_the_stream_which_goes_on()
    {
        var (unknown, known) = await Ask(
            new ServerReflectionRequest { FileContainingSymbol = "no.such.Symbol" }, new ServerReflectionRequest { FileByFilename = EchoFile });

        Assert.Equal((int)StatusCode.NotFound, unknown.ErrorResponse.ErrorCode);
        Assert.Equal([EchoFile], Files(known));
    }

    [Fact]
    public async Task A_message_without_extensions_has_none_and_an_unknown_message_is_not_found()
    {
        var (known, unknown) = await Ask(
            new ServerReflectionRequest { AllExtensionNumbersOfType = "samenhang.testing.echo.v1.SayRequest" },
            new ServerReflectionRequest { AllExtensionNumbersOfType = "no.such.Message" });

        Assert.Equal("samenhang.testing.echo.v1.SayRequest", known.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(known.AllExtensionNumbersResponse.ExtensionNumber);
        Assert.Equal((int)StatusCode.NotFound, unknown.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task An_unknown_extension_is_not_found_and_an_empty_request_is_invalid()
    {
        var (extension, nothing) = await Ask(
            new ServerReflectionRequest
            {
                FileContainingExtension = new ExtensionRequest { ContainingType = "google.protobuf.MethodOptions", ExtensionNumber = 72295728 },
            },
            new ServerReflectionRequest());

        Assert.Equal((int)StatusCode.NotFound, extension.ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.InvalidArgument, nothing.ErrorResponse.ErrorCode);
    }

    private static IEnumerable<string> Files(ServerReflectionResponse response) =>
        response.FileDescriptorResponse.FileDescriptorProto.Select(bytes => FileDescriptorProto.Parser.ParseFrom(bytes).Name);

    private static async Task<(ServerReflectionResponse First, ServerReflectionResponse Second)> Ask(
        ServerReflectionRequest first, ServerReflectionRequest second)
    {
        await using var calls = await EchoCalls.Start();
        using var call = new ServerReflection.ServerReflectionClient(calls.Channel).ServerReflectionInfo(EchoCalls.Bounded);
        await call.RequestStream.WriteAsync(first);
        await call.RequestStream.WriteAsync(second);
        await call.RequestStream.CompleteAsync();
        var responses = await call.ResponseStream.ReadAllAsync().ToListAsync();
        Assert.Equal(2, responses.Count);
        return (responses[0], responses[1]);
    }
}
