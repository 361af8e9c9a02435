using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a deserializer finds the bytes of one message. They may be read once, and only during the call of the deserializer.</summary>
public abstract class DeserializationContext
{
    /// <summary>The length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message as a new array, which is the caller's.</summary>
    public virtual byte[] PayloadAsNewBuffer() => PayloadAsReadOnlySequence().ToArray();

    /// <summary>The message without a copy; it is not valid after the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() =>
        throw new NotImplementedException($"{GetType()} does not offer the message as a sequence.");
}
