using System.Reflection;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Views;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>
/// What of an event a subscriber may know. First whose case it is, then which items its service may see in it (<see cref="DomainViews"/>,
/// as for the rulebooks), then which fields its kind may see (<see cref="SeenByAttribute"/>). Each can only take away.
/// </summary>
public sealed class PublicSight(Vocabulary vocabulary)
{
    private readonly DomainViews views = new(vocabulary);
    private readonly FindingSight findings = new(vocabulary, new DomainViews(vocabulary));
    private readonly TermSight terms = new(vocabulary, new DomainViews(vocabulary));

    /// <summary>Whether a case is one of the subscriber's own.</summary>
    /// <param name="subscriber">Who listens.</param>
    /// <param name="onConsent">Whether it rests on consent alone: then the client must have consented to share the plan with it.</param>
    /// <param name="state">The case.</param>
    /// <param name="day">The day on which the consent must hold.</param>
    public bool IsOwn(Subscriber subscriber, bool onConsent, CaseState state, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(state);
        return state.Opened is { } opened
            && subscriber.Audience switch
            {
                // Who insures the client, or where it lives, is known by the policy under which the case stands; unknown = nobody's.
                Audience.Insurer => opened.Insurer == $"uzovi{subscriber.Identity}",
                Audience.Municipality => opened.Tenant == $"gm{subscriber.Identity}",
                Audience.Uwv => state.Provisions.Exists(p => vocabulary.Schemes[p.Scheme].Service == Services.Uwv) || state.Parties.Exists(p => ServiceOf(p) == Services.Uwv),
                Audience.Employer => state.Parties.Exists(p => p.Role == "employer" && p.Organisation == subscriber.Identity),
                Audience.CasemanagerOrganisation => state.Parties.Exists(p => p.Organisation == subscriber.Identity && (p.Role == "casemanager" || state.Plan?.Casemanager?.PartyId == p.Id)),
            }
            && (!onConsent || HasConsent(subscriber, state, day));
    }

    /// <summary>The event as the subscriber may know it; null when it may not know of it at all.</summary>
    public PublicEvent? Of(Subscriber subscriber, PublicEvent told, CaseState state, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(state);
        return new Looking(this, subscriber.Audience, state.ToDocument(state.Round == 0 ? day : state.RoundAsOf).ToCase(vocabulary)).At(told.Data) is { } seen
            ? told with { Data = seen }
            : null;
    }

    /// <summary>
    /// What a subscriber is told of a change, with the place of each event in it. A case that comes into sight is told as it stands, at place 0; of one
    /// that goes out of sight because the consent was withdrawn that is the last that is told, so that the receiver knows to use it no more.
    /// </summary>
    /// <param name="subscriber">Who listens.</param>
    /// <param name="onConsent">Whether it rests on consent alone.</param>
    /// <param name="before">The case before the change.</param>
    /// <param name="change">The change.</param>
    /// <param name="after">The case after it.</param>
    /// <param name="events">What the change tells (<see cref="PublicEvents.Of"/>).</param>
    /// <param name="standing">The case as it stands after it.</param>
    /// <param name="day">The day of the change.</param>
    public IReadOnlyList<(PublicEvent Event, int Place)> Told(
        Subscriber subscriber, bool onConsent, CaseState before, CaseChange change, CaseState after, IReadOnlyList<PublicEvent> events, Func<PublicEvent> standing, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(standing);
        var (was, isOwn) = (change is CaseOpened || IsOwn(subscriber, onConsent, before, day), IsOwn(subscriber, onConsent, after, day));
        IEnumerable<(PublicEvent Event, int Place)> told =
            isOwn && !was ? [(standing(), 0)]
            : isOwn || (was && change is ConsentWithdrawn) ? events.Select((one, i) => (one, i + 1))
            : [];
        return [.. told.Select(at => (Event: Of(subscriber, at.Event, after, day), at.Place)).Where(at => at.Event is not null).Select(at => (at.Event!, at.Place))];
    }

    /// <summary>Of which facts an audience may know that there is something about them.</summary>
    public Predicate<string> FactsSeen(Audience audience, CaseState state, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new Looking(this, audience, state.ToDocument(state.Round == 0 ? day : state.RoundAsOf).ToCase(vocabulary)).Sees;
    }

    private string ServiceOf(PartyEntry party) => party.Service ?? vocabulary.PartyRoles.GetValueOrDefault(party.Role)?.Service ?? "none";

    private bool HasConsent(Subscriber subscriber, CaseState state, DateOnly day)
    {
        var service = subscriber.Audience.Service();
        return state.Consents.Exists(consent => consent.Allows("plan", day) &&
            (consent.To == service || state.Parties.Exists(party => party.Id == consent.To && (party.Organisation == subscriber.Identity || ServiceOf(party) == service))));
    }

    /// <summary>One look at one case by one audience.</summary>
    private sealed class Looking
    {
        private readonly PublicSight sight;
        private readonly Audience audience;
        private readonly string service;
        private readonly Case whole;
        private readonly Dictionary<string, string> kinds;
        private readonly HashSet<string> provisions;
        private readonly HashSet<string> parties;

        public Looking(PublicSight sight, Audience audience, Case whole)
        {
            (this.sight, this.audience, this.whole) = (sight, audience, whole);
            service = audience.Service();
            var view = sight.views.For(service, whole);

            // Insured care sees every need, to judge it; an insurer is told only of those that insured care is typically for, or works on.
            var needs = view.Needs.AsEnumerable();
            var shown = view.Provisions.AsEnumerable();
            if (audience == Audience.Insurer)
            {
                shown = shown.Where(p => p.Scheme.Service == Services.Zvw).ToList();
                var served = shown.SelectMany(p => p.NeedIds).ToHashSet();
                needs = needs.Where(need => need.Kind.TypicalDomains.Contains(Services.Zvw) || served.Contains(need.Id));
            }

            kinds = needs.DistinctBy(need => need.Id).ToDictionary(need => need.Id, need => need.Kind.Id);
            provisions = [.. shown.Select(p => p.Id)];
            parties = [.. view.Parties.Select(p => p.Id)];
        }

        /// <summary>The data as they may be known; null = not at all.</summary>
        public PublicData? At(PublicData data) =>
            !data.GetType().GetCustomAttribute<SeenByAttribute>()!.Audiences.Contains(audience) ? null : data switch
            {
                CaseData one => one,
                ErasedData one => one,
                FactCorrectedData one => Sees(one.Fact) ? one : null,
                NeedData one => Need(one),
                CoverageData one => Row(one),
                PlanData one => one with { Needs = All(one.Needs), Coverage = All(one.Coverage) },
                FindingData one => Finding(one),
                ProvisionData one => provisions.Contains(one.Provision.Id) ? one with { Needs = Seen(one.Needs) } : null,
                HandOverData one => HandOver(one),
                QuestionData one => Question(one),
                TermData one => audience == Audience.CasemanagerOrganisation || (one.Owner == service && IsSeen(one.Item) && sight.terms.Sees(service, one.Term, whole)) ? one : null,
                ConsentData one => audience == Audience.CasemanagerOrganisation || one.FromService == service || one.ToService == service ? one : null,
                StandingData one => one with
                {
                    Case = One(one.Case),
                    Plan = One(one.Plan),
                    Uncovered = All(one.Uncovered),
                    Findings = All(one.Findings),
                    Provisions = All(one.Provisions),
                    HandOvers = All(one.HandOvers),
                    Questions = All(one.Questions),
                    Terms = All(one.Terms),
                    Consents = All(one.Consents),
                },
                _ => throw new InvalidOperationException($"{data.GetType().Name} is no data of an event."),
            };

        private IReadOnlyList<T> All<T>(IReadOnlyList<T> list)
            where T : PublicData => [.. list.Select(At).OfType<T>()];

        private T? One<T>(T? data)
            where T : PublicData => data is null ? null : (T?)At(data);

        // The kind as the audience's own view names it.
        private NeedData? Need(NeedData one) => kinds.TryGetValue(one.Need.Id, out var kind) ? one with { Kind = kind } : null;

        // Who answers for another law is not the audience's business; the casemanager's organisation has the whole.
        private CoverageData? Row(CoverageData one) =>
            kinds.ContainsKey(one.Need.Id) && (audience == Audience.CasemanagerOrganisation || one.Service == service) ? one : null;

        private FindingData? Finding(FindingData one) =>
            (one.Need is not { } need || kinds.ContainsKey(need.Id)) && (one.Provision is not { } provision || provisions.Contains(provision.Id)) &&
            (one.Party is not { } party || parties.Contains(party.Id)) && sight.findings.Sees(service, one.Finding, whole)
                ? one
                : null;

        private HandOverData? HandOver(HandOverData one)
        {
            if (audience == Audience.CasemanagerOrganisation)
            {
                return one;
            }

            var needs = Seen(one.Needs);
            return (one.FromService == service || one.ToService == service) && needs.Count > 0 ? one with { Needs = needs } : null;
        }

        private QuestionData? Question(QuestionData one) => audience == Audience.CasemanagerOrganisation || (one.AskedOf == service && Sees(one.Fact)) ? one : null;

        public bool Sees(string factId) => audience == Audience.CasemanagerOrganisation ||
            (sight.Definition(factId) is { } fact && sight.views.Sees(service, fact, whole) && fact.Sensitivity != "medical");

        private bool IsSeen(ItemName? item) => item is not { } one || kinds.ContainsKey(one.Id) || provisions.Contains(one.Id) || parties.Contains(one.Id);

        private IReadOnlyList<ItemName> Seen(IReadOnlyList<ItemName> needs) => [.. needs.Where(need => kinds.ContainsKey(need.Id))];
    }

    private FactDefinition? Definition(string id) => vocabulary.FactById.GetValueOrDefault(id);
}
