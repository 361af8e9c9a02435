using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Views;

/// <summary>Through whose eyes a case is looked at.</summary>
public enum Viewer
{
    /// <summary>The client: everything of the own case.</summary>
    Client,

    /// <summary>The employer: nothing medical, and needs in neutral words only.</summary>
    Employer,

    /// <summary>The health insurer: what insured care answers, and no facts.</summary>
    Insurer,

    /// <summary>The municipality.</summary>
    Municipality,

    /// <summary>UWV.</summary>
    Uwv,
}

/// <summary>A case with its plan, as one viewer may see it.</summary>
/// <param name="View">The case, with what the viewer may not see left out.</param>
/// <param name="Coverage">The rows of the matrix.</param>
/// <param name="Findings">The findings.</param>
/// <param name="Deadlines">The terms.</param>
/// <param name="Questions">The questions.</param>
public sealed record SeenCase(
    Case View, IReadOnlyList<Coverage> Coverage, IReadOnlyList<PlanFinding> Findings, IReadOnlyList<PlanDeadline> Deadlines, IReadOnlyList<PlanQuestion> Questions);

/// <summary>
/// What each kind of party may see of a case and its plan: the view of its service (<see cref="DomainViews"/>), and of the plan what its
/// service answers, must do or is asked, with the findings that it may know of (<see cref="FindingSight"/>). Pure.
/// </summary>
public sealed class CaseThroughEyes
{
    private readonly Vocabulary vocabulary;
    private readonly DomainViews views;
    private readonly FindingSight findings;
    private readonly AddressProtection addresses;
    private readonly TermSight terms;

    /// <summary>Takes the vocabulary.</summary>
    public CaseThroughEyes(Vocabulary vocabulary)
    {
        this.vocabulary = vocabulary;
        views = new DomainViews(vocabulary);
        findings = new FindingSight(vocabulary, views);
        addresses = new AddressProtection(vocabulary);
        terms = new TermSight(vocabulary, views);
    }

    /// <summary>The case as the viewer sees it on the day of its plan.</summary>
    public SeenCase Of(Viewer viewer, CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var whole = Whole(state);
        var plan = state.Plan;
        if (viewer == Viewer.Client)
        {
            return new SeenCase(addresses.In(whole), plan?.Coverage ?? [], plan?.Findings ?? [], plan?.Deadlines ?? [], plan?.Questions ?? []);
        }

        var service = ServiceOf(viewer);
        var view = viewer == Viewer.Insurer ? ForInsurer(views.For(service, whole)) : views.For(service, whole);
        var needs = view.Needs.Select(need => need.Id).ToHashSet();
        var items = needs.Concat(view.Provisions.Select(p => p.Id)).Concat(view.Parties.Select(p => p.Id)).ToHashSet();
        var who = new WhoIsWho(vocabulary, state);
        List<string> OwnSchemes(IEnumerable<string> schemes) => [.. schemes.Where(scheme => vocabulary.Schemes.TryGetValue(scheme, out var one) && one.Service == service)];
        bool Shows(string? item) => item is null || items.Contains(item);
        return new SeenCase(
            view,
            [.. (plan?.Coverage ?? []).Where(row => row.Service == service && needs.Contains(row.NeedId)).Select(row => row with { Suggests = OwnSchemes(row.Suggests) })],
            [.. (plan?.Findings ?? []).Where(finding => Shows(finding.NeedId) && Shows(finding.ProvisionId) && Shows(finding.PartyId) && findings.Sees(service, finding.FlagId, whole))
                .Select(finding => viewer is Viewer.Insurer or Viewer.Employer ? WithoutFacts(finding) : finding)],
            [.. (plan?.Deadlines ?? []).Where(term => who.Service(term.Owner) == service && Shows(term.ItemId) && terms.Sees(service, term.Id, whole)).Select(WithoutReasons)],
            [.. (plan?.Questions ?? []).Where(question => who.Service(question.AskedOf) == service
                && vocabulary.FactById.TryGetValue(question.Fact, out var fact) && fact.Sensitivity != "medical" && views.Sees(service, fact, whole))
                .Select(question => question with
                {
                    // What else waits for the answer may be of somebody else.
                    NeedIds = [.. question.NeedIds.Where(needs.Contains)],
                    Schemes = OwnSchemes(question.Schemes),
                    Flags = [.. question.Flags.Where(flag => findings.Sees(service, flag, whole))],
                    NotKnownTo = null,
                })]);
    }

    /// <summary>The facts that a service sees in one state of a case and not in another, by the name of the fact.</summary>
    public IReadOnlyList<FactDefinition> SeenOnlyIn(CaseState one, CaseState other, string service)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return [.. FactsOf(views.For(service, Whole(one))).Except(FactsOf(views.For(service, Whole(other)))).Select(place => place.Fact).Distinct().OrderBy(fact => fact.Index)];
    }

    private static string ServiceOf(Viewer viewer) => viewer switch
    {
        Viewer.Employer => Services.Employer,
        Viewer.Insurer => Services.Zvw,
        Viewer.Municipality => Services.Gemeente,
        Viewer.Uwv => Services.Uwv,
        Viewer.Client => Services.Casemanager,
    };

    // Insured care sees all to judge it; who pays it is told of answers and provisions, never of a fact (as the events that go to insurers).
    private static Case ForInsurer(Case view)
    {
        var provisions = view.Provisions.Where(p => p.Scheme.Service == Services.Zvw).Select(p => p with { Facts = FactSet.Empty, Goal = null }).ToList();
        var served = provisions.SelectMany(p => p.NeedIds).ToHashSet();
        return view with
        {
            Facts = FactSet.Empty,
            Needs = [.. view.Needs.Where(need => need.Kind.TypicalDomains.Contains(Services.Zvw) || served.Contains(need.Id)).Select(need => need with { Facts = FactSet.Empty })],
            Provisions = provisions,
            Parties = [.. view.Parties.Where(party => party.Service == Services.Zvw).Select(party => party with { Facts = FactSet.Empty })],
            Consents = [.. view.Consents.Where(consent => consent.From == Services.Zvw || consent.To == Services.Zvw)],
            Events = [],
            Evidence = [],
        };
    }

    // Why a finding was raised is told with the values of the facts that it read, texts among them.
    private static PlanFinding WithoutFacts(PlanFinding finding) => finding with { Explanation = finding.Title };

    // Who made a term stand still and why is between the casemanager and the client.
    private static PlanDeadline WithoutReasons(PlanDeadline term) => term with { Suspensions = [.. term.Suspensions.Select(days => days with { By = "", Reason = "" })] };

    private static IEnumerable<(FactDefinition Fact, string? Item)> FactsOf(Case view) =>
        view.Facts.Select(fact => (fact.Key, (string?)null))
            .Concat(view.Needs.SelectMany(need => need.Facts.Select(fact => (fact.Key, (string?)need.Id))))
            .Concat(view.Provisions.SelectMany(provision => provision.Facts.Select(fact => (fact.Key, (string?)provision.Id))))
            .Concat(view.Parties.SelectMany(party => party.Facts.Select(fact => (fact.Key, (string?)party.Id))));

    private Case Whole(CaseState state) => state.ToDocument(state.Opened!.AsOf ?? state.RoundAsOf).ToCase(vocabulary);
}
