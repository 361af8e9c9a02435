using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Samenhang.Fuzz.Tests.Grpc;

/// <summary>Makes the bytes of a request: new, or a good one with other values; as it is, or with its bytes changed.</summary>
internal sealed class RequestMaker(Words words, Corpus corpus, Random random)
{
    private readonly MessageMaker maker = new(words, random);
    private readonly WireMutator mutator = new(random);

    /// <summary>A request of a method.</summary>
    public byte[] Make(MethodDescriptor method)
    {
        var request = random.Next(5) < 3 && corpus.Any(method, random) is { } good ? Varied(method.InputType, good) : maker.Make(method.InputType);
        return random.Next(5) < 2 ? request : mutator.Mutate(request);
    }

    private byte[] Varied(MessageDescriptor type, byte[] good)
    {
        var message = type.Parser.ParseFrom(good);
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var part = Somewhere(message);
            var fields = part.Descriptor.Fields.InDeclarationOrder();
            if (fields.Count > 0)
            {
                var field = fields[random.Next(fields.Count)];
                if (random.Next(4) == 0)
                {
                    field.Accessor.Clear(part);
                }
                else if (!field.IsMap)
                {
                    part.MergeFrom(maker.MakeField(field));
                }
            }
        }

        // The same request again has the same answer, which is seen often enough in one of four.
        if (random.Next(4) > 0 && type.FindFieldByName("request_id") is { } id)
        {
            id.Accessor.SetValue(message, $"fuzz-{random.NextInt64()}");
        }

        return message.ToByteArray();
    }

    /// <summary>The message, or one in it.</summary>
    private IMessage Somewhere(IMessage message)
    {
        for (; random.Next(3) > 0;)
        {
            var parts = message.Descriptor.Fields.InFieldNumberOrder()
                .Where(field => field.FieldType == FieldType.Message && !field.IsMap)
                .SelectMany(field => field.IsRepeated ? ((System.Collections.IList)field.Accessor.GetValue(message)).Cast<IMessage>() : [(IMessage)field.Accessor.GetValue(message)])
                .Where(part => part is not null)
                .ToList();
            if (parts.Count == 0)
            {
                break;
            }

            message = parts[random.Next(parts.Count)];
        }

        return message;
    }
}
