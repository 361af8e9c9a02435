namespace Grpc.Core;

/// <summary>A connection (or many) to a server, over which calls go.</summary>
/// <param name="target">The address.</param>
public abstract class ChannelBase(string target)
{
    /// <summary>The address.</summary>
    public string Target { get; } = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>Makes the invoker for calls over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel; calls that still run are cancelled.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>What closing means for this kind of channel.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
