using System.Collections.Frozen;
using Samenhang.Platform.Keys;

namespace Samenhang.Platform.Trail;

/// <summary>The trail of one service of this host.</summary>
/// <param name="Service">One of <see cref="Hosting.ServiceNames"/>.</param>
/// <param name="Packages">The packages of gRPC of which the calls belong to it.</param>
/// <param name="Writer">Writes its lines.</param>
/// <param name="Keys">Close what somebody wrote in own words.</param>
internal sealed record ServiceTrail(string Service, IReadOnlyList<string> Packages, TrailWriter Writer, StoreKeys Keys);

/// <summary>In which trail a call is written. One host may hold one service, or all.</summary>
internal sealed class TrailBook(IEnumerable<ServiceTrail> trails)
{
    private readonly FrozenDictionary<string, ServiceTrail> _byPackage =
        trails.SelectMany(trail => trail.Packages.Select(package => (package, trail))).ToFrozenDictionary(entry => entry.package, entry => entry.trail, StringComparer.Ordinal);

    /// <summary>The trail for a call; null = it is written nowhere, because it tells nothing of anybody: health and reflection, or a host that holds no service.</summary>
    /// <exception cref="InvalidOperationException">No service says that the call is its own.</exception>
    public ServiceTrail? Of(string method)
    {
        var name = TrailCalls.ServiceOf(method);
        if (_byPackage.Count == 0 || name.StartsWith("grpc.", StringComparison.Ordinal))
        {
            return null;
        }

        // samenhang.zvw.v1.ZvwService is of package samenhang.zvw.
        var package = string.Join('.', name.Split('.').Take(2));
        return _byPackage.GetValueOrDefault(package) ?? throw new InvalidOperationException($"The calls of {package} belong to no trail.");
    }
}
