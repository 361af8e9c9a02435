using Google.Protobuf;
using Google.Protobuf.Reflection;
using Samenhang.EmbeddedSupport;
using Samenhang.Platform.Hosting;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Employer.V1;
using Samenhang.Protos.Gemeente.V1;
using Samenhang.Protos.Uwv.V1;
using Samenhang.Protos.Zvw.V1;
using Samenhang.TestSupport;

namespace Samenhang.Interop.Tests;

/// <summary>The whole system for the clients of others, with the descriptors of its services and requests as files.</summary>
public sealed class RealSystem : IAsyncLifetime, IAsyncDisposable
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedFixture system = new();

    /// <summary>The gRPC service of each of the five.</summary>
    internal static IReadOnlyDictionary<string, string> GrpcServices { get; } = new Dictionary<string, string>
    {
        [ServiceNames.Casemanager] = CasemanagerService.Descriptor.FullName,
        [ServiceNames.Zvw] = ZvwService.Descriptor.FullName,
        [ServiceNames.Gemeente] = GemeenteService.Descriptor.FullName,
        [ServiceNames.Uwv] = UwvService.Descriptor.FullName,
        [ServiceNames.Employer] = EmployerService.Descriptor.FullName,
    };

    /// <summary>The files of all contracts of ours.</summary>
    internal static IReadOnlyList<FileDescriptor> Files =>
    [
        .. typeof(CasemanagerService).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .Where(file => file.Package.StartsWith("samenhang.", StringComparison.Ordinal)),
    ];

    /// <summary>What each port lists by reflection: in one process every port answers for every service.</summary>
    internal static IEnumerable<string> Reflected { get; } =
        Files.SelectMany(file => file.Services).Select(service => service.FullName).Concat(["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]).Order(StringComparer.Ordinal);

    internal string DescriptorSet => folder.File("descriptors.binpb");

    /// <summary>Host and port of a service.</summary>
    internal string AddressOf(string service) => $"127.0.0.1:{system.AddressOf(service).Port}";

    /// <summary>A request as JSON, in a file.</summary>
    internal string FileOf(OpenCaseRequest request)
    {
        var path = folder.File($"{request.RequestId}.json");
        File.WriteAllText(path, Json.Format(request));
        return path;
    }

    public async Task InitializeAsync()
    {
        await Descriptors.WriteAsync(DescriptorSet, [.. Files]);
        await system.InitializeAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await system.DisposeAsync();
        folder.Dispose();
    }
}
