using System.Buffers;
using System.Collections;
using System.Text;

namespace Grpc.Core;

/// <summary>
/// The headers or trailers of a call: an ordered list in which a key may stand more than once. Keys are lower case; a key that ends in
/// <see cref="BinaryHeaderSuffix"/> holds bytes, any other a string of ASCII.
/// </summary>
public sealed class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of a key whose value is binary.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No metadata; it can not be changed.</summary>
    public static readonly Metadata Empty = new(readOnly: true);

    private readonly List<Entry> _entries = [];

    /// <summary>A list without entries.</summary>
    public Metadata()
        : this(readOnly: false)
    {
    }

    private Metadata(bool readOnly) => IsReadOnly = readOnly;

    /// <inheritdoc />
    public int Count => _entries.Count;

    /// <inheritdoc />
    public bool IsReadOnly { get; }

    /// <inheritdoc />
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfReadOnly();
            _entries[index] = value;
        }
    }

    /// <summary>The last entry with this key (case does not matter), or null.</summary>
    /// <param name="key">The key.</param>
    public Entry? Get(string key) => _entries.FindLast(entry => HasKey(entry, key));

    /// <summary>The string of the last entry with this key, or null.</summary>
    /// <param name="key">The key.</param>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry with this key, or null.</summary>
    /// <param name="key">The key.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries with this key (case does not matter), in their order.</summary>
    /// <param name="key">The key.</param>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => HasKey(entry, key));

    /// <inheritdoc />
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Add(item);
    }

    /// <summary>Adds a string.</summary>
    /// <param name="key">The key; it may not end in <see cref="BinaryHeaderSuffix"/>.</param>
    /// <param name="value">The value, of ASCII characters.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds bytes.</summary>
    /// <param name="key">The key; it ends in <see cref="BinaryHeaderSuffix"/>.</param>
    /// <param name="valueBytes">The value.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc />
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Insert(index, item);
    }

    /// <inheritdoc />
    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return _entries.Remove(item);
    }

    /// <inheritdoc />
    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        _entries.RemoveAt(index);
    }

    /// <inheritdoc />
    public void Clear()
    {
        ThrowIfReadOnly();
        _entries.Clear();
    }

    /// <inheritdoc />
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc />
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc />
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool HasKey(Entry entry, string key) => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase);

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("This metadata can not be changed.");
        }
    }

    /// <summary>One key with one value.</summary>
    public sealed class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

        private readonly string? _text;
        private readonly byte[]? _bytes;

        /// <summary>An entry that holds a string.</summary>
        /// <param name="key">The key; it is made lower case, and may not end in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="value">The value, of ASCII characters.</param>
        /// <exception cref="ArgumentException">The key is not one that a string may have.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException($"The key '{Key}' ends in {BinaryHeaderSuffix} and needs a binary value.", nameof(key));
            }

            _text = value;
        }

        /// <summary>An entry that holds bytes.</summary>
        /// <param name="key">The key; it is made lower case, and ends in <see cref="BinaryHeaderSuffix"/>.</param>
        /// <param name="valueBytes">The value; it is copied.</param>
        /// <exception cref="ArgumentException">The key is not one that bytes may have.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"The key '{Key}' holds a binary value and must end in {BinaryHeaderSuffix}.", nameof(key));
            }

            _bytes = (byte[])valueBytes.Clone();
        }

        /// <summary>The key, lower case.</summary>
        public string Key { get; }

        /// <summary>The value as a string; bytes are read as ASCII.</summary>
        public string Value => _text ?? Encoding.ASCII.GetString(_bytes!);

        /// <summary>The value as bytes, a copy; a string gives its ASCII.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_text!) : (byte[])_bytes.Clone();

        /// <summary>Whether the value is binary, which the key tells.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <inheritdoc />
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexString(_bytes!)}]"
            : $"[Entry: key={Key}, value={_text}]";

        private static string Normalize(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
#pragma warning disable CA1308 // HTTP/2 header names are lower case.
            var lower = key.ToLowerInvariant();
#pragma warning restore CA1308
            return lower.AsSpan().ContainsAnyExcept(KeyCharacters)
                ? throw new ArgumentException($"The metadata key '{key}' may hold only letters, digits, '-', '_' and '.'.", nameof(key))
                : lower;
        }
    }
}
