using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>The encoding <c>deflate</c>, which in HTTP means deflate within zlib (RFC 1950), not bare deflate.</summary>
/// <param name="defaultCompressionLevel">How hard to try when the call does not say.</param>
public sealed class DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) : ICompressionProvider
{
    /// <inheritdoc />
    public string EncodingName => "deflate";

    /// <inheritdoc />
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new ZLibStream(stream, compressionLevel ?? defaultCompressionLevel, leaveOpen: true);

    /// <inheritdoc />
    public Stream CreateDecompressionStream(Stream stream) => new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
