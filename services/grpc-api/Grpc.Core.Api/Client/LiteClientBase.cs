namespace Grpc.Core;

/// <summary>The base of client stubs that were generated with the option <c>lite_client</c>: no host, no configuration.</summary>
public abstract class LiteClientBase
{
    /// <summary>A stub that makes no calls, for a test double.</summary>
    protected LiteClientBase() => CallInvoker = new UnimplementedCallInvoker();

    /// <summary>A stub over a channel.</summary>
    /// <param name="channel">The channel.</param>
    protected LiteClientBase(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        CallInvoker = channel.CreateCallInvoker();
    }

    /// <summary>A stub over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    protected LiteClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>Starts the calls of this stub.</summary>
    protected CallInvoker CallInvoker { get; }
}
