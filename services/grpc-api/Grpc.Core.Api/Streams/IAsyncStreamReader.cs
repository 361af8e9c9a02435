namespace Grpc.Core;

/// <summary>A stream of messages to read, one after another.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> brought.</summary>
    T Current { get; }

    /// <summary>Goes to the next message; false at the end. No two at a time.</summary>
    /// <param name="cancellationToken">Cancels the wait, and with it the call.</param>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>A shorter way to read a stream.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Goes to the next message; false at the end.</summary>
    /// <param name="streamReader">The stream.</param>
    /// <typeparam name="T">The message.</typeparam>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }
}
