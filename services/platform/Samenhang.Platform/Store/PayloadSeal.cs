using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Samenhang.Platform.Keys;

namespace Samenhang.Platform.Store;

/// <summary>A row of the table of keys: the key of one stream, closed with a key of the ring.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="KeyId">The key of the ring.</param>
/// <param name="Closed">The key of the stream; null when the stream was erased: nothing opens its events any more.</param>
internal sealed record StreamKeyRow(string StreamId, string KeyId, byte[]? Closed);

/// <summary>The one place where events and replies become what lies in the database, and the other way round: made small, then sealed.</summary>
/// <remarks>
/// Every stream has a key of its own. The ring closes those keys and nothing else, so a new ring key touches one small row a stream and no event; and
/// a stream whose key is gone is erased, in every back-up that is made from then on.
/// </remarks>
internal sealed class PayloadSeal(StoreKeys keys)
{
    // A stream never gets another key. Some megabytes; streams beyond are read from the table.
    private const int MostKnown = 50_000;
    private const int WorthCompressing = 200;
    private const int Quality = 1; // Of eleven. Plans say the same things often: the fastest takes off nine tenths.
    private const int Window = 18;
    private const byte AsItIs = 0;
    private const byte Compressed = 1;

    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    /// <summary>The keys of the service.</summary>
    public StoreKeys Keys => keys;

    /// <summary>The key of a stream, when it was used lately.</summary>
    public bool TryFind(string streamId, [NotNullWhen(true)] out byte[]? key) => known.TryGetValue(streamId, out key);

    /// <summary>A key for a stream that has none; it counts when its row is written.</summary>
    public (byte[] Key, StreamKeyRow Row) Make(string streamId)
    {
        var key = RandomNumberGenerator.GetBytes(RingKey.Length);
        var (keyId, closed) = keys.CloseStreamKey(streamId, key);
        return (key, new StreamKeyRow(streamId, keyId, closed));
    }

    /// <summary>Remembers the key of a stream.</summary>
    public void Remember(string streamId, byte[] key)
    {
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        known[streamId] = key;
    }

    /// <summary>Forgets the key of a stream that was erased.</summary>
    public void Forget(string streamId) => known.TryRemove(streamId, out _);

    /// <summary>The key in a row; null when the stream was erased.</summary>
    public byte[]? Open(StreamKeyRow row)
    {
        if (row.Closed is null)
        {
            Forget(row.StreamId);
            return null;
        }

        var key = keys.OpenStreamKey(row.StreamId, row.KeyId, row.Closed);
        Remember(row.StreamId, key);
        return key;
    }

    /// <summary>An event as it is written.</summary>
    public static byte[] Close(byte[] key, string streamId, long version, NewEvent @event) => Close(key, @event.Payload, About(streamId, version, @event.Type));

    /// <summary>A part of an answered request as it is written.</summary>
    public static byte[] Close(byte[] key, string requestId, string part, ReadOnlyMemory<byte> bytes) => Sealed.Close(key, bytes.Span, About(requestId, part));

    /// <summary>An answered request as it was before it was written.</summary>
    /// <param name="closed">As it lies in the database.</param>
    /// <param name="row">The key of the stream that it tells of; null for a request of before there were seals.</param>
    public AnsweredRequest OpenRequest(AnsweredRequest closed, StreamKeyRow? row)
    {
        if (row is null)
        {
            return closed;
        }

        // What an erased stream answered is gone: the id was used, and no content equals that of then.
        return Open(row) is { } key
            ? closed with { ContentHash = Open(key, closed.RequestId, "hash", closed.ContentHash), Reply = Open(key, closed.RequestId, "reply", closed.Reply) }
            : closed with { ContentHash = default, Reply = default };
    }

    /// <summary>Events as they were before they were written; those of an erased stream say so and hold nothing.</summary>
    /// <param name="rows">
    /// The events, each with what lies in the database; no bytes where the payload was not asked for. Whether its stream was erased was read with it:
    /// another process may have done that, and a key that is remembered here opens nothing then.
    /// </param>
    /// <param name="find">Reads the keys of streams that were not used lately.</param>
    public async Task<IReadOnlyList<RecordedEvent>> OpenAsync(
        IReadOnlyList<(RecordedEvent Event, byte[] Payload)> rows, Func<IReadOnlyList<string>, Task<IReadOnlyList<StreamKeyRow>>> find)
    {
        foreach (var erased in rows.Where(row => row.Event.IsErased))
        {
            Forget(erased.Event.StreamId);
        }

        var streams = rows.Where(row => !row.Event.IsErased && IsSealed(row.Payload)).Select(row => row.Event.StreamId).Distinct(StringComparer.Ordinal);
        var found = streams.ToDictionary(stream => stream, known.GetValueOrDefault, StringComparer.Ordinal);
        var unknown = found.Where(stream => stream.Value is null).Select(stream => stream.Key).ToList();
        if (unknown.Count > 0)
        {
            unknown.ForEach(stream => found.Remove(stream));
            foreach (var row in await find(unknown))
            {
                found[row.StreamId] = Open(row);
            }
        }

        return [.. rows.Select(row =>
        {
            if (row.Event.IsErased)
            {
                return row.Event with { Publish = false };
            }

            if (!IsSealed(row.Payload))
            {
                return row.Event with { Payload = Encoding.UTF8.GetString(row.Payload) };
            }

            if (!found.TryGetValue(row.Event.StreamId, out var key))
            {
                throw new InvalidOperationException($"The event at position {row.Event.Position} is sealed and the key of its stream is not there.");
            }

            return key is null ? row.Event with { IsErased = true, Publish = false } : row.Event with { Payload = Open(key, row.Event, row.Payload) };
        })];
    }

    private static byte[] Open(byte[] key, string requestId, string part, ReadOnlyMemory<byte> closed) => Sealed.Open(key, closed.Span, About(requestId, part));

    // Events of before there were seals are JSON, which begins otherwise.
    private static bool IsSealed(byte[] payload) => payload is [Sealed.Form, ..];

    private static byte[] Close(byte[] key, string text, byte[] about)
    {
        // [form] [length when compressed] [bytes]: the length of what comes out is known before it is opened.
        var plain = Encoding.UTF8.GetBytes(text);
        if (plain.Length >= WorthCompressing)
        {
            var small = new byte[5 + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
            if (BrotliEncoder.TryCompress(plain, small.AsSpan(5), out var written, Quality, Window) && written < plain.Length)
            {
                small[0] = Compressed;
                BinaryPrimitives.WriteInt32LittleEndian(small.AsSpan(1), plain.Length);
                return Sealed.Close(key, small.AsSpan(0, 5 + written), about);
            }
        }

        return Sealed.Close(key, (byte[])[AsItIs, .. plain], about);
    }

    private static string Open(byte[] key, RecordedEvent recorded, byte[] closed)
    {
        try
        {
            var opened = Sealed.Open(key, closed, About(recorded.StreamId, recorded.StreamVersion, recorded.Type));
            if (opened[0] == AsItIs)
            {
                return Encoding.UTF8.GetString(opened.AsSpan(1));
            }

            var plain = new byte[BinaryPrimitives.ReadInt32LittleEndian(opened.AsSpan(1))];
            return BrotliDecoder.TryDecompress(opened.AsSpan(5), plain, out var length) && length == plain.Length
                ? Encoding.UTF8.GetString(plain)
                : throw new InvalidOperationException($"The event at position {recorded.Position} is shorter or longer than it says.");
        }
        catch (CryptographicException cause)
        {
            throw new InvalidOperationException($"The event at position {recorded.Position} does not open: it was altered, or it belongs elsewhere.", cause);
        }
    }

    private static byte[] About(string streamId, long version, string type) => Encoding.UTF8.GetBytes($"event\n{streamId}\n{version}\n{type}");

    private static byte[] About(string requestId, string part) => Encoding.UTF8.GetBytes($"{part}\n{requestId}");
}
