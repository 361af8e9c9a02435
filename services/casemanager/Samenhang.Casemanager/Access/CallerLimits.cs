using Samenhang.Access;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Platform.Errors;

namespace Samenhang.Casemanager.Access;

/// <summary>What a caller may ask of lists, which name no case.</summary>
internal static class CallerLimits
{
    /// <summary>The municipality whose cases a list may hold.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="asked">The municipality that was asked for; null = whichever one may see.</param>
    /// <returns>Null = all of this installation.</returns>
    /// <exception cref="RpcFailure">Another one was asked for than that of the caller, or the caller has none.</exception>
    public static string? OwnTenant(this Caller caller, string? asked) =>
        caller.IsEverywhere ? asked
        : caller.Tenant.Length > 0 && (asked is null || asked == caller.Tenant) ? caller.Tenant
        : throw new RpcFailure(new Error.PermissionDenied("tenant"));

    /// <summary>Sees to it that one opens a case of one's own municipality, or of none.</summary>
    /// <exception cref="RpcFailure">It is that of somebody else.</exception>
    public static void RequireTenant(this Caller caller, string tenant)
    {
        if (tenant.Length > 0 && !caller.IsEverywhere && caller.Tenant != tenant)
        {
            throw new RpcFailure(new Error.PermissionDenied("tenant"));
        }
    }

    /// <summary>Sees to it that one asks for one's own work.</summary>
    /// <exception cref="RpcFailure">It is that of somebody else.</exception>
    public static void RequireSelf(this Caller caller, string person)
    {
        if (!caller.IsEverywhere && caller.Subject != person)
        {
            throw new RpcFailure(new Error.PermissionDenied("assignee"));
        }
    }

    /// <summary>Sees to it that one touches one's own subscriptions; who keeps the connections touches all.</summary>
    /// <exception cref="RpcFailure">It is that of somebody else.</exception>
    public static void RequireSubscriber(this Caller caller, Subscriber subscriber)
    {
        if (caller.Role != CallerRole.Operator && !CaseAccess.Is(caller, subscriber))
        {
            throw new RpcFailure(new Error.PermissionDenied("subscriber"));
        }
    }
}
