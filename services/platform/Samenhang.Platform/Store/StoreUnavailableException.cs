namespace Samenhang.Platform.Store;

/// <summary>
/// The store cannot be read or written now: a full or failing disk, a lock that another process keeps, a database that is away.
/// Nothing was written; the same call may succeed later. At the gRPC edge it is UNAVAILABLE.
/// </summary>
#pragma warning disable CA1032 // The standard constructors would allow one without a cause.
public sealed class StoreUnavailableException(Exception cause) : Exception("The store cannot be reached now.", cause);
#pragma warning restore CA1032
