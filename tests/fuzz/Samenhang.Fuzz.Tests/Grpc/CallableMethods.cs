using System.Reflection;
using Google.Protobuf.Reflection;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>Every method of our services that takes one message, found in what the protos were compiled to.</summary>
internal static class CallableMethods
{
    /// <summary>The methods, in the order of their names.</summary>
    public static IReadOnlyList<MethodDescriptor> All { get; } =
    [
        .. typeof(CasemanagerService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!)
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .Where(method => !method.IsClientStreaming && method.FullName.StartsWith("samenhang.", StringComparison.Ordinal))
            .OrderBy(method => method.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The service that has the method: the third part of <c>samenhang.zvw.v1.ZvwService</c> tells it.</summary>
    public static string ServiceOf(MethodDescriptor method) => method.File.Package.Split('.')[1] is "feed" ? "casemanager" : method.File.Package.Split('.')[1];
}
