using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// The case as an employer may see it: work facts, the needs that have a neutral word and then under that word only, its own
/// provisions without product or goal, its own parties, the events of the Wet verbetering poortwachter. No diagnosis, cause,
/// treatment, benefit, debts, consents or documents; and of what a person wrote only what passes the screen (<see cref="WordsToEmployer"/>).
/// </summary>
internal sealed class EmployerView(Vocabulary vocabulary)
{
    /// <summary>Case parameters of the Wvp; another one could tell what the case is about.</summary>
    private const string OwnParameters = "wvp.";

    private readonly WordsToEmployer words = new(vocabulary);

    public Case Of(Case whole, bool[] visible)
    {
        var seen = vocabulary.Visibility[Services.Employer];

        // The vocabulary refuses a medical fact that is visible to the employer; here it is refused once more.
        FactSet Facts(FactSet facts) => facts.Count == 0 ? facts : facts.Where(f => visible[f.Index] && f.Sensitivity != "medical" && words.Passes(f, facts[f]));

        var needs = whole.Needs
            .Where(n => n.Kind.SeenByEmployerAs is not null)
            .Select(n => new Need(n.Id, vocabulary.EmployerNeeds[n.Kind.SeenByEmployerAs!], Facts(n.Facts))).ToList();
        var needIds = needs.Select(n => n.Id).ToHashSet();
        var provisions = whole.Provisions.Where(p => ListVisibility.Allows(seen.Provisions, p.Scheme.Service)).ToList();
        var provisionIds = provisions.Select(p => p.Id).ToHashSet();
        var parties = whole.Parties.Where(p => p.Service is { } service && ListVisibility.Allows(seen.Parties, service) && words.IsOfEmployer(p.Role, service)).ToList();
        var partyIds = parties.Select(p => p.Id).ToHashSet();

        return new Case
        {
            Id = whole.Id,
            AsOf = whole.AsOf,
            Rulebooks = whole.Rulebooks,
            Tenant = whole.Tenant,
            Options = whole.Options,
            Parameters = whole.Parameters.Where(p => p.Key.StartsWith(OwnParameters, StringComparison.Ordinal)).ToFrozenDictionary(),
            Open = whole.Open,
            Facts = Facts(whole.Facts),
            Needs = needs,
            Provisions = provisions.ConvertAll(p => new Provision
            {
                Id = p.Id,
                Scheme = p.Scheme,
                Domain = p.Domain,
                Status = p.Status,
                NeedIds = [.. p.NeedIds.Where(needIds.Contains)],
                ProviderId = p.ProviderId is { } id && partyIds.Contains(id) ? id : null,
                RequestedOn = p.RequestedOn,
                From = p.From,
                To = p.To,
                Facts = Facts(p.Facts),
            }),
            Parties = parties.ConvertAll(p => new Party
            {
                Id = p.Id,
                Role = p.Role,
                Profession = words.Passes(p.Profession) ? p.Profession : null,
                Organisation = words.Passes(p.Organisation) ? p.Organisation : null,
                Service = p.Service,
                ProvisionIds = [.. p.ProvisionIds.Where(provisionIds.Contains)],
                Facts = Facts(p.Facts),
            }),
            Events = [.. whole.Events
                .Where(e => ListVisibility.Allows(seen.Events, e.Type))
                .Select(e => DomainViews.WithoutHidden(e, partyIds, provisionIds, needIds, who => partyIds.Contains(who) || who == Services.Employer) with { Category = null })],
        };
    }
}
