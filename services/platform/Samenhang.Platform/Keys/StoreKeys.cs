using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Samenhang.Platform.Keys;

/// <summary>
/// What the keys of a ring mean in the store of one service. Texts in tables are closed one by one and say under which key; what is searched for
/// is kept as a keyed hash. Each service derives keys of its own: a column of one opens in no other.
/// </summary>
public sealed class StoreKeys(string service, KeyRing ring)
{
    private const char After = '.';
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The keys.</summary>
    public KeyRing Ring => ring;

    /// <summary>Closes a text for a column.</summary>
    /// <param name="text">The text; null stays null.</param>
    /// <param name="column">Table and column.</param>
    /// <param name="row">The row: in another column or row it does not open.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Close(string? text, string column, string row)
    {
        if (text is null)
        {
            return null;
        }

        var key = ring.Active;
        return key.Id + After + Convert.ToBase64String(Sealed.Close(key.For(Texts), Encoding.UTF8.GetBytes(text), About($"{column}/{row}")));
    }

    /// <summary>Opens a text of a column; one of before there were seals is as it is.</summary>
    /// <param name="text">As it stands there; null stays null.</param>
    /// <param name="column">As it was given to <see cref="Close"/>.</param>
    /// <param name="row">As it was given to <see cref="Close"/>.</param>
    /// <exception cref="CryptographicException">It was altered or belongs elsewhere.</exception>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Open(string? text, string column, string row) => text is null ? null
        : KeyIdOf(text) is { } id
            ? Encoding.UTF8.GetString(Sealed.Open(ring.Require(id).For(Texts), Convert.FromBase64String(text[(id.Length + 1)..]), About($"{column}/{row}")))
            : text;

    /// <summary>The key under which a text or a hash stands; null for one of before there were seals.</summary>
    public static string? KeyIdOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > RingKey.IdLength && text[RingKey.IdLength] == After && !text.AsSpan(0, RingKey.IdLength).ContainsAnyExcept(Digits)
            ? text[..RingKey.IdLength]
            : null;
    }

    /// <summary>The keyed hash by which a value is found: the key, and 128 bits in hexadecimal. It does not tell the value, only that two are the same.</summary>
    /// <param name="value">The value.</param>
    /// <param name="column">Where: the same value elsewhere has another hash.</param>
    /// <param name="key">Under which key; null = that which writes.</param>
    public string Find(string value, string column, RingKey? key = null)
    {
        var with = key ?? ring.Active;
        return with.Id + After + Convert.ToHexStringLower(HMACSHA256.HashData(with.For($"{service} find {column}"), Encoding.UTF8.GetBytes(value)).AsSpan(0, 16));
    }

    /// <summary>The hashes under every key: what was written with an older one is found too.</summary>
    public IReadOnlyList<string> FindAll(string value, string column) => [.. ring.All.Select(key => Find(value, column, key))];

    /// <summary>
    /// Stands for a word so that its beginnings stand for the beginnings of the word: four digits a letter, each made with all letters up to it.
    /// Words can be searched by their beginning and not read; who has the table sees which words begin alike.
    /// </summary>
    public string Word(string word, RingKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(word);
        var secret = (key ?? ring.Active).For($"{service} words");
        var text = new StringBuilder(word.Length * 4);
        for (var length = 1; length <= word.Length; length++)
        {
            text.Append(Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(word[..length])).AsSpan(0, 2)));
        }

        return text.ToString();
    }

    /// <summary>Closes the key of a stream.</summary>
    internal (string KeyId, byte[] Closed) CloseStreamKey(string streamId, ReadOnlySpan<byte> dataKey)
    {
        var key = ring.Active;
        return (key.Id, Sealed.Close(key.For(StreamKeys), dataKey, About(streamId)));
    }

    /// <summary>Opens the key of a stream.</summary>
    internal byte[] OpenStreamKey(string streamId, string keyId, ReadOnlySpan<byte> closed) => Sealed.Open(ring.Require(keyId).For(StreamKeys), closed, About(streamId));

    private string Texts => $"{service} texts";

    private string StreamKeys => $"{service} streams";

    private static byte[] About(string about) => Encoding.UTF8.GetBytes(about);
}
