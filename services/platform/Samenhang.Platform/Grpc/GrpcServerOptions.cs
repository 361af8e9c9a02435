namespace Samenhang.Platform.Grpc;

/// <summary>The limits of the gRPC server; read from the configuration section <see cref="Section"/> and checked at the start.</summary>
public sealed class GrpcServerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Grpc";

    /// <summary>The largest message received or sent, in bytes. Default 4 MiB, which is also what clients accept by default.</summary>
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How many calls one HTTP/2 connection may have open at a time. Default 200: a casemanager's client watches many cases.</summary>
    public int MaxStreamsPerConnection { get; set; } = 200;

    /// <summary>How many calls a second one caller may make, with twice as many in a burst. Default 2,000; 0 = no limit.</summary>
    public int CallsPerSecond { get; set; } = 2_000;

    /// <summary>How many calls of one caller may run at once, streams too. Default 500; 0 = no limit.</summary>
    public int CallsAtOnce { get; set; } = 500;

    /// <summary>How many calls a second without a valid token one address may make. Default 100; 0 = no limit.</summary>
    public int RefusalsPerSecond { get; set; } = 100;
}
