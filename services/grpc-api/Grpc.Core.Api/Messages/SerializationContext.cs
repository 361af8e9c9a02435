using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer leaves the bytes of one message. Either one array, or a buffer writer and then <see cref="Complete()"/>.</summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the whole message as one array.</summary>
    /// <param name="payload">The bytes; the serializer does not touch them any more.</param>
    public virtual void Complete(byte[] payload) => throw NotOffered();

    /// <summary>The writer for the message; finish with <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw NotOffered();

    /// <summary>Tells the length beforehand; the writer must then receive exactly this number of bytes.</summary>
    /// <param name="payloadLength">The length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
        // A hint that a context may leave aside.
    }

    /// <summary>All bytes were written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw NotOffered();

    private NotImplementedException NotOffered() => new($"{GetType()} does not offer this way of serializing.");
}
