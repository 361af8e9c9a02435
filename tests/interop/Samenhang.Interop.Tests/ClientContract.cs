using System.Text.Json.Nodes;
using Grpc.Core;

namespace Samenhang.Interop.Tests;

/// <summary>What every client of gRPC, whoever wrote it, must meet at a service of Samenhang.</summary>
public abstract class ClientContract(EchoServer server)
{
    [Fact]
    public async Task A_unary_call_is_answered()
    {
        var met = await Play("unary");

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal("goedemorgen", (string)met["text"]!);
    }

    [Fact]
    public async Task A_server_stream_arrives_whole_and_in_order()
    {
        var met = await Play("server_streaming");

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal(Enumerable.Range(1, 100), Numbers(met["numbers"]));
    }

    [Fact]
    public async Task A_client_stream_is_answered_once()
    {
        var met = await Play("client_streaming");

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal("een,twee,drie", (string)met["joined"]!);
    }

    [Fact]
    public async Task Both_sides_can_stream_and_answer_each_other()
    {
        var met = await Play("duplex");

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal(["beurt 1", "beurt 2", "beurt 3"], Texts(met["texts"]));
    }

    [Fact]
    public async Task A_passed_deadline_ends_the_call_and_the_server_stops_too()
    {
        var met = await Play("deadline");

        Assert.Equal((int)StatusCode.DeadlineExceeded, (int)met["code"]!);
        Assert.True((bool)met["server_noticed"]!);
    }

    [Fact]
    public async Task A_cancelled_call_ends_and_the_server_stops_too()
    {
        var met = await Play("cancellation");

        Assert.Equal((int)StatusCode.Cancelled, (int)met["code"]!);
        Assert.True((bool)met["server_noticed"]!);
    }

    [Fact]
    public async Task An_invalid_request_brings_every_violation_and_a_sentence_in_both_languages()
    {
        var met = await Play("error_details");

        Assert.Equal((int)StatusCode.InvalidArgument, (int)met["code"]!);
        Assert.Equal((int)StatusCode.InvalidArgument, (int)met["status_code"]!);
        Assert.Equal("This request has 5 faults.", (string)met["message"]!);
        Assert.Equal(["needs[0].kind", "needs[1].kind", "needs[2].kind", "needs[3].kind", "needs[4].kind"], Texts(met["fields"]));
        Assert.Equal("Kies een behoefte uit de lijst. (Choose a need from the list.)", (string)met["description"]!);
        Assert.Equal("samenhang", (string)met["domain"]!);
        Assert.Equal("Er zijn 5 fouten in dit verzoek.", (string)met["texts"]!["nl-NL"]!);
        Assert.Equal("This request has 5 faults.", (string)met["texts"]!["en"]!);
    }

    [Fact]
    public async Task A_bug_tells_a_trace_id_and_nothing_of_the_inside()
    {
        var met = await Play("bug");

        Assert.Equal((int)StatusCode.Internal, (int)met["code"]!);
        Assert.StartsWith("Something went wrong on our side. Report it with trace id ", (string)met["message"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (string)met["message"]!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Metadata_goes_there_and_comes_back_as_text_and_as_bytes()
    {
        var met = await Play("metadata");

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal("goedemorgen", (string)met["header"]!);
        Assert.Equal("goedemorgen", (string)met["trailer"]!);
        Assert.Equal([0, 1, 254, 255], Numbers(met["bytes"]));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused_and_the_service_goes_on()
    {
        var met = await Play("too_large");

        Assert.Equal((int)StatusCode.ResourceExhausted, (int)met["code"]!);
        Assert.Equal((int)StatusCode.OK, (int)met["code_after"]!);
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_an_invalid_argument_and_the_service_goes_on()
    {
        var met = await Play("nonsense");

        Assert.Equal((int)StatusCode.InvalidArgument, (int)met["code"]!);
        Assert.Equal((int)StatusCode.OK, (int)met["code_after"]!);
    }

    [Fact]
    public async Task Health_is_told_of_the_whole_of_a_service_and_of_none()
    {
        var met = await Play("health");

        Assert.Equal("SERVING", (string)met["whole"]!);
        Assert.Equal("SERVING", (string)met["echo"]!);
        Assert.Equal((int)StatusCode.NotFound, (int)met["unknown_code"]!);
        Assert.Equal("SERVING", (string)met["watch_whole"]!);
        Assert.Equal("SERVICE_UNKNOWN", (string)met["watch_unknown"]!);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task Reflection_lists_the_services_gives_files_and_says_what_it_does_not_have(string version)
    {
        var met = (await Play("reflection"))[version]!;

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "samenhang.testing.echo.v1.EchoService"],
            Texts(met["services"]));
        Assert.Equal(1, (int)met["files"]!);
        Assert.Equal((int)StatusCode.NotFound, (int)met["error_code"]!);
    }

    /// <summary>Runs the client with these arguments.</summary>
    private protected abstract Task<Ended> Run(params string[] arguments);

    private async Task<JsonNode> Play(string scenario)
    {
        var ended = await Run(server.Address, server.DescriptorSet, scenario);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return JsonNode.Parse(ended.Output)!;
    }

    private static IEnumerable<int> Numbers(JsonNode? array) => array!.AsArray().Select(item => (int)item!);

    private static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(item => (string)item!);
}

/// <summary>The client of gRPC's own project for Node: <c>@grpc/grpc-js</c>.</summary>
public sealed class NodeClientTests(EchoServer server) : ClientContract(server), IClassFixture<EchoServer>
{
    private protected override Task<Ended> Run(params string[] arguments) => ForeignClients.Node(arguments);
}

/// <summary>The client of gRPC's own project for Python, as Debian packages it: <c>python3-grpcio</c>.</summary>
public sealed class PythonClientTests(EchoServer server) : ClientContract(server), IClassFixture<EchoServer>
{
    private protected override Task<Ended> Run(params string[] arguments) => ForeignClients.PythonClient(arguments);
}
