using Samenhang.Casemanager.Domain.Assessment;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>What must be done: the next step of each finding, each open condition of an answer, each service that was silent.</summary>
internal sealed class PlanActions(Vocabulary vocabulary)
{
    // What an action rests on when words for the employer were stopped.
    private const string EmployerWords = "employer-words";
    private const string CompanyPhysician = "company-physician";

    private readonly DomainViews views = new(vocabulary);

    /// <summary>The suggested step of a flag. Where the vocabulary words it in Dutch only, its English says what it is about.</summary>
    public static Sentence NextStep(Flag flag) => new(flag.SuggestedActionNl, flag.SuggestedActionEn.Length > 0 ? flag.SuggestedActionEn : $"Act on this: {flag.Meaning}");

    public IReadOnlyList<PlanAction> Of(
        CaseAssessment assessment, IReadOnlyList<Finding> open, IReadOnlyList<Responsibility> responsible, string? coordinator, IReadOnlyList<PlanDeadline> terms, IReadOnlyList<SilentService> silent)
    {
        var findings = open.Select(f =>
        {
            var term = TermFindings.TermsOf(f, terms, assessment.Case).FirstOrDefault();
            return new PlanAction(
                NextStep(f.Flag), term?.Owner ?? OwnerOf(f, assessment.Case, responsible, coordinator), term?.Due, f.Item.Need, f.Flag.Severity == Severity.Urgent, f.Flag.Id, f.RuleIds,
                [Proposal.Of(new FindingKey(f.Flag.Id, f.Item.Need, f.Item.Provision, f.Item.Party))]);
        });
        var conditions =
            from row in assessment.Coverage
            where row.Outcome == Outcome.Conditional
            from condition in row.OpenConditions
            select new PlanAction(condition, Deciding(row, assessment.Case), null, row.NeedId, false, row.Scheme, row.RuleIds,
                [Proposal.OfCondition(row.NeedId, row.Scheme, row.Product, condition.En)]);
        var near = terms
            .Where(t => t.Status is DeadlineStatus.Near or DeadlineStatus.Due && !open.Any(f => f.Flag.Id == t.Flag))
            .Select(t => new PlanAction(t.Title, t.Owner, t.Due, t.ItemId is { } id && assessment.Case.Needs.Any(n => n.Id == id) ? id : null, t.Status == DeadlineStatus.Due, t.Id, t.RuleIds,
                [Proposal.OfTerm(t.Id, t.ItemId)]));
        var ask = silent.Select(s => new PlanAction(s.Text, Services.Casemanager, null, null, false, s.Service, [], [Proposal.OfSilence(s.Service)]));

        var rephrase = views.WithheldFromEmployer(assessment.Case).Select(withheld => new PlanAction(
            Rephrase(withheld), assessment.Case.Parties.FirstOrDefault(p => p.Role == CompanyPhysician)?.Id ?? CompanyPhysician, null, null, false, EmployerWords, [],
            [Proposal.OfWords(withheld.Place)]));

        // Two findings with the same step for the same owner and need are one thing to do.
        return [.. findings.Concat(conditions).Concat(near).Concat(ask).Concat(rephrase)
            .GroupBy(a => (a.Text, a.Owner, a.NeedId))
            .Select(g => g.First() with
            {
                Due = g.Min(a => a.Due),
                Urgent = g.Any(a => a.Urgent),
                RuleIds = [.. g.SelectMany(a => a.RuleIds).Distinct().Order(StringComparer.Ordinal)],
                Grounds = [.. g.SelectMany(a => a.Proposals).DistinctBy(p => p.Key).OrderBy(p => p.Key, StringComparer.Ordinal)],
            })
            .OrderBy(a => a.Due ?? DateOnly.MaxValue).ThenByDescending(a => a.Urgent)
            .ThenBy(a => a.NeedId, StringComparer.Ordinal).ThenBy(a => a.Because, StringComparer.Ordinal).ThenBy(a => a.Text.Nl, StringComparer.Ordinal)];
    }

    private static Sentence Rephrase(WithheldWords withheld) => new(
        $"{withheld.What.Nl}: schrijf dit anders. De werkgever leest deze tekst en mag dit niet weten: {withheld.Words.Nl}. De werkgever ziet de tekst nu niet.",
        $"{withheld.What.En}: write this in other words. The employer reads this text and may not know this: {withheld.Words.En}. The employer does not see the text now.");

    /// <summary>The party of the finding, the provider of its provision, who carries its need, else who coordinates the whole.</summary>
    private static string OwnerOf(Finding finding, Case @case, IReadOnlyList<Responsibility> responsible, string? coordinator)
    {
        if (finding.Item.Party is { } party)
        {
            return party;
        }

        if (finding.Item.Provision is { } id && @case.Provisions.FirstOrDefault(p => p.Id == id) is { } provision)
        {
            return @case.Parties.Any(p => p.Id == provision.ProviderId) ? provision.ProviderId!
                : provision.Scheme.Service == "none" ? coordinator ?? Services.Casemanager : provision.Scheme.Service;
        }

        var carrier = finding.Item.Need is { } need ? responsible.FirstOrDefault(r => r.NeedId == need) : null;
        return carrier?.PartyId ?? carrier?.Role ?? coordinator ?? Services.Casemanager;
    }

    /// <summary>Who can fulfil the condition: the responsible role, else the service that answered; the client where no service stands behind the scheme.</summary>
    private string Deciding(Coverage row, Case @case) =>
        row.Responsible is { } role ? @case.Parties.FirstOrDefault(p => p.Role == role)?.Id ?? role
        : vocabulary.Schemes.GetValueOrDefault(row.Scheme)?.Service is { } service && service != "none" ? service : "client";
}
