using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Samenhang.Platform.Keys;

/// <summary>One key of a ring. It seals nothing itself: for each purpose a key is derived from it (HKDF-SHA-256).</summary>
public sealed class RingKey
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;

    /// <summary>Of an id, in digits.</summary>
    internal const int IdLength = 8;

    private readonly byte[] key;
    private readonly ConcurrentDictionary<string, byte[]> derived = new(StringComparer.Ordinal);

    private RingKey(byte[] key)
    {
        this.key = key;
        Id = Convert.ToHexStringLower(For("which key").AsSpan(0, IdLength / 2));
    }

    /// <summary>Eight hexadecimal digits that follow from the key: another key can never be taken for it.</summary>
    public string Id { get; }

    /// <summary>The key in a text; null when it is none.</summary>
    public static RingKey? TryParse(string text)
    {
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length ? new RingKey(bytes[..Length]) : null;
    }

    /// <summary>The key for one purpose; who has it can derive no other.</summary>
    internal byte[] For(string purpose) => derived.GetOrAdd(
        purpose, static (purpose, key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: Encoding.UTF8.GetBytes($"samenhang\n{purpose}")), key);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
