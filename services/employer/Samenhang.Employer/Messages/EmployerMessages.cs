using Samenhang.Domains.Provisions;
using Samenhang.Messages.Employer;

namespace Samenhang.Employer.Messages;

/// <summary>Makes the messages of the employer.</summary>
internal static class EmployerMessages
{
    /// <summary>What the casemanager hears of a track or facility. The personnel number stays with the employer.</summary>
    public static EmployerProvisionChanged Changed(KeptProvision provision, long version) => new()
    {
        CasePseudonym = provision.CasePseudonym!,
        RecordId = provision.Id,
        ProvisionId = provision.IdInCase,
        Version = version,
        Scheme = Codes<EmployerScheme>.Find(provision.Scheme)!.Value,
        Status = Codes<TrackStatus>.Find(provision.Status.Code())!.Value,
        NeedIds = provision.NeedIds,
        RefusalReason = Codes<RefusalReason>.Find(provision.RefusalReason),
        RequestedOn = provision.RequestedOn,
        DecidedOn = provision.DecidedOn,
        From = provision.From,
        To = provision.To,
    };
}
