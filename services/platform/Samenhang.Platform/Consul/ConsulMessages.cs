using System.Globalization;
using System.Text.Json.Serialization;

namespace Samenhang.Platform.Consul;

/// <summary>A service instance, as it is registered with the local agent.</summary>
public sealed record ConsulRegistration
{
    /// <summary>Unique for the agent.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The name that its replicas share.</summary>
    public required string Name { get; init; }

    /// <summary>Labels to filter on.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where it is reached.</summary>
    public required string Address { get; init; }

    /// <summary>The port.</summary>
    public required int Port { get; init; }

    /// <summary>What else may be known of it, for example its version.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();

    /// <summary>How the agent finds out whether it is well; critical until the first check.</summary>
    public ConsulGrpcCheck? Check { get; init; }
}

/// <summary>A check that the agent makes by <c>grpc.health.v1</c>. Times are durations of Consul (<see cref="ConsulDuration"/>).</summary>
public sealed record ConsulGrpcCheck
{
    /// <summary>Unique for the agent.</summary>
    [JsonPropertyName("CheckID")]
    public required string Id { get; init; }

    /// <summary>A name for people.</summary>
    public required string Name { get; init; }

    /// <summary><c>host:port</c>, or <c>host:port/service</c>.</summary>
    [JsonPropertyName("GRPC")]
    public required string Target { get; init; }

    /// <summary>Whether the check speaks TLS.</summary>
    [JsonPropertyName("GRPCUseTLS")]
    public bool UseTls { get; init; }

    /// <summary>How often.</summary>
    public required string Interval { get; init; }

    /// <summary>How long the agent waits.</summary>
    public required string Timeout { get; init; }

    /// <summary>After how long in the critical state the agent removes the service.</summary>
    public required string DeregisterCriticalServiceAfter { get; init; }
}

/// <summary>An instance of a service that passes all its checks.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Its address; that of its node when the service has none of its own.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tags">Its tags, sorted.</param>
public sealed record ConsulInstance(string Id, string Address, int Port, IReadOnlyList<string> Tags);

/// <summary>A key with its value.</summary>
/// <param name="Key">The whole path.</param>
/// <param name="Value">What the value holds; empty for a key without value.</param>
/// <param name="Flags">A number that whoever wrote it chose.</param>
public sealed record ConsulKeyValue(string Key, ReadOnlyMemory<byte> Value, ulong Flags);

/// <summary>An answer with the index that a next question can wait on.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Index"><c>X-Consul-Index</c>; 0 when the agent sent none.</param>
public sealed record ConsulAnswer<T>(T Value, ulong Index);

/// <summary>What kind of answer the agent gave in place of what was asked.</summary>
public enum ConsulFailureKind
{
    /// <summary>No agent answers at the address, or not in time.</summary>
    Away,

    /// <summary>The agent answers but cannot serve: no leader, overloaded, a fault of its own.</summary>
    Unavailable,

    /// <summary>The token is unknown or may not do this (403).</summary>
    Forbidden,

    /// <summary>The agent does not understand the request, or it answered what the documentation does not say.</summary>
    Refused,
}

/// <summary>Consul did not do what was asked.</summary>
#pragma warning disable CA1032 // The standard constructors would allow one that names no kind.
public sealed class ConsulException(ConsulFailureKind kind, string message, Exception? cause = null) : Exception(message, cause)
#pragma warning restore CA1032
{
    /// <summary>What kind of failure.</summary>
    public ConsulFailureKind Kind { get; } = kind;
}

/// <summary>Durations as Consul writes them (those of Go): <c>5s</c>, <c>250ms</c>.</summary>
public static class ConsulDuration
{
    /// <summary>In whole seconds when it is some, else in milliseconds.</summary>
    public static string Of(TimeSpan span) => span.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalMilliseconds}ms");
}
