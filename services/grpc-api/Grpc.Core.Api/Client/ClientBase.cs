using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>The base of generated client stubs.</summary>
/// <typeparam name="T">The stub itself.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>A stub that makes no calls, for a test double.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A stub with a given configuration.</summary>
    /// <param name="configuration">Where and how calls go.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>A stub over a channel.</summary>
    /// <param name="channel">The channel.</param>
    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>A stub over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>The same stub, calling another host over the same channel.</summary>
    /// <param name="host">The value of the <c>:authority</c> header.</param>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>Makes a stub of the same type with another configuration.</summary>
    /// <param name="configuration">Where and how calls go.</param>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}

/// <summary>The part of a client stub that does not depend on its type.</summary>
public abstract class ClientBase
{
    /// <summary>A stub that makes no calls, for a test double.</summary>
    protected ClientBase()
        : this(new UnimplementedCallInvoker())
    {
    }

    /// <summary>A stub with a given configuration.</summary>
    /// <param name="configuration">Where and how calls go.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        CallInvoker = configuration.CreateCallInvoker();
    }

    /// <summary>A stub over a channel.</summary>
    /// <param name="channel">The channel.</param>
    protected ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    /// <summary>A stub over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    /// <summary>Starts the calls of this stub.</summary>
    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>Where and how the calls of a stub go.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _callInvoker;
        private readonly string? _host;

        internal ClientBaseConfiguration(CallInvoker callInvoker, string? host)
        {
            ArgumentNullException.ThrowIfNull(callInvoker);
            _callInvoker = callInvoker;
            _host = host;
        }

        internal CallInvoker CreateCallInvoker() =>
            _host is null ? _callInvoker : _callInvoker.Intercept(new HostInterceptor(_host));

        internal ClientBaseConfiguration WithHost(string host)
        {
            ArgumentNullException.ThrowIfNull(host);
            return new ClientBaseConfiguration(_callInvoker, host);
        }
    }
}
