namespace Grpc.Core;

/// <summary>Adds the credentials of one call to its metadata, for example a token.</summary>
/// <param name="context">The call.</param>
/// <param name="metadata">Where the credentials go.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

/// <summary>The call for which credentials are asked.</summary>
/// <param name="serviceUrl">The address of the service.</param>
/// <param name="methodName">The name of the method.</param>
/// <param name="cancellationToken">Cancelled with the call.</param>
public class AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
{
    /// <summary>A call that is never cancelled.</summary>
    /// <param name="serviceUrl">The address of the service.</param>
    /// <param name="methodName">The name of the method.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>The address of the service.</summary>
    public string ServiceUrl { get; } = serviceUrl ?? throw new ArgumentNullException(nameof(serviceUrl));

    /// <summary>The name of the method.</summary>
    public string MethodName { get; } = methodName ?? throw new ArgumentNullException(nameof(methodName));

    /// <summary>Cancelled with the call.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>The credentials of a single call.</summary>
public abstract class CallCredentials
{
    /// <summary>Several credentials together, applied in this order.</summary>
    /// <param name="credentials">At least two.</param>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Credentials that a delegate adds to the metadata.</summary>
    /// <param name="interceptor">Adds them.</param>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new InterceptorCallCredentials(interceptor);

    /// <summary>For client libraries: tells the configurator what these credentials consist of.</summary>
    /// <param name="configurator">Is told.</param>
    /// <param name="state">What the configurator wants back.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class CompositeCallCredentials : CallCredentials
    {
        private readonly IReadOnlyList<CallCredentials> _credentials;

        public CompositeCallCredentials(CallCredentials[] credentials)
        {
            ArgumentNullException.ThrowIfNull(credentials);
            if (credentials.Length < 2)
            {
                throw new ArgumentException("A composition needs at least two credentials.", nameof(credentials));
            }

            _credentials = [.. credentials];
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _credentials);
    }

    private sealed class InterceptorCallCredentials(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        private readonly AsyncAuthInterceptor _interceptor = interceptor ?? throw new ArgumentNullException(nameof(interceptor));

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
    }
}

/// <summary>For client libraries: is told what call credentials consist of.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>They consist of several.</summary>
    /// <param name="state">What was given to the credentials.</param>
    /// <param name="credentials">The parts.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>They are a delegate.</summary>
    /// <param name="state">What was given to the credentials.</param>
    /// <param name="interceptor">The delegate.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}
