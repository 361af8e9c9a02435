using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Escalations;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Questions;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.History;

/// <summary>What kind of thing happened in a case.</summary>
public enum TrailKind
{
    /// <summary>The case was opened, or a need, provision or party was recorded.</summary>
    Case,

    /// <summary>Facts became known or were corrected, or a question was left open.</summary>
    Fact,

    /// <summary>Something happened in the life of the client, or a document came in.</summary>
    Event,

    /// <summary>A finding was raised, closed or dealt with.</summary>
    Finding,

    /// <summary>Somebody did something in the plan.</summary>
    Work,

    /// <summary>A hand-over was offered or came further, or the case was brought to a table.</summary>
    HandOver,

    /// <summary>A consent was given or withdrawn.</summary>
    Consent,

    /// <summary>A term was stopped or went on.</summary>
    Term,

    /// <summary>A new version of the plan.</summary>
    Plan,
}

/// <summary>Something that happened in a case, made for reading.</summary>
/// <param name="CaseVersion">The version of the case with which it came.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">The kind.</param>
/// <param name="By">Who did or said it: a party id, role or service.</param>
/// <param name="Lines">What.</param>
public sealed record TrailEntry(long CaseVersion, DateTimeOffset At, TrailKind Kind, string By, IReadOnlyList<Sentence> Lines);

/// <summary>Tells the log of a case to people. What only serves the asking of domains is left out. Pure.</summary>
public sealed class CaseTrail(Vocabulary vocabulary)
{
    private const int MostFacts = 8;

    private readonly Dictionary<string, Flag> flags = vocabulary.Flags.ToDictionary(flag => flag.Id);

    /// <summary>What happened, the oldest first.</summary>
    public IReadOnlyList<TrailEntry> Of(IEnumerable<DatedChange> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var trail = new List<TrailEntry>();
        var state = CaseState.None;
        DateTimeOffset? opened = null;
        foreach (var (at, change) in log)
        {
            opened ??= at;
            state = CaseState.Evolve(state, change);
            if (at == opened && change is FactsRecorded or NeedAdded or ProvisionRecorded or PartyRecorded or ConsentRecorded or CaseEventRecorded or EvidenceRecorded)
            {
                continue; // With what a case was opened is told as one thing.
            }

            var (kind, by, lines) = Told(change, state);
            if (lines.Count > 0)
            {
                trail.Add(new TrailEntry(state.Version, at, kind, by, lines));
            }
        }

        return trail;
    }

    /// <summary>One change in words; empty for what only serves the asking of domains.</summary>
    /// <param name="change">The change.</param>
    /// <param name="after">The case after it.</param>
    public IReadOnlyList<Sentence> InWords(CaseChange change, CaseState after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return Told(change, after).Lines;
    }

    private (TrailKind Kind, string By, IReadOnlyList<Sentence> Lines) Told(CaseChange change, CaseState state) => change switch
    {
        CaseOpened => (TrailKind.Case, Services.Casemanager, [new("De casus is geopend.", "The case was opened.")]),
        ProcessingRestricted restricted => (TrailKind.Case, restricted.By, [new("Het gebruik van de gegevens is beperkt.", "The use of the data was restricted."), .. Said(restricted.Reason)]),
        RestrictionLifted lifted => (TrailKind.Case, lifted.By, [new("De beperking van het gebruik is opgeheven.", "The restriction of the use was lifted."), .. Said(lifted.Reason)]),
        NeedAdded { Need: var need } => One(TrailKind.Case, Named("Nieuwe behoefte", "New need", Need(need.Id, state))),
        ProvisionRecorded { Provision: var p } => One(TrailKind.Case, Named("Voorziening", "Provision", Join(Scheme(p.Scheme), Word(p.Status)))),
        PartyRecorded { Party: var p } => One(TrailKind.Case, Named("Betrokkene", "Involved", Role(p.Role))),
        FactsRecorded facts => (TrailKind.Fact, facts.Source, Facts(facts, state)),
        QuestionLeftOpen open => (TrailKind.Fact, open.By, [Named("Niet bekend", "Not known", Fact(open.Fact))]),
        CaseEventRecorded { Event: var e } => (TrailKind.Event, e.From ?? Services.Casemanager, [Named("Gebeurd", "Happened", Join(Word(e.Type), Day(e.Date)))]),
        EvidenceRecorded { Evidence: var e } => (TrailKind.Event, e.By ?? Services.Casemanager, [Named("Document", "Document", Word(e.Type))]),
        EvidenceTakenBack back => (TrailKind.Event, back.Service, [Named("Document teruggenomen", "Document taken back", Word(back.Evidence.Type))]),
        FindingsRaised raised => One(TrailKind.Finding, [.. raised.Keys.Select(key => Named("Bevinding", "Finding", Finding(key.FlagId)))]),
        FindingsClosed closed => One(TrailKind.Finding, [.. closed.Keys.Select(key => Named("Bevinding vervallen", "Finding closed", Finding(key.FlagId)))]),
        FindingTreated treated => (TrailKind.Finding, treated.Step.By, [Named(Status(treated.Step.Status), Finding(treated.Key.FlagId)), .. Said(treated.Step.Reason)]),
        WorkStep step => (TrailKind.Work, step.By, step.Difference),
        HandOverOffered { Life: var life } => (TrailKind.HandOver, life.Steps[0].By, [HandOver(life, state), .. Said(life.Steps[0].Text)]),
        HandOverStepped stepped => (TrailKind.HandOver, stepped.Step.By, [HandOver(state.HandOvers.Find(stepped.Id)!, state), .. Said(stepped.Step.Text)]),
        EscalationOpened escalation => (TrailKind.HandOver, escalation.By, [new($"Casus naar tafel {escalation.Level} gebracht.", $"Case brought to table {escalation.Level}."), .. Said(escalation.Text)]),
        EscalationClosed escalation => (TrailKind.HandOver, escalation.By, [new($"Tafel {escalation.Level} is klaar.", $"Table {escalation.Level} is done."), .. Said(escalation.Text)]),
        ConsentRecorded { Consent: var c } => (TrailKind.Consent, "client", [Consent("Toestemming gegeven", "Consent given", c.From, c.To, c.Categories, state)]),
        ConsentWithdrawn c => (TrailKind.Consent, "client", [Consent("Toestemming ingetrokken", "Consent withdrawn", c.From, c.To, [], state)]),
        DeadlineSuspended { Suspension: var s } => (TrailKind.Term, s.By, [Named("Termijn stilgezet", "Term stopped", Join(Term(s.Term), Day(s.From))), .. Said(s.Reason)]),
        DeadlineResumed resumed => (TrailKind.Term, resumed.By, [Named("Termijn loopt weer", "Term goes on", Join(Term(resumed.Term), Day(resumed.On))), .. Said(resumed.Reason)]),
        CoverageTimedOut silent => One(TrailKind.Plan, [.. silent.Services.Select(service => new Sentence($"{service} gaf op tijd geen antwoord.", $"{service} did not answer in time."))]),
        PlanMade made => One(TrailKind.Plan, new Sentence($"Plan, versie {made.Plan.Version}.", $"Plan, version {made.Plan.Version}."), [.. made.Difference.Take(MostFacts)]),
        _ => (TrailKind.Case, "", []),
    };

    private static (TrailKind, string, IReadOnlyList<Sentence>) One(TrailKind kind, params IReadOnlyList<Sentence> lines) => (kind, Services.Casemanager, lines);

    private static (TrailKind, string, IReadOnlyList<Sentence>) One(TrailKind kind, Sentence first, IReadOnlyList<Sentence> more) => (kind, Services.Casemanager, [first, .. more]);

    private List<Sentence> Facts(FactsRecorded recorded, CaseState state)
    {
        var lines = recorded.Facts.Take(MostFacts).Select(fact => fact.ItemId is { } item
            ? Named(Join(Fact(fact.Fact), Item(item, state)), vocabulary.InWords(fact.Value))
            : Named(Fact(fact.Fact), vocabulary.InWords(fact.Value))).ToList();
        if (recorded.Facts.Count > MostFacts)
        {
            lines.Add(new($"en nog {recorded.Facts.Count - MostFacts}", $"and {recorded.Facts.Count - MostFacts} more"));
        }

        return lines;
    }

    private Sentence HandOver(HandOverLife life, CaseState state) => Named(
        life.Status switch
        {
            HandOverStatus.Offered or HandOverStatus.Proposed => new("Overdracht aangeboden", "Hand-over offered"),
            HandOverStatus.Accepted => new("Overdracht aangenomen", "Hand-over accepted"),
            HandOverStatus.Refused => new("Overdracht geweigerd", "Hand-over refused"),
            HandOverStatus.InformationAsked => new("Vraag bij een overdracht", "Question about a hand-over"),
            HandOverStatus.Started => new("Overdracht begonnen", "Hand-over started"),
            HandOverStatus.Completed => new("Overdracht klaar", "Hand-over completed"),
            HandOverStatus.ClientDeclined => new("Cliënt wilde de overdracht niet", "Client declined the hand-over"),
            HandOverStatus.Withdrawn => new Sentence("Overdracht teruggenomen", "Hand-over withdrawn"),
        },
        Join([.. life.NeedIds.Select(need => Need(need, state))]) is var needs
            ? new Sentence($"{needs.Nl}, van {Who(life.From, state).Nl} naar {Who(life.To, state).Nl}", $"{needs.En}, from {Who(life.From, state).En} to {Who(life.To, state).En}")
            : Sentence.None);

    private Sentence Consent(string nl, string en, string from, string to, IReadOnlyList<string> categories, CaseState state)
    {
        var data = Join([.. categories.Select(Word)]);
        return new(
            $"{nl}: {Who(from, state).Nl} aan {Who(to, state).Nl}{(categories.Count > 0 ? $" ({data.Nl})" : "")}",
            $"{en}: {Who(from, state).En} to {Who(to, state).En}{(categories.Count > 0 ? $" ({data.En})" : "")}");
    }

    private static Sentence Status(FindingStatus status) => status switch
    {
        FindingStatus.Acknowledged => new("In behandeling genomen", "Taken up"),
        FindingStatus.Resolved => new("Opgelost", "Resolved"),
        FindingStatus.Overruled => new("Terzijde gelegd", "Put aside"),
        FindingStatus.Open => new("Weer geopend", "Reopened"),
        FindingStatus.Closed => new("Vervallen", "Closed"),
    };

    // What a person wrote stands in the person's own words, whatever the language of the page.
    private static IEnumerable<Sentence> Said(string? text) => string.IsNullOrEmpty(text) ? [] : [new(text, text)];

    private static Sentence Named(string nl, string en, Sentence what) => new($"{nl}: {what.Nl}", $"{en}: {what.En}");

    private static Sentence Named(Sentence name, Sentence what) => new($"{name.Nl}: {what.Nl}", $"{Or(name.En, name.Nl)}: {Or(what.En, what.Nl)}");

    private static Sentence Join(params IReadOnlyList<Sentence> parts) => new(string.Join(", ", parts.Select(part => part.Nl)), string.Join(", ", parts.Select(part => Or(part.En, part.Nl))));

    private static string Or(string text, string other) => text.Length > 0 ? text : other;

    private static Sentence Day(DateOnly day) => new(SpokenDay.InDutch(day), SpokenDay.InEnglish(day));

    private Sentence Word(string code) => vocabulary.InWords(Value.Of(code));

    private Sentence Fact(string id) => vocabulary.FactById.TryGetValue(id, out var fact) ? fact.Name : new(id, id);

    private Sentence Finding(string id) => flags.TryGetValue(id, out var flag) ? new(flag.LabelNl, Or(flag.LabelEn, flag.Meaning)) : new(id, id);

    private Sentence Scheme(string id) => vocabulary.Schemes.TryGetValue(id, out var scheme) ? scheme.Name : new(id, id);

    private Sentence Role(string id) => new(vocabulary.PartyRoles.GetValueOrDefault(id)?.LabelNl ?? id, id.Replace('-', ' '));

    private Sentence Term(string? id) =>
        id is null ? new("alle termijnen", "all terms") : vocabulary.Deadlines.FirstOrDefault(d => d.Id == id) is { LabelNl: { } label } term ? new(label, Or(term.LabelEn, id)) : new(id, id);

    private Sentence Need(string id, CaseState state) => state.Needs.Find(need => need.Id == id) is { } entry && vocabulary.Needs.TryGetValue(entry.Kind, out var kind) ? kind.Name : new(id, id);

    private Sentence Who(string who, CaseState state) => Role(state.Parties.Find(party => party.Id == who)?.Role ?? who);

    private Sentence Item(string id, CaseState state) =>
        state.Needs.Exists(need => need.Id == id) ? Need(id, state)
        : state.Provisions.Find(p => p.Id == id) is { } provision ? Scheme(provision.Scheme)
        : Who(id, state);
}
