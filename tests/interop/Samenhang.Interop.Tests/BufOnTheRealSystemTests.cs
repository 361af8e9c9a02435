using System.Text.Json.Nodes;
using Google.Rpc;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Hosting;
using Samenhang.TestSupport;

namespace Samenhang.Interop.Tests;

/// <summary><c>buf curl</c> and the real system; it has no schema but what reflection tells it.</summary>
public sealed class BufOnTheRealSystemTests(RealSystem system) : IClassFixture<RealSystem>
{
    public static TheoryData<string, string> ServicesAndReflections
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var service in ServiceNames.All)
            {
                data.Add(service, "grpc-v1");
                data.Add(service, "grpc-v1alpha");
            }

            return data;
        }
    }

    [Fact]
    public async Task A_case_goes_in_and_its_plan_comes_out_asked_for_and_watched()
    {
        var opened = await Curl("OpenCase", $"@{system.FileOf(Requests.BurnOut())}");
        Assert.True(opened.ExitCode == 0, opened.ToString());
        var id = (string)JsonNode.Parse(opened.Output)!["caseId"]!;

        JsonNode? answer = null;
        await Patience.Until(
            async () =>
            {
                var asked = await Curl("GetPlan", $$"""{"caseId":"{{id}}"}""");
                Assert.True(asked.ExitCode == 0, asked.ToString());
                answer = JsonNode.Parse(asked.Output)!;
                return (string)answer["roundStatus"]! == "ROUND_STATUS_PLANNED";
            },
            "the plan is made");
        Assert.Equal(1, (int)answer!["plan"]!["version"]!);

        // The stream has no end: buf gives up after its time limit, with the plan in hand.
        var watched = await Curl("WatchCase", $$"""{"caseId":"{{id}}","afterPlanVersion":0}""", "--timeout", "5s");
        Assert.Contains("deadline", watched.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(answer["plan"]!.ToJsonString(), JsonNode.Parse(watched.Output)!["plan"]!.ToJsonString());
    }

    [Fact]
    public async Task A_case_with_five_faults_brings_five_violations()
    {
        var (request, fields) = Requests.WithFiveFaults();

        var refused = await Curl("OpenCase", $"@{system.FileOf(request)}");

        Assert.NotEqual(0, refused.ExitCode);
        var error = JsonNode.Parse(refused.Errors)!;
        Assert.Equal("invalid_argument", (string)error["code"]!);
        var detail = Assert.Single(error["details"]!.AsArray(), one => (string)one!["type"]! == "google.rpc.BadRequest")!;
        Assert.Equal(fields, BadRequest.Parser.ParseFrom(BufTests.Unpadded((string)detail["value"]!)).FieldViolations.Select(violation => violation.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ServicesAndReflections))]
    public async Task Every_service_tells_its_health_and_its_schema(string service, string version)
    {
        var own = RealSystem.GrpcServices[service];

        var listed = await Call("--reflect-protocol", version, "--list-methods", $"http://{system.AddressOf(service)}");
        Assert.True(listed.ExitCode == 0, listed.ToString());
        Assert.Equal(RealSystem.Reflected, listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(method => method.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));

        foreach (var name in new[] { "", own })
        {
            var health = await Call(
                "--reflect-protocol", version, "--data", $$"""{"service":"{{name}}"}""", $"http://{system.AddressOf(service)}/grpc.health.v1.Health/Check");
            Assert.True(health.ExitCode == 0, health.ToString());
            Assert.Equal("SERVING", (string)JsonNode.Parse(health.Output)!["status"]!);
        }
    }

    private static string[] Oneself(string url)
    {
        var service = ServiceNames.All.FirstOrDefault(name => url.Contains($"/samenhang.{name}.", StringComparison.Ordinal)) ?? ServiceNames.Casemanager;
        var (purpose, ground) = Tokens.PurposeFor(service);
        string[] headers = [$"authorization: Bearer {Tokens.For(service)}", $"x-doelbinding: {purpose}", $"x-grondslag: {ground}"];
        return [.. headers.SelectMany(header => new[] { "--header", header, "--reflect-header", header })];
    }

    private static Task<Ended> Call(params string[] arguments) => ForeignClients.Buf(["curl", "--http2-prior-knowledge", "--protocol", "grpc", .. Oneself(arguments[^1]), .. arguments]);

    private Task<Ended> Curl(string method, string data, params string[] more) =>
        Call(["--data", data, .. more, $"http://{system.AddressOf(ServiceNames.Casemanager)}/{RealSystem.GrpcServices[ServiceNames.Casemanager]}/{method}"]);
}
