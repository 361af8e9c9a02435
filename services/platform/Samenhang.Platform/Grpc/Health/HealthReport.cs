namespace Samenhang.Platform.Grpc.Health;

/// <summary>The state of a server at one moment. It agrees with what <c>grpc.health.v1</c> tells of the server as a whole.</summary>
/// <param name="IsAccepting">Whether the host has started and does not stop.</param>
/// <param name="Parts">What it needs and what it uses, by name.</param>
public sealed record HealthReport(bool IsAccepting, IReadOnlyList<HealthPart> Parts)
{
    /// <summary>Whether calls are welcome.</summary>
    public bool IsReady => IsAccepting && Parts.All(part => part.IsUp || !part.IsNeeded);

    /// <summary>Whether calls are welcome though something is down.</summary>
    public bool IsDegraded => IsReady && Parts.Any(part => !part.IsUp);
}

/// <summary>Something that a server needs or uses.</summary>
/// <param name="Name">Its name, for example <c>store.zvw</c> or <c>samenhang.bus</c>.</param>
/// <param name="IsUp">Whether it is up.</param>
/// <param name="IsNeeded">Whether the server can do nothing without it.</param>
public sealed record HealthPart(string Name, bool IsUp, bool IsNeeded);
