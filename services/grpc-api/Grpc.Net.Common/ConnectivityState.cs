namespace Grpc.Core;

/// <summary>The state of a channel's connection.</summary>
public enum ConnectivityState
{
    /// <summary>No connection, and none asked for.</summary>
    Idle,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>Calls can go.</summary>
    Ready,

    /// <summary>The connection failed; it is tried again.</summary>
    TransientFailure,

    /// <summary>The channel is closed for good.</summary>
    Shutdown,
}
