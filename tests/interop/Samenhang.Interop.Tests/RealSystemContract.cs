using System.Text.Json.Nodes;
using Grpc.Core;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Hosting;

namespace Samenhang.Interop.Tests;

/// <summary>The main job as a system of others would use it: a case goes in, one plan comes out.</summary>
public abstract class RealSystemContract(RealSystem system)
{
    public static TheoryData<string> Services => [.. ServiceNames.All];

    [Fact]
    public async Task A_case_goes_in_and_its_plan_comes_out_asked_for_and_watched()
    {
        var met = await Play(ServiceNames.Casemanager, "case", system.FileOf(Requests.BurnOut()));

        Assert.Equal((int)StatusCode.OK, (int)met["code"]!);
        Assert.Equal("ROUND_STATUS_PLANNED", (string)met["round_status"]!);
        Assert.Equal(1, (int)met["plan_version"]!);
        Assert.Equal("OUTCOME_COVERED", (string)met["wage"]!);
        Assert.Equal(1, (int)met["watched_version"]!);
    }

    [Fact]
    public async Task A_case_with_five_faults_brings_five_violations()
    {
        var (request, fields) = Requests.WithFiveFaults();

        var met = await Play(ServiceNames.Casemanager, "invalid_case", system.FileOf(request));

        Assert.Equal((int)StatusCode.InvalidArgument, (int)met["code"]!);
        Assert.Equal(fields, Texts(met["fields"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_service_tells_its_health_and_its_schema(string service)
    {
        var met = await Play(service, "service", RealSystem.GrpcServices[service]);

        Assert.Equal("SERVING", (string)met["whole"]!);
        Assert.Equal("SERVING", (string)met["own"]!);
        Assert.Equal(RealSystem.Reflected, Texts(met["v1"]).Order(StringComparer.Ordinal));
        Assert.Equal(RealSystem.Reflected, Texts(met["v1alpha"]).Order(StringComparer.Ordinal));
    }

    /// <summary>Runs the client with these arguments.</summary>
    private protected abstract Task<Ended> Run(IReadOnlyDictionary<string, string> variables, params string[] arguments);

    private async Task<JsonNode> Play(string service, string scenario, string argument)
    {
        var ended = await Run(Tokens.VariablesFor(service), system.AddressOf(service), system.DescriptorSet, scenario, argument);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return JsonNode.Parse(ended.Output)!;
    }

    private static IEnumerable<string> Texts(JsonNode? array) => array!.AsArray().Select(item => (string)item!);
}

/// <summary><c>@grpc/grpc-js</c> and the real system.</summary>
public sealed class NodeOnTheRealSystemTests(RealSystem system) : RealSystemContract(system), IClassFixture<RealSystem>
{
    private protected override Task<Ended> Run(IReadOnlyDictionary<string, string> variables, params string[] arguments) => ForeignClients.Node(variables, arguments);
}

/// <summary><c>python3-grpcio</c> and the real system.</summary>
public sealed class PythonOnTheRealSystemTests(RealSystem system) : RealSystemContract(system), IClassFixture<RealSystem>
{
    private protected override Task<Ended> Run(IReadOnlyDictionary<string, string> variables, params string[] arguments) => ForeignClients.PythonClient(variables, arguments);
}
