using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Samenhang.Platform.Trail;

/// <summary>
/// How lines hang together: the hash of a line is the SHA-256 of the hash before it (32 bytes), its number (8 bytes, the highest first) and
/// its body. The body is each field after the other: four bytes of length (all ones for a field that is not there) and the text in UTF-8.
/// </summary>
internal static class TrailChain
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>What stands before the first line.</summary>
    public static byte[] Beginning { get; } = new byte[HashBytes];

    public static byte[] BodyOf(IReadOnlyList<string?> fields)
    {
        var body = new byte[fields.Sum(field => sizeof(int) + (field is null ? 0 : Encoding.UTF8.GetByteCount(field)))];
        var rest = body.AsSpan();
        foreach (var field in fields)
        {
            var length = field is null ? -1 : Encoding.UTF8.GetBytes(field, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            rest = rest[(sizeof(int) + Math.Max(0, length))..];
        }

        return body;
    }

    public static byte[] HashOf(ReadOnlySpan<byte> previous, long number, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> place = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, number);
        hash.AppendData(previous);
        hash.AppendData(place);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
