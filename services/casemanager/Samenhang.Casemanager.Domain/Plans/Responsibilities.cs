using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>Who carries each need, directs each trajectory and coordinates the whole. The rulebooks say which role; the case says who has it.</summary>
internal sealed class Responsibilities(Vocabulary vocabulary)
{
    /// <summary>The fact that a party leads the whole.</summary>
    public const string LeadFact = "party.isLead";

    private static readonly string[] Active = ["granted", "running"];

    /// <summary>
    /// The roles that the answers name. As long as an answer that covers the need, or can cover it, names one, the others do not count:
    /// who is responsible under a law that does not cover the need carries nothing.
    /// </summary>
    public IReadOnlyList<Responsibility> Of(Case @case, IReadOnlyList<Coverage> coverage)
    {
        var result = new List<Responsibility>();
        foreach (var need in @case.Needs)
        {
            var named = coverage.Where(c => c.NeedId == need.Id && c.Responsible is not null && c.Outcome != Outcome.NotApplicable).ToList();
            var covering = named.Where(c => c.Outcome is Outcome.Covered or Outcome.Conditional).ToList();
            foreach (var role in (covering.Count > 0 ? covering : named).GroupBy(c => c.Responsible!).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var party = PartyWith(role.Key, need, @case);
                result.Add(new Responsibility(
                    need.Id,
                    role.Key,
                    party?.Id,
                    party?.Service ?? vocabulary.PartyRoles.GetValueOrDefault(role.Key)?.Service ?? role.First().Service,
                    [.. role.SelectMany(c => c.RuleIds).Distinct().Order(StringComparer.Ordinal)],
                    [.. role.Select(c => c.Scheme).Distinct().Order(StringComparer.Ordinal)]));
            }
        }

        return result;
    }

    /// <summary>The director of each treatment that is granted or running and for which the regime of the day names a role.</summary>
    public IReadOnlyList<TrajectoryDirector> Directors(Case @case) =>
        [.. from p in @case.Provisions
            where Active.Contains(p.Status)
            let director = Director(p, @case)
            where director is not null
            select director];

    /// <summary>The director of a treatment, in whatever state it is; null when the regime of the day names no role for it.</summary>
    public TrajectoryDirector? Director(Provision provision, Case @case) =>
        vocabulary.MainPractitioners.FirstOrDefault(r => r.Validity.Contains(@case.AsOf) && r.Products.Any(pattern => vocabulary.Matches(pattern, provision.Scheme))) is { } regime
            ? new TrajectoryDirector(provision.Id, regime.Role, (DirectorOf(provision, regime.Role, @case) ?? OwnDirector(provision, regime, @case))?.Id)
            : null;

    /// <summary>The one party that leads; null when there is none, or more than one.</summary>
    public string? Coordinator(Case @case) => Leads(@case) is [var lead] ? lead : null;

    /// <summary>All parties that lead; there should be one.</summary>
    public IReadOnlyList<string> Leads(Case @case)
    {
        var isLead = vocabulary.FactById[LeadFact];
        return [.. @case.Parties.Where(p => p.Facts[isLead].Truth == Truth.True).Select(p => p.Id).Distinct()];
    }

    /// <summary>The casemanager in the case, before that the central care provider, with the scheme that the work falls under.</summary>
    public PlanCasemanager? Casemanager(Case @case)
    {
        var party = @case.Parties.FirstOrDefault(p => p.Role == "casemanager") ?? @case.Parties.FirstOrDefault(p => p.Role == "central-care-provider");
        return party is null ? null : new PlanCasemanager(party.Role, party.Profession, party.Id, SchemeThatPays(party, @case));
    }

    /// <summary>
    /// What pays the work: a provision of this party under a scheme that pays the profession, else the usual scheme of the profession at
    /// that place of work, else (a profession that the list does not have) any provision of this party, one for coordination first.
    /// </summary>
    private string? SchemeThatPays(Party party, Case @case)
    {
        var coordinating = @case.Needs.Where(n => n.Kind.Goal == "coordinate").Select(n => n.Id).ToHashSet();
        var own = @case.Provisions
            .Where(p => (p.ProviderId == party.Id || party.ProvisionIds.Contains(p.Id)) && p.Status is "requested" or "granted" or "running" or "claimed")
            .OrderByDescending(p => p.NeedIds.Any(coordinating.Contains)).Select(p => p.Scheme.Id).ToList();
        var workBase = party.Facts[vocabulary.FactById["party.workBase"]];
        var payments = vocabulary.CareManagerPayments
            .Where(pay => party.Profession is { } profession && pay.Professions.Contains(profession) && (pay.WorkBase is null || workBase == Value.Of(pay.WorkBase)))
            .OrderByDescending(pay => pay.WorkBase is not null).ToList();
        if (payments.Count == 0)
        {
            return own.FirstOrDefault();
        }

        var paying = payments.SelectMany(pay => pay.Schemes.Append(pay.TerminalScheme)).ToHashSet();
        return own.Find(paying.Contains) ?? payments.Where(pay => pay.NeedsContract is null).SelectMany(pay => pay.Schemes).FirstOrDefault();
    }

    /// <summary>The provider of the need with that role, else a party of a provision of the need, else whoever has the role.</summary>
    private static Party? PartyWith(string role, Need need, Case @case)
    {
        var with = @case.Parties.Where(p => p.Role == role).ToList();
        var provisions = @case.Provisions.Where(p => p.NeedIds.Contains(need.Id)).ToList();
        return with.FirstOrDefault(a => provisions.Any(p => p.ProviderId == a.Id))
            ?? with.FirstOrDefault(a => provisions.Any(p => a.ProvisionIds.Contains(p.Id)))
            ?? (with.Count > 0 ? with[0] : null);
    }

    /// <summary>
    /// Outside ggz the professional who delivers the care directs it without being named so: the GP, the medical specialist.
    /// In ggz somebody must carry the role.
    /// </summary>
    private Party? OwnDirector(Provision provision, MainPractitionerRegime regime, Case @case) =>
        vocabulary.SchemeGroups["ggz"].Contains(provision.Scheme.Id) ? null
        : @case.Parties.FirstOrDefault(p => p.Id == provision.ProviderId && p.Profession is { } profession && regime.Allow?.Contains(profession) == true);

    /// <summary>As <c>party(role, of=p)</c> of the vocabulary: who was appointed by listing the provision, else the provider, else its organisation.</summary>
    private static Party? DirectorOf(Provision provision, string role, Case @case)
    {
        var with = @case.Parties.Where(p => p.Role == role).ToList();
        var organisation = @case.Parties.FirstOrDefault(p => p.Id == provision.ProviderId)?.Organisation ?? provision.ProviderId;
        return with.FirstOrDefault(a => a.ProvisionIds.Contains(provision.Id))
            ?? with.FirstOrDefault(a => a.Id == provision.ProviderId)
            ?? with.FirstOrDefault(a => organisation is not null && a.Organisation == organisation);
    }
}
