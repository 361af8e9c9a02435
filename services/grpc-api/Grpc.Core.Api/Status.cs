namespace Grpc.Core;

/// <summary>How a call ended: a code, a sentence for the caller, and (never sent over the wire) the exception behind it.</summary>
/// <param name="statusCode">The code.</param>
/// <param name="detail">A sentence for the caller; null is read as empty.</param>
/// <param name="debugException">The local cause, for logs only.</param>
public readonly struct Status(StatusCode statusCode, string detail, Exception? debugException)
{
    private readonly string? _detail = detail;

    /// <summary>The call succeeded.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>The call was cancelled.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>A status without a local cause.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A sentence for the caller.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; } = statusCode;

    /// <summary>A sentence for the caller; never null.</summary>
    public string Detail => _detail ?? "";

    /// <summary>The local cause; null on a status that came over the wire.</summary>
    public Exception? DebugException { get; } = debugException;

    /// <inheritdoc />
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
