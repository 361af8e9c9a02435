using Google.Protobuf.WellKnownTypes;
using Samenhang.Casemanager.Domain.Findings;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes the lives of findings as the contract says them.</summary>
internal static class FindingWriter
{
    /// <summary>Which finding.</summary>
    public static Wire.FindingRef ToWire(this FindingKey key) => new()
    {
        FlagId = key.FlagId,
        NeedId = key.NeedId ?? "",
        ProvisionId = key.ProvisionId ?? "",
        PartyId = key.PartyId ?? "",
    };

    /// <summary>A finding with everything that became of it.</summary>
    public static Wire.FindingLife ToWire(this FindingLife life) => new()
    {
        Finding = life.Key.ToWire(),
        Status = ((FindingStatus?)life.Status).ToWire(),
        Reopened = life.Reopened,
        Steps =
        {
            life.Steps.Select(step => new Wire.FindingStep
            {
                Status = ((FindingStatus?)step.Status).ToWire(),
                At = Timestamp.FromDateTimeOffset(step.At),
                By = step.By,
                Reason = step.Reason ?? "",
                EvidenceType = step.EvidenceType ?? "",
                PlanVersion = step.PlanVersion,
            }),
        },
    };

    /// <summary>How far a finding has come; not given when it is not known.</summary>
    public static Wire.FindingStatus ToWire(this FindingStatus? status) => status switch
    {
        FindingStatus.Open => Wire.FindingStatus.Open,
        FindingStatus.Acknowledged => Wire.FindingStatus.Acknowledged,
        FindingStatus.Resolved => Wire.FindingStatus.Resolved,
        FindingStatus.Overruled => Wire.FindingStatus.Overruled,
        FindingStatus.Closed => Wire.FindingStatus.Closed,
        null => Wire.FindingStatus.Unspecified,
    };
}
