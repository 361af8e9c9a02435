using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Samenhang.Platform.Grpc.Reflection;

/// <summary>The gRPC services that this host maps, found through its endpoints. Complete once the host has started.</summary>
internal sealed class ServedServices(IEnumerable<EndpointDataSource> endpoints)
{
    private readonly Lazy<IReadOnlyList<ServiceDescriptor>> _all = new(() => Find(endpoints));

    public IReadOnlyList<ServiceDescriptor> All => _all.Value;

    private static List<ServiceDescriptor> Find(IEnumerable<EndpointDataSource> endpoints) =>
    [
        .. endpoints
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(Descriptor)
            .OfType<ServiceDescriptor>()
            .DistinctBy(service => service.FullName)
            .OrderBy(service => service.FullName, StringComparer.Ordinal),
    ];

    // Generated code marks the base class of a service with the class that binds it, and that class has the descriptor. A service that
    // was bound by hand has none, and can not be reflected over.
    private static ServiceDescriptor? Descriptor(Type serviceType)
    {
        for (var type = serviceType; type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } bound)
            {
                return bound.BindType
                    .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static, null, typeof(ServiceDescriptor), [], null)?
                    .GetValue(null) as ServiceDescriptor;
            }
        }

        return null;
    }
}
