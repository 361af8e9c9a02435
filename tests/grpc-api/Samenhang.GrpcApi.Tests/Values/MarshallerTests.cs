using System.Buffers;
using System.Text;
using Grpc.Core;

namespace Samenhang.GrpcApi.Tests.Values;

public sealed class MarshallerTests
{
    [Fact]
    public void One_made_over_contexts_works_over_arrays()
    {
        var marshaller = Marshallers.Create(
            (string text, SerializationContext context) =>
            {
                context.SetPayloadLength(Encoding.UTF8.GetByteCount(text));
                context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(text));
                context.Complete();
            },
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()) + context.PayloadLength);

        Assert.Equal("zorg", Encoding.UTF8.GetString(marshaller.Serializer("zorg")));
        Assert.Equal("zorg4", marshaller.Deserializer("zorg"u8.ToArray()));
    }

    [Fact]
    public void One_made_over_arrays_works_over_contexts()
    {
        var marshaller = Marshallers.StringMarshaller;
        var context = new Collecting();

        marshaller.ContextualSerializer("zorg", context);

        Assert.Equal("zorg"u8.ToArray(), context.Payload);
        Assert.Equal("zorg", marshaller.ContextualDeserializer(new Offering("zorg"u8.ToArray())));
    }

    [Fact]
    public void A_serializer_that_completes_nothing_is_told_so()
    {
        var marshaller = Marshallers.Create((string _, SerializationContext _) => { }, _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("zorg"));
    }

    private sealed class Collecting : SerializationContext
    {
        public byte[] Payload { get; private set; } = [];

        public override void Complete(byte[] payload) => Payload = payload;
    }

    private sealed class Offering(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
    }
}
