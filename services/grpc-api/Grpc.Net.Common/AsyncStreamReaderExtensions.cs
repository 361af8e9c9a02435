using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Reads a stream of messages with <c>await foreach</c>.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>All messages of the stream, as they come.</summary>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">Cancels the wait for the next message, and with it the call.</param>
    /// <typeparam name="T">The message.</typeparam>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(this IAsyncStreamReader<T> streamReader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return Read(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> Read<T>(IAsyncStreamReader<T> streamReader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await streamReader.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            yield return streamReader.Current;
        }
    }
}
