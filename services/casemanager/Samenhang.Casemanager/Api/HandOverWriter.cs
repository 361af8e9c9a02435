using Google.Protobuf.WellKnownTypes;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Domain.Escalations;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes hand-overs and escalations as the contract says them.</summary>
internal static class HandOverWriter
{
    /// <summary>A hand-over with everything that became of it.</summary>
    public static Wire.HandOverLife ToWire(this HandOverLife life) => new()
    {
        HandOverId = life.Id,
        From = life.From,
        To = life.To,
        NeedIds = { life.NeedIds },
        Scheme = life.Scheme ?? "",
        FromProvisionId = life.FromProvision ?? "",
        ToProvisionId = life.ToProvision ?? "",
        BackReferral = life.IsBackReferral,
        Status = life.Status.ToWire(),
        Shared = { life.Warmth.Shared },
        ContinuityContact = life.Warmth.ContinuityContact ?? "",
        TalkedOn = life.Warmth.TalkedOn.ToWire(),
        Warm = life.Warmth.IsWarm,
        Steps =
        {
            life.Steps.Select(step => new Wire.HandOverStep
            {
                Status = step.Status.ToWire(),
                On = step.On.ToWire(),
                At = Timestamp.FromDateTimeOffset(step.At),
                By = step.By,
                Reason = step.Reason ?? "",
                Text = step.Text ?? "",
            }),
        },
    };

    /// <summary>A table to which a case was brought.</summary>
    public static Wire.EscalationStep ToWire(this EscalationStep step) => new()
    {
        Level = step.Opened.Level,
        Opener = step.Opened.Opener,
        OpenedOn = step.Opened.On.ToWire(),
        OpenedText = step.Opened.Text ?? "",
        ClosedOn = (step.Closed?.On).ToWire(),
        Solved = step.Closed?.Solved ?? false,
        ClosedText = step.Closed?.Text ?? "",
    };

    /// <summary>How far a hand-over is.</summary>
    public static Wire.HandOverStatus ToWire(this HandOverStatus status) => status switch
    {
        HandOverStatus.Proposed => Wire.HandOverStatus.Proposed,
        HandOverStatus.Offered => Wire.HandOverStatus.Offered,
        HandOverStatus.Accepted => Wire.HandOverStatus.Accepted,
        HandOverStatus.Refused => Wire.HandOverStatus.Refused,
        HandOverStatus.InformationAsked => Wire.HandOverStatus.InformationAsked,
        HandOverStatus.Started => Wire.HandOverStatus.Started,
        HandOverStatus.Completed => Wire.HandOverStatus.Completed,
        HandOverStatus.ClientDeclined => Wire.HandOverStatus.ClientDeclined,
        HandOverStatus.Withdrawn => Wire.HandOverStatus.Withdrawn,
    };
}
