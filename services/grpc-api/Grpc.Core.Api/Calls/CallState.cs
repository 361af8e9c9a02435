namespace Grpc.Core;

/// <summary>
/// What the four kinds of client call have in common: headers, status, trailers and disposal, asked through delegates that share one
/// state object. The client library allocates one state instead of four closures.
/// </summary>
internal sealed class CallState(
    Func<object, Task<Metadata>> responseHeadersAsync,
    Func<object, Status> getStatus,
    Func<object, Metadata> getTrailers,
    Action<object> dispose,
    object state)
{
    public CallState(Task<Metadata> responseHeadersAsync, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
        : this(_ => responseHeadersAsync, _ => getStatus(), _ => getTrailers(), _ => dispose(), new object())
    {
    }

    public Task<Metadata> ResponseHeadersAsync => responseHeadersAsync(state);

    public Status GetStatus() => getStatus(state);

    public Metadata GetTrailers() => getTrailers(state);

    public void Dispose() => dispose(state);
}
