using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Rpc;

namespace Samenhang.Interop.Tests;

/// <summary><c>buf curl</c> knows no schema: all that it calls, it learned through reflection.</summary>
public sealed class BufTests(EchoServer server) : IClassFixture<EchoServer>
{
    private const string Service = "samenhang.testing.echo.v1.EchoService";

    [Fact]
    public async Task The_protos_pass_buf_lint()
    {
        var ended = await ForeignClients.Buf("lint");

        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [Theory]
    [InlineData("grpc-v1")]
    [InlineData("grpc-v1alpha")]
    public async Task It_calls_a_unary_method_through_either_version_of_reflection(string version)
    {
        var ended = await Curl("Say", """{"text":"goedemorgen"}""", "--reflect-protocol", version);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal("goedemorgen", (string)JsonNode.Parse(ended.Output)!["text"]!);
    }

    [Fact]
    public async Task It_lists_the_methods()
    {
        var ended = await ForeignClients.Buf("curl", "--http2-prior-knowledge", "--protocol", "grpc", "--list-methods", server.Url);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains($"{Service}/Say", ended.Output, StringComparison.Ordinal);
        Assert.Contains("grpc.health.v1.Health/Watch", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_a_stream()
    {
        var ended = await Curl("Count", """{"upTo":3}""");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(["1", "2", "3"], Regex.Matches(ended.Output, "\"number\":\\s*([0-9]+)").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task It_reads_the_details_of_an_error()
    {
        var ended = await Curl("Fail", """{"kind":"FAILURE_KIND_INVALID","violations":5}""");

        Assert.NotEqual(0, ended.ExitCode);
        var error = JsonNode.Parse(ended.Errors)!;
        Assert.Equal("invalid_argument", (string)error["code"]!);
        var details = error["details"]!.AsArray();
        Assert.Equal(
            ["google.rpc.BadRequest", "google.rpc.ErrorInfo", "google.rpc.LocalizedMessage", "google.rpc.LocalizedMessage"],
            details.Select(detail => (string)detail!["type"]!));
        Assert.Equal(5, BadRequest.Parser.ParseFrom(Unpadded((string)details[0]!["value"]!)).FieldViolations.Count);
    }

    [Fact]
    public async Task Its_metadata_comes_back()
    {
        var ended = await Curl("Say", "{}", "--header", "x-echo: goedemorgen", "--verbose");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("x-echo-trailer: goedemorgen", ended.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Its_time_limit_ends_a_call_that_is_never_answered()
    {
        var ended = await Curl("Wait", """{"name":"buf"}""", "--timeout", "2s");

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("deadline", ended.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, $$"""{"text":"{{new string('a', 5_000_000)}}"}""");
        try
        {
            var ended = await Curl("Say", $"@{file}");

            Assert.NotEqual(0, ended.ExitCode);
            Assert.Contains("resource_exhausted", ended.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal static byte[] Unpadded(string base64) => Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));

    private Task<Ended> Curl(string method, string data, params string[] more) => ForeignClients.Buf(
        ["curl", "--http2-prior-knowledge", "--protocol", "grpc", "--data", data, .. more, $"{server.Url}/{Service}/{method}"]);
}
