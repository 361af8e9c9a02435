namespace Samenhang.Platform.Errors;

/// <summary>
/// Carries an <see cref="Errors.Error"/> from a gRPC method to the server interceptor, which turns it into a status. It is the only
/// exception that stands for an expected failure, and it lives only between <see cref="Result{T}.OrFail"/> and the edge.
/// </summary>
#pragma warning disable CA1032, CA1710 // The standard constructors would allow a failure without an error; the name says it is expected.
public sealed class RpcFailure(Error error) : Exception(error?.GetType().Name)
#pragma warning restore CA1032, CA1710
{
    /// <summary>What went wrong.</summary>
    public Error Error { get; } = error ?? throw new ArgumentNullException(nameof(error));
}
