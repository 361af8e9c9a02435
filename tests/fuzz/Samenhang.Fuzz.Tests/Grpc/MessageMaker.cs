using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>Makes messages of a type by its descriptor: most values sensible, some at the edge of what the type can hold.</summary>
internal sealed class MessageMaker(Words words, Random random)
{
    private const int Deepest = 7;

    private static readonly long[] Numbers = [0, 1, 2, 3, 7, 42, 100, 365, 2024, 9999, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];
    private static readonly double[] Fractions = [0, 1, 0.5, 36, 100, -1, 1e308, double.NaN, double.PositiveInfinity, double.Epsilon];

    /// <summary>A message, as bytes.</summary>
    public byte[] Make(MessageDescriptor type) => Make(type, 0);

    /// <summary>One field with a new value, as bytes; merged into a message it takes the place of what was there, or joins the list.</summary>
    public byte[] MakeField(FieldDescriptor field)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            Write(output, field, 1);
        }

        return bytes.ToArray();
    }

    private byte[] Make(MessageDescriptor type, int depth)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            if (type.FullName == Timestamp.Descriptor.FullName && random.Next(10) > 0)
            {
                new Timestamp { Seconds = 1_700_000_000 + random.Next(100_000_000) }.WriteTo(output);
            }
            else if (type.FullName == Google.Type.Date.Descriptor.FullName && random.Next(10) > 0)
            {
                new Google.Type.Date { Year = random.Next(2022, 2028), Month = random.Next(1, 13), Day = random.Next(1, 29) }.WriteTo(output);
            }
            else
            {
                foreach (var oneof in type.Oneofs.Where(oneof => !oneof.IsSynthetic && random.Next(10) > 0))
                {
                    Write(output, oneof.Fields[random.Next(oneof.Fields.Count)], depth);
                }

                foreach (var field in type.Fields.InFieldNumberOrder().Where(field => field.RealContainingOneof is null && random.Next(10) > 1 + depth / 2))
                {
                    var times = field.IsRepeated ? random.Next(3) : 1;
                    for (var n = 0; n < times; n++)
                    {
                        Write(output, field, depth);
                    }
                }
            }
        }

        return bytes.ToArray();
    }

    private void Write(CodedOutputStream output, FieldDescriptor field, int depth)
    {
        switch (field.FieldType)
        {
            case FieldType.Message or FieldType.Group:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(depth < Deepest ? Make(field.MessageType, depth + 1) : []));
                break;
            case FieldType.String:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteString(Text(field));
                break;
            case FieldType.Bytes:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(OddText.Bytes(random)));
                break;
            case FieldType.Double:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed64);
                output.WriteDouble(Fractions[random.Next(Fractions.Length)]);
                break;
            case FieldType.Float:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed32);
                output.WriteFloat((float)Fractions[random.Next(Fractions.Length)]);
                break;
            case FieldType.Bool:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteBool(random.Next(2) == 0);
                break;
            case FieldType.Enum:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteEnum(random.Next(8) > 0 ? field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Number : random.Next(-5, 1_000));
                break;
            case FieldType.SInt32 or FieldType.SInt64:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteSInt64(Number(field));
                break;
            case FieldType.Fixed32 or FieldType.SFixed32:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed32);
                output.WriteSFixed32((int)Number(field));
                break;
            case FieldType.Fixed64 or FieldType.SFixed64:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Fixed64);
                output.WriteSFixed64(Number(field));
                break;
            default:
                output.WriteTag(field.FieldNumber, WireFormat.WireType.Varint);
                output.WriteInt64(Number(field));
                break;
        }
    }

    private long Number(FieldDescriptor field) => random.Next(3) > 0 && words.For(field, random) is { } known and (int or long)
        ? Convert.ToInt64(known, System.Globalization.CultureInfo.InvariantCulture)
        : Numbers[random.Next(Numbers.Length)];

    private string Text(FieldDescriptor field) => random.Next(12) switch
    {
        0 => OddText.Any(random),
        _ when field.Name == "request_id" => $"fuzz-{random.NextInt64()}",
        _ when words.For(field, random) is string known => known,
        _ => $"{field.Name}-{random.Next(4)}",
    };
}
