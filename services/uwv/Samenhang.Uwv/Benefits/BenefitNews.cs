using Samenhang.Messages.Cases;
using Samenhang.Platform.Hosting;
using Samenhang.Uwv.Records;

namespace Samenhang.Uwv.Benefits;

/// <summary>What a benefit says about its case.</summary>
internal static class BenefitNews
{
    public static CaseNews Of(BenefitEvent happened)
    {
        var benefit = happened.After;
        return new CaseNews
        {
            Facts = [Said.Fact("benefit.claimDate", benefit.AppliedOn), .. Income(benefit)],
            Provisions = benefit.Scheme is { } scheme ? [Provision(benefit, scheme)] : [],
            Events = happened switch
            {
                BenefitEvent.Applied when benefit.Law == BenefitLaw.Wia => [Said.Event("wia-applied", benefit.AppliedOn)],
                BenefitEvent.Granted => [Said.Event("benefit-change", benefit.From!.Value)],
                BenefitEvent.Ended => [Said.Event("benefit-change", benefit.To!.Value)],
                _ => [],
            },
            Evidence = happened is BenefitEvent.Granted or BenefitEvent.Refused
                ? [new EvidenceView("decision-letter", benefit.DecidedOn, null, [Said.Fact("scheme", benefit.Scheme ?? benefit.Type), Said.Fact("result", Code(benefit.Status))])]
                : [],
        };
    }

    /// <summary>What the client lives on. After the end nobody knows it, unless another benefit of UWV says it.</summary>
    private static IEnumerable<KnownFact> Income(Benefit benefit)
    {
        switch (benefit)
        {
            case { Status: BenefitStatus.Granted }:
                yield return Said.Fact("benefit.type", benefit.Type);
                yield return Said.Fact("benefit.startedOn", benefit.From!.Value);
                break;
            case { Status: BenefitStatus.Ended, AnotherRuns: false }:
                yield return Said.Unknown("benefit.type");
                yield return Said.Unknown("benefit.startedOn");
                break;
        }

        if (benefit.IncapacityPercent is { } percent)
        {
            yield return Said.Fact("work.incapacityPercent", percent);
        }

        if (benefit.Permanence is { } permanence)
        {
            yield return Said.Fact("work.permanence", Code(permanence));
        }
    }

    private static ProvisionView Provision(Benefit benefit, string scheme) => new()
    {
        Id = benefit.Id,
        Scheme = scheme,
        Domain = ServiceNames.Uwv,
        Status = benefit.Status switch
        {
            BenefitStatus.Applied => "requested",
            BenefitStatus.Granted => "running",
            BenefitStatus.Refused => "refused",
            BenefitStatus.Ended => "ended",
        },
        NeedIds = benefit.NeedIds,
        RequestedOn = benefit.AppliedOn,
        From = benefit.From,
        To = benefit.To,
        Facts = benefit.RefusalReason is { } reason ? [Said.Fact("prov.refusalReason", reason)] : [],
    };

    /// <summary>The code of work.permanence.</summary>
    internal static string Code(Permanence permanence) => permanence switch
    {
        Permanence.Permanent => "permanent",
        Permanence.NotPermanent => "not-permanent",
        Permanence.Uncertain => "uncertain",
    };

    private static string Code(BenefitStatus status) => status.ToString().ToLowerInvariant();
}
