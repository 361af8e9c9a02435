namespace Samenhang.Events.Filters;

/// <summary>How large the filters of one subscription may be: they run for every event, and are written by others.</summary>
public sealed record EventFilterLimits
{
    /// <summary>What we take unless told otherwise.</summary>
    public static EventFilterLimits Default { get; } = new();

    /// <summary>The longest JSON text, in characters; 65,536.</summary>
    public int Characters { get; init; } = 64 * 1024;

    /// <summary>How deep <c>all</c>, <c>any</c> and <c>not</c> may hold each other; 8.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>How many filters there may be, those within others counted too; 256.</summary>
    public int Filters { get; init; } = 256;

    /// <summary>How many attributes one <c>exact</c>, <c>prefix</c> or <c>suffix</c> may name; 32.</summary>
    public int Attributes { get; init; } = 32;

    /// <summary>The longest text to hold against an attribute, in characters; 2,048.</summary>
    public int ValueLength { get; init; } = 2048;
}
