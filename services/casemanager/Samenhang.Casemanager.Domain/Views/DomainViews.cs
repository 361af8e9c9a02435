using System.Collections.Frozen;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>
/// What each service may see of a case. A view is again a <see cref="Case"/>, so that a rulebook cannot tell it from the whole,
/// but it holds no more than the vocabulary allows: facts by visibleTo and visibleIf, the lists by codes.json, visibility.
/// </summary>
/// <remarks>
/// A view counts as complete: a list that is closed in the case stays closed, although items were left out. The rulebook of a
/// service speaks only of what the service may see, so "no such provision" means "none that concerns this service".
/// </remarks>
public sealed class DomainViews
{
    private readonly Vocabulary vocabulary;
    private readonly EmployerView employer;
    private readonly WordsToEmployer words;
    private readonly AddressProtection addresses;
    private readonly FrozenDictionary<string, (bool[] Always, (string Words, int[] Facts)[] OnCondition)> factsOf;

    /// <summary>Takes the vocabulary.</summary>
    /// <exception cref="VocabularyException">A condition of visibleIf has no test.</exception>
    public DomainViews(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var unknown = VisibilityConditions.Unknown(vocabulary).ToList();
        if (unknown.Count > 0)
        {
            throw new VocabularyException(unknown);
        }

        this.vocabulary = vocabulary;
        employer = new EmployerView(vocabulary);
        words = new WordsToEmployer(vocabulary);
        addresses = new AddressProtection(vocabulary);
        factsOf = vocabulary.Visibility.Keys.ToFrozenDictionary(service => service, service =>
        {
            var visible = vocabulary.Facts.Where(f => f.VisibleTo.Contains(service)).ToLookup(f => f.VisibleIf.GetValueOrDefault(service));
            var always = new bool[vocabulary.Facts.Count];
            foreach (var fact in visible[null])
            {
                always[fact.Index] = true;
            }

            return (always, visible.Where(g => g.Key is not null).Select(g => (g.Key!, g.Select(f => f.Index).ToArray())).ToArray());
        });
    }

    /// <summary>The case as the service may see it. The casemanager sees all of it.</summary>
    public Case For(string service, Case whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return service switch
        {
            Services.Casemanager => whole,
            Services.Employer => employer.Of(addresses.In(whole), VisibleFacts(service, whole)),
            _ => Filter(service, addresses.In(whole)),
        };
    }

    /// <summary>Whether the service may see the fact in this case.</summary>
    public bool Sees(string service, FactDefinition fact, Case whole)
    {
        ArgumentNullException.ThrowIfNull(fact);
        ArgumentNullException.ThrowIfNull(whole);
        return fact.VisibleTo.Contains(service) &&
            (!fact.VisibleIf.TryGetValue(service, out var condition) || VisibilityConditions.Holds(condition, vocabulary, whole, service));
    }

    /// <summary>What a person wrote in this case that the employer would read and may not: it stays behind until it is said otherwise.</summary>
    public IReadOnlyList<WithheldWords> WithheldFromEmployer(Case whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return words.In(whole, fact => Sees(Services.Employer, fact, whole));
    }

    /// <summary>By the index of the fact. The conditions look at the whole case; each is asked once a view.</summary>
    private bool[] VisibleFacts(string service, Case whole)
    {
        var (always, onCondition) = factsOf[service];
        var visible = (bool[])always.Clone();
        foreach (var (words, facts) in onCondition)
        {
            if (VisibilityConditions.Holds(words, vocabulary, whole, service))
            {
                foreach (var fact in facts)
                {
                    visible[fact] = true;
                }
            }
        }

        return visible;
    }

    private Case Filter(string service, Case whole)
    {
        var seen = vocabulary.Visibility[service];
        var visible = VisibleFacts(service, whole);
        FactSet Facts(FactSet facts) => facts.Count == 0 ? facts : facts.Where(f => visible[f.Index]);

        var provisions = whole.Provisions.Where(p => ListVisibility.Allows(seen.Provisions, p.Scheme.Service)).ToList();
        var served = provisions.SelectMany(p => p.NeedIds).ToHashSet();
        var needs = whole.Needs
            .Where(n => seen.Needs == "all" || n.Kind.TypicalDomains.Contains(service) || served.Contains(n.Id))
            .Select(n => n with { Facts = Facts(n.Facts) }).ToList();
        var needIds = needs.Select(n => n.Id).ToHashSet();
        var parties = whole.Parties.Where(p => ListVisibility.Allows(seen.Parties, p.Service ?? vocabulary.PartyRoles.GetValueOrDefault(p.Role)?.Service ?? "none")).ToList();
        var partyIds = parties.Select(p => p.Id).ToHashSet();
        var provisionIds = provisions.Select(p => p.Id).ToHashSet();

        return whole with
        {
            // Only insured care works by what an insurer decided; nobody else needs to know who insures the client.
            Insurer = service == Services.Zvw ? whole.Insurer : null,
            Facts = Facts(whole.Facts),
            Needs = needs,
            Provisions = provisions.ConvertAll(p => p with
            {
                Facts = Facts(p.Facts),
                NeedIds = [.. p.NeedIds.Where(needIds.Contains)],
                ProviderId = p.ProviderId is { } id && partyIds.Contains(id) ? id : null,

                // Free text and product codes can tell more than the scheme; only the service of the provision needs them.
                Product = p.Scheme.Service == service ? p.Product : null,
                Goal = p.Scheme.Service == service ? p.Goal : null,
            }),
            Parties = parties.ConvertAll(p => p with { Facts = Facts(p.Facts), ProvisionIds = [.. p.ProvisionIds.Where(provisionIds.Contains)] }),
            Consents = [.. whole.Consents.Where(c => Concerns(c.From) || Concerns(c.To))],
            Events = [.. whole.Events.Where(e => ListVisibility.Allows(seen.Events, e.Type)).Select(e => WithoutHidden(e, partyIds, provisionIds, needIds, Concerns))],
            Suspensions = [],
            Evidence = [.. whole.Evidence.Where(e => ListVisibility.Allows(seen.Evidence, e.Type))],
        };

        bool Concerns(string who) => partyIds.Contains(who) || who == service || vocabulary.PartyRoles.ContainsKey(who) && ListVisibility.Allows(seen.Parties, vocabulary.PartyRoles[who].Service);
    }

    /// <summary>An event may be seen while those it names may not.</summary>
    internal static CaseEvent WithoutHidden(CaseEvent e, HashSet<string> parties, HashSet<string> provisions, HashSet<string> needs, Func<string, bool> concerns) => e with
    {
        Party = e.Party is { } party && parties.Contains(party) ? party : null,
        Provision = e.Provision is { } provision && provisions.Contains(provision) ? provision : null,
        Need = e.Need is { } need && needs.Contains(need) ? need : null,
        From = e.From is { } from && concerns(from) ? from : null,
        To = e.To is { } to && concerns(to) ? to : null,
        AcknowledgedBy = e.AcknowledgedBy is { } by && concerns(by) ? by : null,
    };
}
