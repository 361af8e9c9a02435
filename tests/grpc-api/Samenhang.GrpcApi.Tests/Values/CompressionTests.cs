using System.IO.Compression;
using Grpc.Net.Compression;

namespace Samenhang.GrpcApi.Tests.Values;

public sealed class CompressionTests
{
    public static TheoryData<ICompressionProvider, string, byte> Providers => new()
    {
        { new GzipCompressionProvider(CompressionLevel.Fastest), "gzip", 0x1f },

        // The first byte of zlib with a window of 32 KiB: HTTP's deflate is not bare deflate.
        { new DeflateCompressionProvider(CompressionLevel.Fastest), "deflate", 0x78 },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_is_compressed_reads_back_and_the_stream_below_stays_open(ICompressionProvider provider, string name, byte firstByte)
    {
        var text = new byte[50_000];
        using var below = new MemoryStream();
        await using (var compressing = provider.CreateCompressionStream(below, CompressionLevel.SmallestSize))
        {
            await compressing.WriteAsync(text);
        }

        Assert.Equal(name, provider.EncodingName);
        Assert.True(below.CanRead);
        Assert.True(below.Length < 1_000);
        Assert.Equal(firstByte, below.GetBuffer()[0]);

        below.Position = 0;
        using var back = new MemoryStream();
        await using (var decompressing = provider.CreateDecompressionStream(below))
        {
            await decompressing.CopyToAsync(back);
        }

        Assert.True(below.CanRead);
        Assert.Equal(text, back.ToArray());
    }
}
