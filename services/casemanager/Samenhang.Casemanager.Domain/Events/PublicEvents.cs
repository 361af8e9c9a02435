using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Events;

/// <summary>
/// What is told of a change of a case, before anybody asks who may know it (<see cref="PublicSight"/>). A pure function of the change
/// and the states around it: the same log gives the same events in the same order, however often it is read.
/// </summary>
public sealed class PublicEvents(Vocabulary vocabulary)
{
    private readonly Dictionary<string, Flag> flags = vocabulary.Flags.ToDictionary(flag => flag.Id);

    /// <summary>The events of one change, in a fixed order.</summary>
    /// <param name="before">The case before it.</param>
    /// <param name="change">The change.</param>
    /// <param name="after">The case after it.</param>
    public IReadOnlyList<PublicEvent> Of(CaseState before, CaseChange change, CaseState after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (after.Restriction is not null && change is not ProcessingRestricted)
        {
            return []; // What is only kept is told to nobody; the standing after the restriction tells what came of it.
        }

        return change switch
        {
            ProcessingRestricted or RestrictionLifted => [Standing(after)],
            CaseOpened => [new(PublicEventTypes.CaseOpened, Case(after))],
            PlanMade => [.. Planned(before, after)],
            WorkStep => [new(PublicEventTypes.PlanChanged, Plan(after))],
            FindingsRaised raised => [.. Raised(before, raised, after)],
            FindingsClosed closed => [.. closed.Keys.Select(key => new PublicEvent(PublicEventTypes.FindingResolved, Finding(after, key)))],
            FindingTreated { Step.Status: FindingStatus.Resolved or FindingStatus.Overruled } settled => [new(PublicEventTypes.FindingSettled, Finding(after, settled.Key))],
            FindingTreated { Step.Status: FindingStatus.Open } reopened => [new(PublicEventTypes.FindingRaised, Finding(after, reopened.Key))],
            ProvisionRecorded recorded => [.. Provision(before, recorded, after), .. Corrected(before, null, Placed(ItemKind.Provision, recorded.Provision.Id, recorded.Provision.Facts))],
            PartyRecorded { Party: var party } => [.. Corrected(before, null, Placed(ItemKind.Party, party.Id, party.Facts))],
            FactsRecorded recorded => [.. Corrected(before, recorded.HoldsFrom, recorded.Facts)],
            HandOverOffered offered => [new(PublicEventTypes.HandOverProposed, HandOver(after, after.HandOvers.Find(offered.Life.Id)!))],
            HandOverStepped stepped when TypeOf(stepped.Step.Status) is { } type => [new(type, HandOver(after, after.HandOvers.Find(stepped.Id)!))],
            ConsentRecorded recorded => [new(PublicEventTypes.ConsentGiven, Consent(after, recorded.Consent))],
            ConsentWithdrawn => [.. after.Consents.Except(before.Consents).Select(consent => new PublicEvent(PublicEventTypes.ConsentWithdrawn, Consent(after, consent)))],
            _ => [],
        };
    }

    /// <summary>Whether a change of this name in the store can be told of at all; the others need not be read.</summary>
    public static bool CanTell(string changeName) => Telling.Contains(changeName);

    /// <summary>All that there is to tell of a case as it stands; while its use is restricted that is nothing but the case.</summary>
    public PublicEvent Standing(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(PublicEventTypes.CaseStanding, state.Restriction is not null ? new StandingData { Case = Case(state) } : new StandingData
        {
            Case = Case(state),
            Plan = state.Plan is null ? null : Plan(state),
            Uncovered = [.. UncoveredNeeds(state).Select(id => Need(state, id))],
            Findings = [.. state.Findings.All.Where(life => life.Status != FindingStatus.Closed).Select(life => Finding(state, life.Key))],
            Provisions = [.. state.Provisions.Select(Provision)],
            HandOvers = [.. state.HandOvers.All.Select(life => HandOver(state, life))],
            Questions = [.. (state.Plan?.Questions ?? []).Select(question => Question(state, question))],
            Terms = [.. (state.Plan?.Deadlines ?? []).Select(term => Term(state, term))],
            Consents = [.. state.Consents.Select(consent => Consent(state, consent))],
        });
    }

    // The names of the changes in the store, of which some are of interest here and some bring a party into or out of sight.
    private static readonly HashSet<string> Telling =
    [
        "case-opened", "facts-recorded", "plan-made", "work-written", "proposal-declined", "findings-raised", "findings-closed", "finding-treated", "provision-recorded",
        "party-recorded", "hand-over-offered", "hand-over-stepped", "consent-recorded", "consent-withdrawn", "processing-restricted", "restriction-lifted",
    ];

    private static PublicEventType? TypeOf(HandOverStatus status) => status switch
    {
        HandOverStatus.Accepted => PublicEventTypes.HandOverAccepted,
        HandOverStatus.Refused or HandOverStatus.ClientDeclined or HandOverStatus.Withdrawn => PublicEventTypes.HandOverDeclined,
        HandOverStatus.Completed => PublicEventTypes.HandOverCompleted,
        HandOverStatus.Proposed or HandOverStatus.Offered or HandOverStatus.InformationAsked or HandOverStatus.Started => null,
    };

    private IEnumerable<PublicEvent> Planned(CaseState before, CaseState after)
    {
        yield return new(before.Plan is null ? PublicEventTypes.PlanMade : PublicEventTypes.PlanChanged, Plan(after));

        var asked = (before.Plan?.Questions ?? []).Select(question => Question(before, question)).DistinctBy(q => (q.Fact, q.AskedOf)).ToList();
        var asks = after.Plan!.Questions.Select(question => Question(after, question)).DistinctBy(q => (q.Fact, q.AskedOf)).ToList();
        foreach (var question in asks.Where(now => !asked.Exists(then => (then.Fact, then.AskedOf) == (now.Fact, now.AskedOf))))
        {
            yield return new(PublicEventTypes.QuestionOpened, question);
        }

        foreach (var question in asked.Where(then => !asks.Exists(now => (then.Fact, then.AskedOf) == (now.Fact, now.AskedOf))))
        {
            yield return new(PublicEventTypes.QuestionAnswered, question);
        }

        var stood = (before.Plan?.Deadlines ?? []).GroupBy(term => (term.Id, term.ItemId)).ToDictionary(group => group.Key, group => group.Last().Status);
        foreach (var term in after.Plan.Deadlines)
        {
            DeadlineStatus? then = stood.TryGetValue((term.Id, term.ItemId), out var status) ? status : null;
            if (TypeOf(term.Status) is { } type && (then is null || TypeOf(then.Value) != type))
            {
                yield return new(type, Term(after, term));
            }
        }
    }

    private static PublicEventType? TypeOf(DeadlineStatus status) => status switch
    {
        DeadlineStatus.Near or DeadlineStatus.Due => PublicEventTypes.TermDue,
        DeadlineStatus.Missed or DeadlineStatus.Passed => PublicEventTypes.TermMissed,
        DeadlineStatus.Met or DeadlineStatus.MetLate => PublicEventTypes.TermMet,
        _ => null,
    };

    private IEnumerable<PublicEvent> Raised(CaseState before, FindingsRaised raised, CaseState after)
    {
        foreach (var key in raised.Keys)
        {
            yield return new(PublicEventTypes.FindingRaised, Finding(after, key));
        }

        foreach (var needId in UncoveredNeeds(after).Except(UncoveredNeeds(before)))
        {
            yield return new(PublicEventTypes.NeedUncovered, Need(after, needId));
        }
    }

    private IEnumerable<string> UncoveredNeeds(CaseState state) => state.Findings.All
        .Where(life => life.AsksAttention && life.Key.NeedId is not null && flags.GetValueOrDefault(life.Key.FlagId)?.Family == "uncovered")
        .Select(life => life.Key.NeedId!).Where(id => state.Needs.Exists(need => need.Id == id)).Distinct();

    private IEnumerable<PublicEvent> Provision(CaseState before, ProvisionRecorded recorded, CaseState after)
    {
        var now = Provision(after.Provisions.First(p => p.Id == recorded.Provision.Id));
        if (before.Provisions.Find(p => p.Id == recorded.Provision.Id) is not { } known)
        {
            yield return new(PublicEventTypes.ProvisionReported, now);
        }
        else if (Provision(known) is var then && then with { Needs = [] } != now with { Needs = [] } || !then.Needs.SequenceEqual(now.Needs))
        {
            yield return new(PublicEventTypes.ProvisionChanged, now);
        }
    }

    private static IEnumerable<PlacedFact> Placed(ItemKind on, string id, IReadOnlyDictionary<string, Value> facts) => facts.Select(fact => new PlacedFact(fact.Key, fact.Value, on, id));

    /// <summary>The facts of which something else was known. What holds from a later day than what was known is news and no correction.</summary>
    private static IEnumerable<PublicEvent> Corrected(CaseState before, DateOnly? since, IEnumerable<PlacedFact> facts) =>
        from now in facts
        let then = before.FactLog.FindLastIndex(one => (one.Fact.Fact, one.Fact.On, one.Fact.ItemId) == (now.Fact, now.On, now.ItemId))
        where then >= 0 && before.FactLog[then] is var known && known.Fact.Value.IsKnown && known.Fact.Value != now.Value
            && !(since is { } day && (known.HoldsFrom is null || known.HoldsFrom < day))
        select new PublicEvent(PublicEventTypes.FactCorrected, new FactCorrectedData { Fact = now.Fact, Kind = now.Value.IsKnown ? CorrectionKind.Corrected : CorrectionKind.TakenBack });

    private static CaseData Case(CaseState state) => new() { MunicipalPolicy = state.Opened!.Tenant, InsurerPolicy = state.Opened.Insurer };

    private static PlanData Plan(CaseState state) => new()
    {
        Version = state.Plan!.Version,
        AsOf = state.Plan.AsOf,
        Needs = [.. state.Plan.Needs.Select(need => new NeedData { Need = new(need.Id), Kind = need.Kind })],
        Coverage = [.. state.Plan.Coverage.Select(row => new CoverageData { Need = new(row.NeedId), Scheme = row.Scheme, Service = row.Service, Outcome = row.Outcome, Payer = row.Payer })],
    };

    private static NeedData Need(CaseState state, string id) => new() { Need = new(id), Kind = state.Needs.First(need => need.Id == id).Kind };

    private FindingData Finding(CaseState state, FindingKey key)
    {
        var life = state.Findings.Find(key);
        var flag = flags.GetValueOrDefault(key.FlagId);
        return new()
        {
            Finding = key.FlagId,
            Family = flag?.Family ?? key.FlagId.Split('.')[0],
            Severity = flag?.Severity ?? Severity.Attention,
            Status = life?.Status ?? FindingStatus.Open,
            Need = ItemName.Of(key.NeedId),
            Provision = ItemName.Of(key.ProvisionId),
            Party = ItemName.Of(key.PartyId),
        };
    }

    private ProvisionData Provision(ProvisionEntry provision) => new()
    {
        Provision = new(provision.Id),
        Scheme = provision.Scheme,
        Service = vocabulary.Schemes[provision.Scheme].Service,
        Status = provision.Status,
        Needs = [.. provision.NeedIds.Select(id => new ItemName(id))],
        RequestedOn = provision.RequestedOn,
        From = provision.From,
        To = provision.To,
    };

    private HandOverData HandOver(CaseState state, HandOverLife life)
    {
        var who = new WhoIsWho(vocabulary, state);
        return new()
        {
            HandOver = new(life.Id),
            Status = life.Status,
            On = life.Steps[^1].On,
            FromService = who.Service(life.From),
            ToService = who.Service(life.To),
            Needs = [.. life.NeedIds.Select(id => new ItemName(id))],
            RefusalReason = life.Steps[^1].Reason,
        };
    }

    private QuestionData Question(CaseState state, PlanQuestion question) => new()
    {
        Fact = question.Fact,
        AskedOf = new WhoIsWho(vocabulary, state).Service(question.AskedOf),
        Priority = question.Priority,
    };

    private TermData Term(CaseState state, PlanDeadline term) => new()
    {
        Term = term.Id,
        Status = term.Status,
        Due = term.Due,
        Item = ItemName.Of(term.ItemId),
        Owner = new WhoIsWho(vocabulary, state).Service(term.Owner),
    };

    private ConsentData Consent(CaseState state, Consent consent)
    {
        var who = new WhoIsWho(vocabulary, state);
        return new()
        {
            FromService = who.Service(consent.From),
            ToService = who.Service(consent.To),
            Categories = consent.Categories,
            ValidFrom = consent.ValidFrom,
            ValidTo = consent.ValidTo,
            WithdrawnOn = consent.WithdrawnOn,
        };
    }
}
