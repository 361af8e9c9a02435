namespace Grpc.Core;

/// <summary>A stream of messages to write, one after another.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the next messages are written; null for the default of the call.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. No two at a time.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Writes a message. No two at a time.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the write, and with it the call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException($"{GetType()} can not cancel a write.")
        : WriteAsync(message);
}

/// <summary>The client's side of a stream of requests.</summary>
/// <typeparam name="T">The request.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no more requests follow.</summary>
    Task CompleteAsync();
}

/// <summary>The server's side of a stream of responses; it ends when the method returns.</summary>
/// <typeparam name="T">The response.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
