using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Samenhang.Platform.Hosting;
using Common = Samenhang.Protos.Common.V1;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Casemanager.Questions;

/// <summary>Between the employer's question and rows, and its contract.</summary>
internal static class EmployerWriter
{
    public static Wire.AssessRequest ToWire(AskEmployerCoverage question, (string NeedId, string Scheme)? explain)
    {
        var work = question.Work;
        var request = new Wire.AssessRequest
        {
            CasePseudonym = question.CasePseudonym,
            AsOf = question.AsOf.ToWire(),
            Rulebooks = { question.Rulebooks },
            Tenant = question.Tenant ?? "",
            Options = { question.Options },
            WorkStatus = WireLists.ToWire<WorkStatus, Wire.WorkStatus>(work.Status),
            SickListed = Answer(work.SickListed),
            FirstSickDay = work.FirstSickDay.ToWire(),
            ArboReportedOn = work.ArboReportedOn.ToWire(),
            PlanVanAanpakOn = work.PlanVanAanpakOn.ToWire(),
            UwvReportedOn = work.UwvReportedOn.ToWire(),
            WageSanction = Answer(work.WageSanction),
            ReintegrationEffortSufficient = Answer(work.ReintegrationEffortSufficient),
            BedrijfsartsEngaged = Answer(work.BedrijfsartsEngaged),
            OpenConsultation = Answer(work.OpenConsultation),
            AdviceClasses = { (work.AdviceClasses ?? []).Select(advice => WireLists.ToWire<AdviceClass, Wire.AdviceClass>(advice)) },
            NoAdviceGiven = work.AdviceClasses is { Count: 0 },
            LimitationsAdvised = Answer(work.LimitationsAdvised),
            AdviceFollowed = Answer(work.AdviceFollowed),
            DeviationReasoned = Answer(work.DeviationReasoned),
            EmployerWillingToPay = Answer(work.EmployerWillingToPay),
            AdaptedWorkOffered = Answer(work.AdaptedWorkOffered),
            AdaptedWorkWithinAbility = Answer(work.AdaptedWorkWithinAbility),
            AdaptedWorkAccepted = Answer(work.AdaptedWorkAccepted),
            AdaptedWorkAdvised = Answer(work.AdaptedWorkAdvised),
            NoRiskEligible = Answer(work.NoRiskEligible),
            TherapeuticBasis = Answer(work.TherapeuticBasis),
            EmployerCarriesWiaRisk = Answer(work.EmployerCarriesWiaRisk),
            Needs =
            {
                question.Needs.Select(need => new Wire.EmployerNeed
                {
                    NeedId = need.NeedId,
                    Word = WireLists.ToWire<NeedWord, Wire.NeedWord>(need.Word),
                    InsuranceTitle = WireLists.ToWire<InsuranceTitle, Wire.InsuranceTitle>(need.InsuranceTitle),
                }),
            },
            Tracks =
            {
                question.Tracks.Select(track => new Wire.EmployerTrack
                {
                    ProvisionId = track.ProvisionId,
                    Scheme = WireLists.ToWire<EmployerScheme, Wire.EmployerScheme>(track.Scheme),
                    Status = WireLists.ToWire<TrackStatus, Wire.TrackStatus>(track.Status),
                    NeedIds = { track.NeedIds },
                    RequestedOn = track.RequestedOn.ToWire(),
                    From = track.From.ToWire(),
                    To = track.To.ToWire(),
                }),
            },
            Steps = { question.Steps.Select(taken => new Wire.StepTaken { Step = WireLists.ToWire<WvpStep, Wire.WvpStep>(taken.Step), Date = taken.Date.ToWire() }) },
            Roles = { question.Roles.Select(role => WireLists.ToWire<EmployerRole, Wire.EmployerRole>(role)) },
            Suggested = { question.Suggested.Select(row => new Wire.SuggestedTrack { NeedId = row.NeedId, Scheme = WireLists.ToWire<EmployerScheme, Wire.EmployerScheme>(row.Scheme) }) },
            OpenLists = { question.Open },
        };
        if (work.SickWeek is { } week)
        {
            request.SickWeek = week;
        }

        if (explain is { } row && Codes<EmployerScheme>.Find(row.Scheme) is { } scheme)
        {
            request.Explain = new Wire.RowToExplain { NeedId = row.NeedId, Scheme = WireLists.ToWire<EmployerScheme, Wire.EmployerScheme>(scheme) };
        }

        return request;
    }

    public static Coverage ToCoverage(Wire.EmployerRow row) => WireWriter.ToCoverage(new Common.Coverage
    {
        NeedId = row.NeedId,
        Scheme = WireLists.ToOwn<Wire.EmployerScheme, EmployerScheme>(row.Scheme) is { } scheme ? Codes<EmployerScheme>.Of(scheme) : "",
        Domain = WireCodes.Domain(ServiceNames.Employer),
        Outcome = (Common.Outcome)row.Outcome,
        PaymentMode = row.PaymentMode,
        Payer = row.Payer,
        FallbackPayer = row.FallbackPayer,
        Strength = row.Strength,
        Modal = row.Modal,
        ContestedBy = { row.ContestedBy },
        Indicative = row.Indicative,
        LegalRisk = row.LegalRisk,
        Responsible = row.Responsible,
        OpenConditions = { row.OpenConditions },
        MissingFacts = { row.MissingFacts },
        Reason = row.Reason,
        Rules = { row.Rules.Select(rule => new Common.RuleSource { RuleId = rule.RuleId, Title = rule.Title, Document = rule.Document, Lines = rule.Lines }) },
        ValidAt = row.ValidAt,
        Explanation = new Common.Sentence { Nl = row.ExplanationNl, En = row.ExplanationEn },
        Suggests = { row.Suggests },
    });

    public static Common.ExplanationNode ToNode(Wire.EmployerReason reason) => new()
    {
        RuleId = reason.RuleId,
        Text = reason.Condition,
        Truth = reason.Held switch
        {
            Wire.Answer.Yes => Common.Truth.True,
            Wire.Answer.No => Common.Truth.False,
            _ => Common.Truth.Unknown,
        },
        Children = { reason.Children.Select(ToNode) },
    };

    private static Wire.Answer Answer(bool? known) => known switch
    {
        true => Wire.Answer.Yes,
        false => Wire.Answer.No,
        null => Wire.Answer.Unspecified,
    };
}
