using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>Makes the plan of an assessment. Pure: the same assessment gives the same plan.</summary>
public sealed class PlanAssembler(Vocabulary vocabulary)
{
    private readonly CaseDeadlines deadlines = new(vocabulary);
    private readonly QuestionList questions = new(vocabulary);
    private readonly Responsibilities responsibilities = new(vocabulary);
    private readonly PlanActions actions = new(vocabulary);

    /// <summary>The plan.</summary>
    /// <param name="assessment">What the round found out.</param>
    /// <param name="version">The version that it gets; 0 for a plan that is not kept.</param>
    /// <param name="register">The hand-overs of the case; null = none.</param>
    /// <param name="notKnown">The questions that somebody could not answer; null = none.</param>
    public Plan Make(CaseAssessment assessment, int version, HandOverRegister? register = null, QuestionRegister? notKnown = null)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var @case = assessment.Case;
        var coverage = assessment.Coverage;
        var responsible = responsibilities.Of(@case, coverage);
        var terms = deadlines.Of(@case);
        var findings = TermFindings.Of(assessment.Findings.Raised, terms, @case);
        var coordinator = responsibilities.Coordinator(@case);
        var silent = assessment.Silent.Select(Silence).ToList();
        return new Plan
        {
            Version = version,
            AsOf = @case.AsOf,
            Needs = [.. @case.Needs.Select(n => new PlanNeed(n.Id, n.Kind.Id))],
            Coverage = coverage,
            Findings = Findings(findings.Open),
            Settled = Findings(findings.Settled),
            Questions = questions.Of(assessment, notKnown),
            Responsible = responsible,
            Directors = responsibilities.Directors(@case),
            Coordinator = coordinator,
            Casemanager = responsibilities.Casemanager(@case),
            Actions = actions.Of(assessment, findings.Open, responsible, coordinator, terms, silent),
            Deadlines = terms,
            HandOvers = HandOvers(@case, coverage, register ?? HandOverRegister.Empty),
            Suggested = [.. coverage.GroupBy(c => c.NeedId)
                .Select(g => new SuggestedSchemes(g.Key, [.. g.SelectMany(c => c.Suggests).Distinct().Order(StringComparer.Ordinal)]))
                .Where(s => s.Schemes.Count > 0)],
            Blocked = assessment.Findings.Blocked,
            Silent = silent,
        };
    }

    private static List<PlanFinding> Findings(IEnumerable<Finding> raised) =>
        [.. raised
            .Select(f => new PlanFinding
            {
                FlagId = f.Flag.Id,
                Family = f.Flag.Family,
                Severity = f.Flag.Severity,
                NeedId = f.Item.Need,
                ProvisionId = f.Item.Provision,
                PartyId = f.Item.Party,
                Title = new Sentence(f.Flag.LabelNl, f.Flag.LabelEn.Length > 0 ? f.Flag.LabelEn : f.Flag.Meaning),
                Explanation = f.Explanation,
                SuggestedAction = PlanActions.NextStep(f.Flag),
                RuleIds = f.RuleIds,
            })
            .OrderByDescending(f => f.Severity).ThenBy(f => f.FlagId, StringComparer.Ordinal)
            .ThenBy(f => f.NeedId, StringComparer.Ordinal).ThenBy(f => f.ProvisionId, StringComparer.Ordinal).ThenBy(f => f.PartyId, StringComparer.Ordinal)];

    private static SilentService Silence(string service) => new(service, Severity.Attention, new Sentence(
        $"{ServiceNames.Nl(service)} gaf op tijd geen antwoord. In dit plan ontbreekt wat {ServiceNames.Nl(service)} kan bieden.",
        $"{ServiceNames.En(service)} did not answer in time. What it can offer is missing from this plan."));

    /// <summary>
    /// The hand-overs of the register; those that only events of others tell of, each in its newest state; and those to which the answers
    /// point: an answer "not covered" that names a scheme of another service, which nobody has asked for yet.
    /// </summary>
    private List<HandOver> HandOvers(Case @case, IReadOnlyList<Coverage> coverage, HandOverRegister register)
    {
        var registered =
            from life in register.All
            from need in life.NeedIds
            select new HandOver(need, life.From, life.To, life.Scheme is { } scheme ? [scheme] : [], life.Status, life.Id);
        var told = @case.Events
            .Where(e => e.Type is "handover-offered" or "handover-accepted" or "handover-refused" && e.Date <= @case.AsOf)
            .Where(e => !register.All.Any(life => life.From == e.From && life.To == e.To && (e.Need is null || life.NeedIds.Contains(e.Need))))
            .GroupBy(e => (e.Need, e.From, e.To))
            .Select(g => g.OrderBy(e => e.Date).Last())
            .Select(e => new HandOver(e.Need, e.From ?? "", e.To ?? "", [], e.Type switch
            {
                "handover-accepted" => HandOverStatus.Accepted,
                "handover-refused" => HandOverStatus.Refused,
                _ => HandOverStatus.Offered,
            }));
        var pointed =
            from row in coverage
            where row.Outcome == Outcome.NotCovered
            from id in row.Suggests
            let scheme = vocabulary.Schemes.GetValueOrDefault(id)
            where scheme is not null && scheme.Service != row.Service && scheme.Service != "none"
            where !@case.Provisions.Any(p => p.Scheme.Id == id && p.NeedIds.Contains(row.NeedId))
            group id by (row.NeedId, row.Service, To: scheme.Service) into g
            select new HandOver(g.Key.NeedId, g.Key.Service, g.Key.To, [.. g.Distinct().Order(StringComparer.Ordinal)], HandOverStatus.Proposed);
        return [.. registered.Concat(told).Concat(pointed)
            .OrderBy(h => h.NeedId, StringComparer.Ordinal).ThenBy(h => h.From, StringComparer.Ordinal).ThenBy(h => h.To, StringComparer.Ordinal).ThenBy(h => h.Status).ThenBy(h => h.Id, StringComparer.Ordinal)];
    }
}
