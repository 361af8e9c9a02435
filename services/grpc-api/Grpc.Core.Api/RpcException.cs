namespace Grpc.Core;

/// <summary>A call that ended with a status other than OK: thrown to a caller, or by a server method to end its call.</summary>
public class RpcException : Exception
{
    /// <summary>An exception for a status, without trailers.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>An exception with a message of its own.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">The exception's message; it is not sent over the wire.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>An exception with trailers.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The metadata that goes with the status.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>An exception with trailers and a message of its own.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">The metadata that goes with the status.</param>
    /// <param name="message">The exception's message; it is not sent over the wire.</param>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The metadata that came (or goes) with the status.</summary>
    public Metadata Trailers { get; }
}
