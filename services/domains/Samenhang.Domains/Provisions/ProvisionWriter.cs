using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Messages;
using Wire = Samenhang.Protos.Common.V1;

namespace Samenhang.Domains.Provisions;

/// <summary>Writes a provision as the contracts say it.</summary>
public static class ProvisionWriter
{
    /// <summary>The code of a status in the vocabulary.</summary>
    public static string Code(this ProvisionStatus status) => status switch
    {
        ProvisionStatus.Requested => "requested",
        ProvisionStatus.Granted => "granted",
        ProvisionStatus.Refused => "refused",
        ProvisionStatus.Running => "running",
        ProvisionStatus.Ended => "ended",
    };

    /// <summary>A provision with its version.</summary>
    public static Wire.DomainProvision ToWire(this KeptProvision provision, long version)
    {
        ArgumentNullException.ThrowIfNull(provision);
        return new Wire.DomainProvision
        {
            ProvisionId = provision.Id,
            CasePseudonym = provision.CasePseudonym,
            Scheme = provision.Scheme,
            Status = WireCodes.Status(provision.Status.Code()),
            NeedIds = { provision.NeedIds },
            ProviderId = provision.ProviderId ?? "",
            Product = provision.Product ?? "",
            RequestedOn = provision.RequestedOn.ToWire(),
            DecidedOn = provision.DecidedOn.ToWire(),
            RefusalReason = provision.RefusalReason ?? "",
            From = provision.From.ToWire(),
            To = provision.To.ToWire(),
            Version = version,
        };
    }

    /// <summary>What the casemanager hears of a provision of insured care, the municipality or UWV.</summary>
    public static ProvisionChanged ToMessage(this KeptProvision provision, string domain, long version)
    {
        ArgumentNullException.ThrowIfNull(provision);
        return new ProvisionChanged
        {
            Domain = domain,
            CasePseudonym = provision.CasePseudonym,
            ProvisionId = provision.Id,
            Version = version,
            Scheme = provision.Scheme,
            Status = provision.Status.Code(),
            NeedIds = provision.NeedIds,
            ProviderId = provision.ProviderId,
            Product = provision.Product,
            RefusalReason = provision.RefusalReason,
            RequestedOn = provision.RequestedOn,
            DecidedOn = provision.DecidedOn,
            From = provision.From,
            To = provision.To,
        };
    }
}
