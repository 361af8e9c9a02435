using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Domains.Provisions;
using Samenhang.Language;
using Samenhang.Messages.Employer;
using Samenhang.Rules;
using Wire = Samenhang.Protos.Employer.V1;

namespace Samenhang.Employer.Api;

/// <summary>Writes answers and tracks as the employer's contract says them.</summary>
internal static class EmployerWriter
{
    public static Wire.EmployerRow ToWire(this Coverage row)
    {
        var common = WireWriter.ToWire(row);
        return new Wire.EmployerRow
        {
            NeedId = row.NeedId,
            Scheme = WireLists.ToWire<EmployerScheme, Wire.EmployerScheme>(Codes<EmployerScheme>.Find(row.Scheme)),
            Outcome = (Wire.EmployerOutcome)(row.Outcome + 1),
            Rules = { common.Rules.Select(rule => new Wire.EmployerRule { RuleId = rule.RuleId, Title = rule.Title, Document = rule.Document, Lines = rule.Lines }) },
            ExplanationNl = row.Explanation.Nl,
            ExplanationEn = row.Explanation.En,
            MissingFacts = { row.MissingFacts },
            Reason = common.Reason,
            ValidAt = common.ValidAt,
            PaymentMode = common.PaymentMode,
            Payer = common.Payer,
            FallbackPayer = common.FallbackPayer,
            Strength = common.Strength,
            Modal = common.Modal,
            ContestedBy = { common.ContestedBy },
            Indicative = common.Indicative,
            LegalRisk = common.LegalRisk,
            Responsible = common.Responsible,
            OpenConditions = { common.OpenConditions },
            Suggests = { common.Suggests },
        };
    }

    public static IEnumerable<Wire.EmployerReason> ToWire(this RowExplanation explanation)
    {
        foreach (var trace in explanation.Clauses)
        {
            var reason = new Wire.EmployerReason { RuleId = trace.Clause.Rule.Id, Condition = trace.Clause.Rule.Title, Held = ToAnswer(trace.Truth) };
            if (trace.Condition is { } condition)
            {
                reason.Children.Add(condition.ToWire());
            }

            yield return reason;
        }
    }

    public static Wire.EmployerProvision ToWire(this KeptProvision provision, long version) => new()
    {
        ProvisionId = provision.Id,
        CasePseudonym = provision.CasePseudonym ?? "",
        PersonnelNumber = provision.OwnReference ?? "",
        Scheme = WireLists.ToWire<EmployerScheme, Wire.EmployerScheme>(Codes<EmployerScheme>.Find(provision.Scheme)),
        Status = WireLists.ToWire<TrackStatus, Wire.TrackStatus>(Codes<TrackStatus>.Find(provision.Status.Code())),
        NeedIds = { provision.NeedIds },
        RequestedOn = provision.RequestedOn.ToWire(),
        DecidedOn = provision.DecidedOn.ToWire(),
        RefusalReason = WireLists.ToWire<RefusalReason, Wire.RefusalReason>(Codes<RefusalReason>.Find(provision.RefusalReason)),
        From = provision.From.ToWire(),
        To = provision.To.ToWire(),
        Version = version,
        CaseProvisionId = provision.IdInCase,
    };

    private static Wire.EmployerReason ToWire(this TraceNode node) => new()
    {
        Condition = node.Text,
        Held = ToAnswer(node.Truth),
        Children = { node.Parts.Select(ToWire) },
    };

    private static Wire.Answer ToAnswer(Truth truth) => truth switch
    {
        Truth.True => Wire.Answer.Yes,
        Truth.False => Wire.Answer.No,
        Truth.Unknown => Wire.Answer.Unspecified,
    };
}
