using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Leaks.Tests.Channels;

/// <summary>Those who listen to what happens: one of each audience, to whom the planted case belongs.</summary>
internal static class Subscribers
{
    /// <summary>The organisation of the casemanager who holds the planted case.</summary>
    public const string CasemanagerOin = "00000099000000013000";

    /// <summary>As what they call.</summary>
    public static IReadOnlyList<CallerRole> Roles { get; } = [CallerRole.Insurer, CallerRole.Municipality, CallerRole.Uwv, CallerRole.Employer, CallerRole.Casemanager];

    /// <summary>Subscribes one of them.</summary>
    public static async Task<Subscription> SubscribeAsync(Uri casemanager, CallerRole role, DeliveryProtocol protocol, string? subscriber = null)
    {
        var (kind, own) = role switch
        {
            CallerRole.Insurer => (SubscriberKind.Insurer, "9901"),
            CallerRole.Municipality => (SubscriberKind.Municipality, "9901"),
            CallerRole.Uwv => (SubscriberKind.Uwv, "00000099000000012000"),
            CallerRole.Employer => (SubscriberKind.Employer, TellingSystem.EmployerOin),
            _ => (SubscriberKind.CasemanagerOrganisation, CasemanagerOin),
        };
        var (purpose, ground) = DevelopmentChannel.PurposeOf(role);
        using var channel = DevelopmentChannel.Open(casemanager.ToString(), speaker: new Speaker("subscriber", role, "*"));
        return (await new SubscriptionService.SubscriptionServiceClient(channel).CreateSubscriptionAsync(new()
        {
            RequestId = Requests.NewId(),
            SubscriberKind = kind,
            Subscriber = subscriber ?? own,
            Purpose = purpose,
            LegalGround = ground switch
            {
                Access.LegalGround.LegalDuty => Protos.Casemanager.V1.LegalGround.LegalDuty,
                Access.LegalGround.Consent => Protos.Casemanager.V1.LegalGround.Consent,
                _ => Protos.Casemanager.V1.LegalGround.PublicTask,
            },
            Protocol = protocol,
            By = "gemeente",
        })).Subscription;
    }
}
