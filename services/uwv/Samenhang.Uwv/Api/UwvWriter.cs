using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Uwv.Benefits;
using Samenhang.Uwv.EffortTests;
using Samenhang.Uwv.Ips;
using Samenhang.Uwv.Judgements;
using Samenhang.Uwv.Unemployment;
using Wire = Samenhang.Protos.Uwv.V1;

namespace Samenhang.Uwv.Api;

/// <summary>Writes the records of UWV as the contract says them.</summary>
internal static class UwvWriter
{
    public static Wire.Benefit ToWire(this Benefit benefit, long version)
    {
        var wire = new Wire.Benefit
        {
            BenefitId = benefit.Id,
            CasePseudonym = benefit.CasePseudonym ?? "",
            Law = WireLists.ToWire<BenefitLaw, Wire.BenefitLaw>(benefit.Law),
            Status = WireLists.ToWire<BenefitStatus, Wire.BenefitStatus>(benefit.Status),
            AppliedOn = benefit.AppliedOn.ToWire(),
            DecidedOn = benefit.DecidedOn.ToWire(),
            From = benefit.From.ToWire(),
            To = benefit.To.ToWire(),
            Permanence = WireLists.ToWire<Permanence, Wire.Permanence>(benefit.Permanence),
            RefusalReason = benefit.RefusalReason ?? "",
            NeedIds = { benefit.NeedIds },
            Version = version,
        };
        if (benefit.IncapacityPercent is { } percent)
        {
            wire.IncapacityPercent = (double)percent;
        }

        return wire;
    }

    public static Wire.Judgement ToWire(this Judgement judgement, long version)
    {
        var wire = new Wire.Judgement
        {
            JudgementId = judgement.Id,
            CasePseudonym = judgement.CasePseudonym ?? "",
            Expert = WireLists.ToWire<Expert, Wire.Expert>(judgement.Expert),
            AskedOn = judgement.AskedOn.ToWire(),
            GivenOn = judgement.GivenOn.ToWire(),
            HasCapacity = Verdict(judgement.Result?.HasCapacity),
            Permanence = WireLists.ToWire<Permanence, Wire.Permanence>(judgement.Result?.Permanence),
            OnlyAdaptedWork = Verdict(judgement.Result?.OnlyAdaptedWork),
            Version = version,
        };
        if (judgement.Result?.IncapacityPercent is { } percent)
        {
            wire.IncapacityPercent = (double)percent;
        }

        return wire;
    }

    public static Wire.EffortTest ToWire(this EffortTest test, long version) => new()
    {
        EffortTestId = test.Id,
        CasePseudonym = test.CasePseudonym ?? "",
        StartedOn = test.StartedOn.ToWire(),
        JudgedOn = test.JudgedOn.ToWire(),
        Sufficient = Verdict(test.Sufficient),
        SanctionFrom = test.Sanction?.From.ToWire(),
        SanctionTo = test.Sanction?.To.ToWire(),
        Version = version,
    };

    public static Wire.WwGuidance ToWire(this WwGuidance guidance, long version, Vocabulary vocabulary) => new()
    {
        GuidanceId = guidance.Id,
        CasePseudonym = guidance.CasePseudonym ?? "",
        WwStartedOn = guidance.WwStartedOn.ToWire(),
        Profile = WireLists.ToWire<WwProfile, Wire.WwProfile>(guidance.Profile),
        ProfileChosenOn = guidance.ProfileChosenOn.ToWire(),
        TalksOn = { guidance.TalksOn.Select(on => on.ToWire()) },
        TalksDueOn = { WwCalendar.TalksDue(guidance, vocabulary).Select(on => on.ToWire()) },
        EndedOn = guidance.EndedOn.ToWire(),
        Version = version,
    };

    public static Wire.IpsRegistration ToWire(this IpsRegistration registration, long version) => new()
    {
        RegistrationId = registration.Id,
        CasePseudonym = registration.CasePseudonym ?? "",
        RegisteredOn = registration.RegisteredOn.ToWire(),
        WithdrawnOn = registration.WithdrawnOn.ToWire(),
        Version = version,
    };

    private static Wire.Verdict Verdict(bool? known) => known switch
    {
        true => Wire.Verdict.Yes,
        false => Wire.Verdict.No,
        null => Wire.Verdict.Unspecified,
    };
}
