namespace Grpc.Core;

/// <summary>The status codes of gRPC; the numbers go over the wire.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The caller cancelled the call.</summary>
    Cancelled = 1,

    /// <summary>The cause is not known.</summary>
    Unknown = 2,

    /// <summary>The request is wrong, whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the call ended.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist, or not for this caller.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known, but may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or size limit was passed.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the system forbids the request.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict between concurrent changes; retry from a fresh read.</summary>
    Aborted = 10,

    /// <summary>Past the valid range, for example reading after the end.</summary>
    OutOfRange = 11,

    /// <summary>The method, or this use of it, is not supported here.</summary>
    Unimplemented = 12,

    /// <summary>A fault in the server.</summary>
    Internal = 13,

    /// <summary>The service does not answer now; the call may be tried again.</summary>
    Unavailable = 14,

    /// <summary>Data was lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The call holds no valid credentials.</summary>
    Unauthenticated = 16,
}
