using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Messages.Cases;
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
            CasePseudonym = provision.CasePseudonym ?? "",
            CaseProvisionId = provision.IdInCase,
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

    /// <summary>What a provision of insured care, the municipality or UWV says about its case.</summary>
    public static CaseNews ToNews(this KeptProvision provision, string domain)
    {
        ArgumentNullException.ThrowIfNull(provision);
        return new CaseNews
        {
            Provisions =
            [
                new ProvisionView
                {
                    Id = provision.IdInCase,
                    Scheme = provision.Scheme,
                    Domain = domain,
                    Status = provision.Status.Code(),
                    NeedIds = provision.NeedIds,
                    ProviderId = provision.ProviderId,
                    Product = provision.Product,
                    RequestedOn = provision.RequestedOn,
                    From = provision.From,
                    To = provision.To,
                    Facts = provision.RefusalReason is { } reason ? [new KnownFact("prov.refusalReason", new KnownValue { Code = reason })] : [],
                },
            ],
        };
    }
}
