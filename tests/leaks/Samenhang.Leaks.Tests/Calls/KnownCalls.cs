using System.Reflection;
using Google.Protobuf.Reflection;
using Samenhang.Access;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Leaks.Tests.Calls;

/// <summary>One call of a service.</summary>
/// <param name="Method">The call.</param>
/// <param name="Right">Who may make it.</param>
internal sealed record KnownCall(MethodDescriptor Method, CallRight Right)
{
    /// <summary>As gRPC names it.</summary>
    public string Path => $"/{Method.Service.FullName}/{Method.Name}";

    /// <summary>The service that answers.</summary>
    public string Service { get; } = Method.Service.FullName.Split('.')[1] is { } name && name == "feed" ? "casemanager" : Method.Service.FullName.Split('.')[1];

    /// <summary>Whether it reads everything that happened, or all that is held.</summary>
    public bool IsFeed => Service == "casemanager" && (Method.File.Package == "samenhang.feed.v1" || Method.Name == "ExportPersonalData");

    /// <inheritdoc/>
    public override string ToString() => $"{Method.Service.Name}/{Method.Name}";
}

/// <summary>All calls, from the descriptors of the protos.</summary>
internal static class KnownCalls
{
    /// <summary>The calls of our own services.</summary>
    public static IReadOnlyList<KnownCall> All { get; } =
    [
        .. typeof(OpenCaseRequest).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as FileDescriptor)
            .OfType<FileDescriptor>()
            .Where(file => file.Package.StartsWith("samenhang.", StringComparison.Ordinal))
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .OrderBy(method => method.FullName, StringComparer.Ordinal)
            .Select(method => new KnownCall(method, AccessBook.Current.Right($"/{method.Service.FullName}/{method.Name}") ?? throw new InvalidOperationException($"{method.FullName} does not stand in calls.yaml."))),
    ];
}
