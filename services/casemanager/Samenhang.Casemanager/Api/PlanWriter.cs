using Google.Protobuf.WellKnownTypes;
using Samenhang.Api;
using Samenhang.Api.Writing;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;
using Samenhang.Rules;
using Common = Samenhang.Protos.Common.V1;
using Wire = Samenhang.Protos.Casemanager.V1;

namespace Samenhang.Casemanager.Api;

/// <summary>Writes plans as the contract says them.</summary>
internal sealed class PlanWriter(CaseRules rules)
{
    /// <summary>A plan that was kept.</summary>
    public Wire.Plan Write(KeptPlan kept)
    {
        var wire = Write(kept.Plan, kept.Since.CaseVersion, kept.Since.MadeAt);
        wire.Work = kept.Work.ToWire();
        for (var i = 0; i < kept.Plan.Actions.Count; i++)
        {
            var (status, itemId, reason) = kept.Work.StatusOf(kept.Plan.Actions[i], kept.Findings);
            wire.Actions[i].ProposalStatus = WireLists.ToWire<ProposalStatus, Wire.ProposalStatus>(status);
            wire.Actions[i].WorkItemId = itemId ?? "";
            wire.Actions[i].DeclinedBecause = reason ?? "";
        }

        for (var i = 0; i < kept.Plan.Findings.Count; i++)
        {
            wire.Findings[i].Status = kept.Findings.Find(FindingRegister.KeyOf(kept.Plan.Findings[i]))?.StatusUnder(kept.Plan.Version).ToWire() ?? default;
        }

        if (kept.Since.Difference.Count > 0)
        {
            wire.Difference = Write(kept.Since.Difference);
        }

        return wire;
    }

    /// <summary>A plan.</summary>
    public Wire.Plan Write(Plan plan, long caseVersion, DateTimeOffset madeAt)
    {
        var known = plan.Coverage.SelectMany(row => row.Sources).DistinctBy(source => source.RuleId).ToDictionary(source => source.RuleId);
        return new Wire.Plan
        {
            Version = plan.Version,
            CaseVersion = caseVersion,
            AsOf = plan.AsOf.ToWire(),
            MadeAt = Timestamp.FromDateTimeOffset(madeAt),
            Needs = { plan.Needs.Select(need => new Wire.PlanNeed { NeedId = need.Id, Kind = need.Kind, Label = rules.Vocabulary.Needs[need.Kind].Name.ToWire() }) },
            Coverage = { plan.Coverage.Select(Write) },
            Findings = { plan.Findings.Select(finding => Write(finding, known)) },
            SettledFindings = { plan.Settled.Select(finding => Write(finding, known)) },
            Questions = { plan.Questions.Select(Write) },
            Responsible = { plan.Responsible.Select(Write) },
            Coordinator = plan.Coordinator ?? "",
            Casemanager = plan.Casemanager is { } appointed
                ? new Wire.AppointedCasemanager { Role = appointed.Role, Profession = appointed.Profession ?? "", PartyId = appointed.PartyId, Scheme = appointed.Scheme ?? "" }
                : null,
            Directors = { plan.Directors.Select(director => new Wire.TrajectoryDirector { ProvisionId = director.ProvisionId, Role = director.Role, PartyId = director.PartyId ?? "" }) },
            Actions = { plan.Actions.Select(Write) },
            Deadlines = { plan.Deadlines.Select(Write) },
            HandOvers = { plan.HandOvers.Select(Write) },
            Blocked = { plan.Blocked.Select(blocked => Write(blocked, known)) },
            SilentDomains = { plan.Silent.Select(silent => new Wire.SilentDomain { Domain = WireCodes.Domain(silent.Service), Text = silent.Text.ToWire() }) },
        };
    }

    /// <summary>A row of the matrix, with the name of its scheme.</summary>
    public Common.Coverage Write(Coverage row)
    {
        var wire = row.ToWire();
        wire.Label = rules.Vocabulary.Schemes[row.Scheme].Name.ToWire();
        return wire;
    }

    /// <summary>What changed between two plans.</summary>
    public static Wire.PlanDifference Write(IReadOnlyList<Sentence> lines) => new() { Lines = { lines.Select(WireWriter.ToWire) } };

    /// <summary>A finding, with the places of the rules that are known.</summary>
    public Wire.Finding Write(PlanFinding finding, IReadOnlyDictionary<string, RuleSource> known) => new()
    {
        FlagId = finding.FlagId,
        Family = finding.Family,
        Severity = (Common.Severity)(finding.Severity + 1),
        NeedId = finding.NeedId ?? "",
        ProvisionId = finding.ProvisionId ?? "",
        PartyId = finding.PartyId ?? "",
        Title = finding.Title.ToWire(),
        Explanation = finding.Explanation.ToWire(),
        SuggestedAction = finding.SuggestedAction.ToWire(),
        Rules = { finding.RuleIds.Select(id => SourceOf(id, known)) },
    };

    /// <summary>An event that must not happen.</summary>
    public Wire.BlockedEvent Write(BlockedEvent blocked, IReadOnlyDictionary<string, RuleSource> known) => new()
    {
        EventType = blocked.EventType,
        Explanation = blocked.Explanation.ToWire(),
        Rules = { blocked.RuleIds.Select(id => SourceOf(id, known)) },
    };

    // A rule of another domain that no row of this plan cites is known here by its id and document only.
    private Common.RuleSource SourceOf(string ruleId, IReadOnlyDictionary<string, RuleSource> known) =>
        known.GetValueOrDefault(ruleId)?.ToWire() ?? rules.Sources.GetValueOrDefault(ruleId)?.ToWire() ?? new Common.RuleSource
        {
            RuleId = ruleId,
            Document = string.Join(", ", rules.Vocabulary.DocumentsOf(ruleId).Select(key => rules.Vocabulary.Documents.GetValueOrDefault(key, key))),
        };

    /// <summary>A question.</summary>
    public Wire.Question Write(PlanQuestion question) => new()
    {
        FactId = question.Fact,
        Text = new Common.Sentence { Nl = question.QuestionNl, En = rules.Vocabulary.FactById.GetValueOrDefault(question.Fact)?.QuestionEn ?? "" },
        AskedOf = question.AskedOf,
        Priority = (Wire.QuestionPriority)(question.Priority + 1),
        NeedIds = { question.NeedIds },
        Schemes = { question.Schemes },
        FlagIds = { question.Flags },
        DecidesAlone = question.DecidesAlone,
        NotKnownTo = question.NotKnownTo ?? "",
    };

    private static Wire.Responsibility Write(Responsibility responsible) => new()
    {
        NeedId = responsible.NeedId,
        Role = responsible.Role,
        PartyId = responsible.PartyId ?? "",
        Service = responsible.Service,
        Schemes = { responsible.Schemes },
        RuleIds = { responsible.Because },
    };

    private static Wire.PlanAction Write(PlanAction action) => new()
    {
        Text = action.Text.ToWire(),
        Owner = action.Owner,
        Due = action.Due.ToWire(),
        NeedId = action.NeedId ?? "",
        Urgent = action.Urgent,
        Because = action.Because,
        RuleIds = { action.RuleIds },
        ProposalKey = action.Key,
    };

    /// <summary>A term.</summary>
    public static Wire.PlanDeadline Write(PlanDeadline term) => new()
    {
        DeadlineId = term.Id,
        ItemId = term.ItemId ?? "",
        Title = term.Title.ToWire(),
        StartedOn = term.StartedOn.ToWire(),
        Due = term.Due.ToWire(),
        MetOn = term.MetOn.ToWire(),
        Status = (Wire.DeadlineStatus)(term.Status + 1),
        Owner = term.Owner,
        FlagId = term.Flag ?? "",
        RuleIds = { term.RuleIds },
        OriginalDue = term.OriginalDue.ToWire(),
        Suspensions = { term.Suspensions.Select(s => new Wire.DeadlineSuspension { From = s.From.ToWire(), To = s.To.ToWire(), By = s.By, Reason = s.Reason }) },
        FromContext = term.IsContext,
        Source = term.Source ?? "",
    };

    private static Wire.HandOver Write(HandOver passing) => new()
    {
        NeedId = passing.NeedId ?? "",
        From = passing.From,
        To = passing.To,
        Schemes = { passing.Schemes },
        Status = passing.Status.ToWire(),
        HandOverId = passing.Id ?? "",
    };
}
