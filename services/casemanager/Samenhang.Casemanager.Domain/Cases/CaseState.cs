using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Escalations;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>The answer of a service that stands: it holds as long as the view of the service has this digest.</summary>
/// <param name="ViewDigest">The digest of what was asked.</param>
/// <param name="Rows">The answer.</param>
/// <param name="Round">The round in which it was asked.</param>
public sealed record StandingAnswer(string ViewDigest, IReadOnlyList<Coverage> Rows, int Round);

/// <summary>How a version of the plan came.</summary>
/// <param name="MadeAt">When.</param>
/// <param name="CaseVersion">The version of the case with which it came.</param>
/// <param name="Difference">What changed since the version before; empty for version 1.</param>
public sealed record PlanMoment(DateTimeOffset MadeAt, long CaseVersion, IReadOnlyList<Sentence> Difference);

/// <summary>What the log of a case says. Immutable; <see cref="Evolve(CaseState, CaseChange)"/> is the only way forward.</summary>
public sealed record CaseState
{
    private CaseState()
    {
    }

    /// <summary>The case does not exist yet.</summary>
    public static CaseState None { get; } = new();

    /// <summary>How many changes there are; the version to expect with the next command.</summary>
    public long Version { get; private init; }

    /// <summary>How it was opened; null while it does not exist.</summary>
    public CaseOpened? Opened { get; private init; }

    /// <summary>Who holds the case; null = nobody.</summary>
    public CaseAssigned? Assigned { get; private init; }

    /// <summary>Since when and why the data are only kept; null = they are used.</summary>
    public ProcessingRestricted? Restriction { get; private init; }

    /// <summary>The needs, in the order in which they came.</summary>
    public ImmutableList<NeedEntry> Needs { get; private init; } = [];

    /// <summary>The provisions, each in its newest state.</summary>
    public ImmutableList<ProvisionEntry> Provisions { get; private init; } = [];

    /// <summary>The parties, each in its newest state.</summary>
    public ImmutableList<PartyEntry> Parties { get; private init; } = [];

    /// <summary>The consents.</summary>
    public ImmutableList<Consent> Consents { get; private init; } = [];

    /// <summary>What happened.</summary>
    public ImmutableList<CaseEvent> Events { get; private init; } = [];

    /// <summary>The documents.</summary>
    public ImmutableList<Evidence> Evidence { get; private init; } = [];

    /// <summary>The newest version that was heard of each record of a domain.</summary>
    public ImmutableDictionary<(string Service, string Record), long> Heard { get; private init; } = ImmutableDictionary<(string, string), long>.Empty;

    /// <summary>The standstills of terms, in the order in which they were recorded.</summary>
    public ImmutableList<TermSuspension> Suspensions { get; private init; } = [];

    /// <summary>The number of the newest round; 0 = none yet.</summary>
    public int Round { get; private init; }

    /// <summary>The day for which the newest round judges the case.</summary>
    public DateOnly RoundAsOf { get; private init; }

    /// <summary>What counted of the numbers and policies in the newest round; null = not kept.</summary>
    public string? RoundPolicies { get; private init; }

    /// <summary>True while services are being asked.</summary>
    public bool IsAsking { get; private init; }

    /// <summary>The services that must still answer in this round, with the digest of what they were asked.</summary>
    public ImmutableDictionary<string, string> Pending { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The services that did not answer in time in this round, with the digest of what they were asked.</summary>
    public ImmutableDictionary<string, string> TimedOut { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The newest answer of each service, of whatever round.</summary>
    public ImmutableDictionary<string, StandingAnswer> Answers { get; private init; } = ImmutableDictionary<string, StandingAnswer>.Empty;

    /// <summary>The newest plan; null = none yet.</summary>
    public Plan? Plan { get; private init; }

    /// <summary>When the newest version of the plan was made, and what it changed; null = no plan yet.</summary>
    public PlanMoment? PlanSince { get; private init; }

    /// <summary>What people agreed to do, and their answers to what the plan proposes.</summary>
    public WorkRegister Work { get; private init; } = WorkRegister.Empty;

    /// <summary>The hand-overs.</summary>
    public HandOverRegister HandOvers { get; private init; } = HandOverRegister.Empty;

    /// <summary>The tables to which the case was brought.</summary>
    public EscalationLadder Escalations { get; private init; } = EscalationLadder.Empty;

    /// <summary>What became of each finding.</summary>
    public FindingRegister Findings { get; private init; } = FindingRegister.Empty;

    /// <summary>What the other members of the household make known.</summary>
    public HouseholdRegister Household { get; private init; } = HouseholdRegister.Empty;

    /// <summary>The questions that somebody could not answer.</summary>
    public QuestionRegister Questions { get; private init; } = QuestionRegister.Empty;

    /// <summary>The documents that were taken back: the message that gave one may come after.</summary>
    internal ImmutableList<EvidenceTakenBack> TakenBack { get; private init; } = [];

    /// <summary>Everything that was recorded of facts, the newest last.</summary>
    internal ImmutableList<(PlacedFact Fact, DateOnly? HoldsFrom)> FactLog { get; private init; } = [];

    /// <summary>The state after these changes.</summary>
    public static CaseState From(IEnumerable<CaseChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Aggregate(None, Evolve);
    }

    /// <summary>The state after one more change.</summary>
    public static CaseState Evolve(CaseState state, CaseChange change)
    {
        ArgumentNullException.ThrowIfNull(state);
        return (change switch
        {
            CaseOpened opened => state with { Opened = opened },
            CaseAssigned assigned => state with { Assigned = assigned.Assignee is null ? null : assigned },
            FactsRecorded recorded => state with { FactLog = state.FactLog.AddRange(recorded.Facts.Select(f => (f, recorded.HoldsFrom))), Questions = state.Questions.After(recorded.Facts) },
            NeedAdded { Need: var need } => state.WithFacts(ItemKind.Need, need.Id, need.Facts) with { Needs = state.Needs.Add(need) },
            ProvisionRecorded { Provision: var p } => state.WithFacts(ItemKind.Provision, p.Id, p.Facts) with { Provisions = Put(state.Provisions, p, other => other.Id == p.Id) },
            PartyRecorded { Party: var p } => state.WithFacts(ItemKind.Party, p.Id, p.Facts) with { Parties = Put(state.Parties, p, other => other.Id == p.Id) },
            ConsentRecorded { Consent: var consent } => state with { Consents = state.Consents.Add(consent) },
            ConsentWithdrawn w => state with { Consents = [.. state.Consents.Select(c => c.From == w.From && c.To == w.To && c.WithdrawnOn is null ? c with { WithdrawnOn = w.On } : c)] },
            CaseEventRecorded { Event: var e } => state with { Events = state.Events.Add(e) },
            EvidenceRecorded { Evidence: var e } => state with { Evidence = state.Evidence.Add(e) },
            EvidenceTakenBack back => state with
            {
                Evidence = state.Evidence.RemoveAll(back.Evidence.IsSame),
                TakenBack = state.TakenBack.Add(back),
            },
            RecordHeard heard => state with { Heard = state.Heard.SetItem((heard.Service, heard.Record), heard.Version) },
            HouseholdHeard heard => state with { FactLog = state.Household.In(state.FactLog, heard), Household = state.Household.After(heard) },
            RoundStarted started => state with { Round = started.Round, RoundAsOf = started.AsOf, RoundPolicies = started.Policies, IsAsking = true, Pending = state.Pending.Clear(), TimedOut = state.TimedOut.Clear() },
            DeadlineSuspended { Suspension: var suspension } => state with { Suspensions = state.Suspensions.Add(suspension) },
            DeadlineResumed resumed => state with { Suspensions = [.. state.Suspensions.Select(s => IsOpen(s, resumed.Term, resumed.ItemId) ? s with { To = resumed.On.AddDays(-1) } : s)] },
            DayBegan => state,
            CoverageAsked asked => state with { Pending = state.Pending.SetItem(asked.Service, asked.ViewDigest) },
            CoverageAnswered answered => state with
            {
                Pending = state.Pending.Remove(answered.Service),
                TimedOut = state.TimedOut.Remove(answered.Service),
                Answers = state.Answers.SetItem(answered.Service, new StandingAnswer(answered.ViewDigest, answered.Answers, answered.Round)),
            },
            CoverageTimedOut silent => state with
            {
                Pending = state.Pending.RemoveRange(silent.Services),
                TimedOut = state.TimedOut.SetItems(silent.Services.Where(state.Pending.ContainsKey).Select(s => KeyValuePair.Create(s, state.Pending[s]))),
            },
            PlanMade made => state with { Plan = made.Plan, IsAsking = false, PlanSince = new PlanMoment(made.MadeAt, state.Version + 1, made.Difference) },
            PlanConfirmed => state with { IsAsking = false },
            ProcessingRestricted restricted => state with { Restriction = restricted, IsAsking = false, Pending = state.Pending.Clear(), TimedOut = state.TimedOut.Clear() },
            RestrictionLifted => state with { Restriction = null },
            WorkStep step => state with
            {
                Work = state.Work.After(step),
                Plan = state.Plan! with { Version = step.PlanVersion },
                PlanSince = new PlanMoment(step.At, state.Version + 1, step.Difference),
            },
            WorkChange work => state with { Work = state.Work.After(work) },
            HandOverChange passing => state with { HandOvers = state.HandOvers.After(passing) },
            EscalationChange escalation => state with { Escalations = state.Escalations.After(escalation) },
            QuestionChange question => state with { Questions = state.Questions.After(question) },
            FindingChange finding => state with { Findings = state.Findings.After(finding) },
            _ => throw new InvalidOperationException($"{change?.GetType().Name} is no change of a case."),
        }) with { Version = state.Version + 1 };
    }

    /// <summary>The case as it is known, for the day of the newest round.</summary>
    public Case ToCase(Vocabulary vocabulary) => ToDocument(RoundAsOf).ToCase(vocabulary);

    /// <summary>The case as it is known, for a day. Of each fact what was recorded last among what holds on that day.</summary>
    public CaseDocument ToDocument(DateOnly asOf)
    {
        var opened = Opened ?? throw new InvalidOperationException("The case does not exist.");
        var known = new Dictionary<(ItemKind, string?), SortedDictionary<string, Value>>();
        foreach (var (fact, holdsFrom) in FactLog)
        {
            if (holdsFrom is null || holdsFrom <= asOf)
            {
                var place = (fact.On, fact.ItemId);
                if (!known.TryGetValue(place, out var facts))
                {
                    known[place] = facts = new(StringComparer.Ordinal);
                }

                facts[fact.Fact] = fact.Value;
            }
        }

        IReadOnlyDictionary<string, Value> Facts(ItemKind on, string? id) =>
            known.TryGetValue((on, id), out var facts) ? facts.Where(f => f.Value.IsKnown).ToDictionary() : ImmutableDictionary<string, Value>.Empty;

        return new CaseDocument
        {
            Id = opened.CaseId,
            AsOf = asOf,
            Rulebooks = opened.Rulebooks,
            Tenant = opened.Tenant,
            Insurer = opened.Insurer,
            Options = opened.Options,
            Parameters = opened.Parameters,
            Facts = Facts(ItemKind.Case, null),
            Needs = [.. Needs.Select(n => n with { Facts = Facts(ItemKind.Need, n.Id) })],
            Provisions = [.. Provisions.Select(p => p with { Facts = Facts(ItemKind.Provision, p.Id) })],
            Parties = [.. Parties.Select(p => p with { Facts = Facts(ItemKind.Party, p.Id) })],
            Consents = Consents,
            Events = Events,
            Evidence = Evidence,
            Open = opened.Open,
            Suspensions = Suspensions,
        };
    }

    /// <summary>Whether a standstill was named so and has no last day yet.</summary>
    internal static bool IsOpen(TermSuspension suspension, string? term, string? itemId) =>
        suspension.To is null && suspension.Term == term && suspension.ItemId == itemId;

    private CaseState WithFacts(ItemKind on, string id, IReadOnlyDictionary<string, Value> facts) =>
        this with { FactLog = FactLog.AddRange(facts.Select(f => (new PlacedFact(f.Key, f.Value, on, id), (DateOnly?)null))) };

    private static ImmutableList<T> Put<T>(ImmutableList<T> items, T item, Predicate<T> same) =>
        items.FindIndex(same) is var index and >= 0 ? items.SetItem(index, item) : items.Add(item);
}
