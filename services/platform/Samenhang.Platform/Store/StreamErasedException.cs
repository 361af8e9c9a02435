namespace Samenhang.Platform.Store;

/// <summary>Something was to be written in a stream that was erased: its key is gone, and with it everything that it said.</summary>
#pragma warning disable CA1032 // The standard constructors would allow one that names no stream.
public sealed class StreamErasedException(string streamId) : Exception($"Stream '{streamId}' was erased.");
#pragma warning restore CA1032
