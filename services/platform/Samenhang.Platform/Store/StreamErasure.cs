namespace Samenhang.Platform.Store;

/// <summary>What stands at the end of a stream that was erased.</summary>
public static class StreamErasure
{
    /// <summary>The type of its last event. It says nothing but that: nobody reads a payload of an erased stream.</summary>
    public const string Type = "stream-erased";
}
