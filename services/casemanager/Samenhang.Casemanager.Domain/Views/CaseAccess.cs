using Samenhang.Access;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>Whose case a case is. Who may make a call may make it for their own cases only; what of a case they see is decided by the views.</summary>
public sealed class CaseAccess(PublicSight sight)
{
    private const string Municipality = "gm";
    private const string Insurer = "uzovi";

    /// <summary>Whether a caller needs no look at the case itself; null = it must be looked at.</summary>
    public static bool? WithoutLooking(Caller caller, string caseId)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Role switch
        {
            _ when caller.IsEmergency => true, // The reason is in the trail, and every use is looked at afterwards.
            CallerRole.Service => true,
            _ when caller.Token.Cases.Count > 0 => caller.Token.Cases.Contains(caseId),
            CallerRole.Client => caller.IsEverywhere,
            CallerRole.Casemanager or CallerRole.PrivacyOfficer or CallerRole.Municipality or CallerRole.Insurer or CallerRole.Uwv or CallerRole.Employer => caller.IsEverywhere ? true : null,
            _ => false,
        };
    }

    /// <summary>Whether a caller may work on a case of this municipality; a case of none belongs to all of them.</summary>
    /// <param name="caller">A casemanager, or who watches over them.</param>
    /// <param name="tenant">The municipality of the case; null or empty = none.</param>
    public static bool IsOfTenant(Caller caller, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return string.IsNullOrEmpty(tenant) || tenant == caller.Tenant;
    }

    /// <summary>Whether a case is one of an organisation's own.</summary>
    /// <param name="caller">Somebody who calls for an organisation.</param>
    /// <param name="state">The case.</param>
    /// <param name="day">The day on which a consent must hold, for who calls on that ground.</param>
    public bool IsOwn(Caller caller, CaseState state, DateOnly day) =>
        SubscriberOf(caller) is { } subscriber && sight.IsOwn(subscriber, caller.Ground == LegalGround.Consent, state, day);

    /// <summary>Whether a caller is this subscriber, or stands for it.</summary>
    public static bool Is(Caller caller, Subscriber subscriber)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(subscriber);
        return caller.Role == subscriber.Audience.Role() && (caller.IsEverywhere || SubscriberOf(caller) == subscriber);
    }

    private static Subscriber? SubscriberOf(Caller caller) => caller.Role switch
    {
        CallerRole.Insurer when caller.Tenant.StartsWith(Insurer, StringComparison.Ordinal) => new(Audience.Insurer, caller.Tenant[Insurer.Length..]),
        CallerRole.Municipality when caller.Tenant.StartsWith(Municipality, StringComparison.Ordinal) => new(Audience.Municipality, caller.Tenant[Municipality.Length..]),
        CallerRole.Uwv when caller.Token.Organisation.Length > 0 => new(Audience.Uwv, caller.Token.Organisation),
        CallerRole.Employer when caller.Token.Organisation.Length > 0 => new(Audience.Employer, caller.Token.Organisation),
        CallerRole.Casemanager when caller.Token.Organisation.Length > 0 => new(Audience.CasemanagerOrganisation, caller.Token.Organisation),
        _ => null,
    };
}
