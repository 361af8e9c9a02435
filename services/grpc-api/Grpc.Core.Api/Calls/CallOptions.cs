namespace Grpc.Core;

/// <summary>The options of one call. A value: the <c>With…</c> methods give a changed copy.</summary>
public struct CallOptions
{
    /// <summary>Options for a call; each may be left out.</summary>
    /// <param name="headers">Metadata to send.</param>
    /// <param name="deadline">The moment (UTC) after which the call fails; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">How messages are written.</param>
    /// <param name="propagationToken">The server call whose deadline and cancellation this one takes over.</param>
    /// <param name="credentials">Credentials of this call only.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Metadata to send; null for none.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>The moment (UTC) after which the call fails; null for none.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>How messages are written; null for the default.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>The server call whose deadline and cancellation this one takes over; null for none.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; }

    /// <summary>Credentials of this call only; null for none.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>Whether the call waits for a connection instead of failing at once.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>A copy with these headers.</summary>
    /// <param name="headers">Metadata to send.</param>
    public readonly CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>A copy with this deadline.</summary>
    /// <param name="deadline">The moment, in UTC.</param>
    public readonly CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>A copy with this token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>A copy with these write options.</summary>
    /// <param name="writeOptions">How messages are written.</param>
    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>A copy that takes over a server call's deadline and cancellation.</summary>
    /// <param name="propagationToken">The server call.</param>
    public readonly CallOptions WithPropagationToken(ContextPropagationToken propagationToken) => this with { PropagationToken = propagationToken };

    /// <summary>A copy with these credentials.</summary>
    /// <param name="credentials">Credentials of this call only.</param>
    public readonly CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>A copy that waits for a connection, or not.</summary>
    /// <param name="waitForReady">Whether the call waits.</param>
    public readonly CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
