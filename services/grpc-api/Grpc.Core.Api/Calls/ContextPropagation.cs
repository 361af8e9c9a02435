namespace Grpc.Core;

/// <summary>What a server call passes on to the calls that it makes itself.</summary>
/// <param name="propagateDeadline">Whether the deadline goes along.</param>
/// <param name="propagateCancellation">Whether cancellation goes along.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Deadline and cancellation both.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline goes along.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation goes along.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}

/// <summary>Stands for a server call whose deadline and cancellation another call takes over; the server library makes it.</summary>
public abstract class ContextPropagationToken
{
    /// <summary>For the server library.</summary>
    protected internal ContextPropagationToken()
    {
    }
}
