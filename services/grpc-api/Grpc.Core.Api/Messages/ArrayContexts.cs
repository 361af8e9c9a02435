using System.Buffers;

namespace Grpc.Core;

/// <summary>Collects one message in memory, for a marshaller that was made over contexts but is used over arrays.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _writer = new();
    private byte[]? _payload;

    public byte[] Payload => _payload ?? throw new InvalidOperationException("The serializer did not complete the message.");

    public override void Complete(byte[] payload) => Finish(payload);

    public override IBufferWriter<byte> GetBufferWriter() => _writer;

    public override void Complete() => Finish(_writer.WrittenSpan.ToArray());

    private void Finish(byte[] payload) =>
        _payload = _payload is null ? payload : throw new InvalidOperationException("The serializer completed the message twice.");
}

/// <summary>Offers one array as a message, for a marshaller that was made over contexts but is used over arrays.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => (byte[])payload.Clone();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}
