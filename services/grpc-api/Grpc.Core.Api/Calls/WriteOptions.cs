namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More follows at once: the message may wait in a buffer.</summary>
    BufferHint = 0x1,

    /// <summary>Do not compress this message.</summary>
    NoCompress = 0x2,
}

/// <summary>The options for writing messages.</summary>
/// <param name="flags">The flags.</param>
public class WriteOptions(WriteFlags flags = 0)
{
    /// <summary>No flags.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>The flags.</summary>
    public WriteFlags Flags { get; } = flags;
}
