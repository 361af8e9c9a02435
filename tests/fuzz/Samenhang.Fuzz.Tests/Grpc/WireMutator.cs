using Google.Protobuf;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>
/// Changes bytes of the protobuf wire format as no honest client would: fields of the wrong type, cut off, repeated, nested deep, numbers of ten
/// bytes, lengths that lie, texts that are none, fields and groups that nobody knows.
/// </summary>
internal sealed class WireMutator(Random random)
{
    private const int Longest = 300_000; // Below the limit of a message, so that it is read.

    /// <summary>The message with some changes.</summary>
    public byte[] Mutate(byte[] message)
    {
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            message = Once(message, 0);
        }

        return message.Length <= Longest ? message : message[..Longest];
    }

    private byte[] Once(byte[] message, int depth)
    {
        var fields = Split(message);
        if (fields is null or [])
        {
            return random.Next(3) switch
            {
                0 => [.. message, .. Unknown()],
                1 => Flip(message),
                _ => Garbage(),
            };
        }

        var place = random.Next(fields.Count);
        var field = fields[place];

        // Most of what matters is further in.
        if (field.Type == 2 && depth < 12 && random.Next(2) == 0)
        {
            fields[place] = field with { Payload = Once(field.Payload, depth + 1) };
            return Join(fields);
        }

        switch (random.Next(14))
        {
            case 0:
                return message[..random.Next(message.Length)];
            case 1:
                return Flip(message);
            case 2:
                fields[place] = WithPayload(field with { Type = random.Next(8) }); // Six and seven do not exist.
                break;
            case 3:
                fields.InsertRange(place, Enumerable.Repeat(field, random.Next(1, random.Next(8) == 0 ? 2_000 : 10)));
                break;
            case 4:
                fields.RemoveAt(place);
                break;
            case 5:
                return [.. message, .. Unknown()];
            case 6:
                fields[place] = field with { Type = 0, Payload = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)random.Next(256)] };
                break;
            case 7:
                fields[place] = field with { Type = 2, Lie = random.Next(4) == 0 ? -1 : random.NextInt64(1L << random.Next(1, 40)) };
                break;
            case 8:
                fields[place] = field with { Type = 2, Payload = Nested(field.Number, random.Next(2, random.Next(4) == 0 ? 4_000 : 120)) };
                break;
            case 9 or 10:
                fields[place] = field with { Type = 2, Payload = OddText.Bytes(random) };
                break;
            case 11:
                fields[place] = field with { Number = random.Next(4) == 0 ? random.Next(1, 1 << 29) : random.Next(0, 40) };
                break;
            case 12:
                (fields[place], fields[^1]) = (fields[^1], fields[place]);
                break;
            default:
                fields[place] = field with { Payload = Garbage() };
                break;
        }

        return Join(fields);
    }

    private Field WithPayload(Field field) => field.Type switch
    {
        1 => field with { Payload = Some(8) },
        5 => field with { Payload = Some(4) },
        0 => field with { Payload = [(byte)random.Next(128)] },
        2 => field,
        _ => field with { Payload = [] },
    };

    private byte[] Unknown() => Join([WithPayload(new Field(random.Next(1, 1 << 29), random.Next(6), Some(random.Next(20)), null))]);

    private static byte[] Nested(int number, int levels)
    {
        var inner = Array.Empty<byte>();
        for (var level = 0; level < levels; level++)
        {
            inner = Join([new Field(number, 2, inner, null)]);
            if (inner.Length > Longest)
            {
                break;
            }
        }

        return inner;
    }

    private byte[] Flip(byte[] message)
    {
        var copy = message.ToArray();
        for (var flips = 1 + random.Next(4); flips > 0 && copy.Length > 0; flips--)
        {
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        }

        return copy;
    }

    private byte[] Garbage() => Some(random.Next(200));

    private byte[] Some(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The fields of a message; null when it is none.</summary>
    private static List<Field>? Split(byte[] message)
    {
        var fields = new List<Field>();
        try
        {
            using var input = new CodedInputStream(message);
            while (input.ReadTag() is > 0 and var tag)
            {
                var type = WireFormat.GetTagWireType(tag);
                var start = (int)input.Position;
                byte[] payload;
                switch (type)
                {
                    case WireFormat.WireType.LengthDelimited:
                        payload = input.ReadBytes().ToByteArray();
                        break;
                    case WireFormat.WireType.Varint or WireFormat.WireType.Fixed32 or WireFormat.WireType.Fixed64:
                        input.SkipLastField();
                        payload = message[start..(int)input.Position];
                        break;
                    default:
                        return null;
                }

                fields.Add(new Field(WireFormat.GetTagFieldNumber(tag), (int)type, payload, null));
            }

            return fields;
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // A text, or bytes that were changed before.
        }
    }

    private static byte[] Join(IReadOnlyList<Field> fields)
    {
        using var bytes = new MemoryStream();
        foreach (var field in fields)
        {
            Varint(bytes, ((ulong)(uint)field.Number << 3) | (uint)field.Type);
            if (field.Type == 2)
            {
                Varint(bytes, (ulong)(field.Lie ?? field.Payload.Length));
            }

            bytes.Write(field.Payload);
        }

        return bytes.ToArray();
    }

    private static void Varint(MemoryStream bytes, ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            bytes.WriteByte((byte)(value | 0x80));
        }

        bytes.WriteByte((byte)value);
    }

    /// <param name="Number">The number of the field.</param>
    /// <param name="Type">The wire type.</param>
    /// <param name="Payload">What follows the tag, without the length.</param>
    /// <param name="Lie">The length that is told; null for the true one.</param>
    private sealed record Field(int Number, int Type, byte[] Payload, long? Lie);
}
