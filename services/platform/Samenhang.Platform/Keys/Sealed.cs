using System.Security.Cryptography;

namespace Samenhang.Platform.Keys;

/// <summary>Bytes under AES-256-GCM: one byte that tells the form, the nonce, what is hidden, the tag. Who alters a bit cannot open it.</summary>
internal static class Sealed
{
    /// <summary>The first byte. No JSON begins so.</summary>
    public const byte Form = 1;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>How many bytes come on top of what is hidden.</summary>
    public const int Overhead = 1 + NonceLength + TagLength;

    /// <summary>Closes bytes.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="plain">What is hidden.</param>
    /// <param name="about">Where it belongs: it opens nowhere else.</param>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about)
    {
        var whole = new byte[plain.Length + Overhead];
        whole[0] = Form;
        var nonce = whole.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, whole.AsSpan(1 + NonceLength, plain.Length), whole.AsSpan(whole.Length - TagLength), about);
        return whole;
    }

    /// <summary>Opens what <see cref="Close"/> made.</summary>
    /// <exception cref="CryptographicException">It was altered, moved, or closed with another key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> about)
    {
        if (whole.Length < Overhead || whole[0] != Form)
        {
            throw new CryptographicException("This is not sealed in a form that this build knows.");
        }

        var plain = new byte[whole.Length - Overhead];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(whole.Slice(1, NonceLength), whole[(1 + NonceLength)..^TagLength], whole[^TagLength..], plain, about);
        return plain;
    }
}
