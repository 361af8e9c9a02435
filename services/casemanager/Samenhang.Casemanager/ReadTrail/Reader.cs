using Grpc.Core;
using Samenhang.Access;
using Samenhang.Platform.Access;

namespace Samenhang.Casemanager.ReadTrail;

/// <summary>The person for whom a call is made.</summary>
/// <param name="Subject">Who, as the issuer of the sign-in knows this person.</param>
/// <param name="Role">In which role.</param>
/// <param name="Tenant">For which municipality or region; empty when for none.</param>
internal sealed record Reader(string Subject, string Role, string Tenant)
{
    /// <summary>Reads it; null when the call is made for no person (a service that answers for itself).</summary>
    public static Reader? Of(ServerCallContext context) =>
        context.Caller() is { Role: not CallerRole.Service } caller ? new(caller.Subject, caller.Role.ToCode(), caller.Tenant) : null;
}
