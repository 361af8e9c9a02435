using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses and decompresses messages in one encoding.</summary>
public interface ICompressionProvider
{
    /// <summary>The name of the encoding in the headers <c>grpc-encoding</c> and <c>grpc-accept-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it; disposing it leaves the stream below open.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">How hard to try; null for the provider's default.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that reads decompressed bytes.</summary>
    /// <param name="stream">Where the compressed bytes come from.</param>
    Stream CreateDecompressionStream(Stream stream);
}
