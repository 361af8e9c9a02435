using System.Collections.Immutable;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.HandOvers;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Cases;

/// <summary>The moment of a command: the instant, and the day on which it falls where the client lives.</summary>
public readonly record struct Moment(DateTimeOffset Instant, DateOnly Day);

/// <summary>What somebody wants to happen to a case. A closed sum type.</summary>
public abstract record CaseCommand
{
    private CaseCommand()
    {
    }

    /// <summary>When it was asked.</summary>
    public required Moment At { get; init; }

    /// <summary>The version of the case that the caller saw; null = whatever it is.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Opens a case with all that is known and begins to ask.</summary>
    public sealed record Open : CaseCommand
    {
        /// <summary>The identifier that the case gets.</summary>
        public required string CaseId { get; init; }

        /// <summary>A title for the worklist; no name of a person; at most 200 characters.</summary>
        public string Title { get; init; } = "";

        /// <summary>The fixed reference day; null = each round takes its own day.</summary>
        public DateOnly? AsOf { get; init; }

        /// <summary>The content; its id and reference day are not read. No rulebooks = all documents.</summary>
        public required CaseDocument Content { get; init; }

        /// <summary>Who said so: a party id, role or service.</summary>
        public string Source { get; init; } = Services.Casemanager;
    }

    /// <summary>Gives the case to a person, or takes it back.</summary>
    /// <param name="Assignee">The subject of the person; null = nobody.</param>
    /// <param name="Name">The name of the person; null = nobody.</param>
    /// <param name="By">Who says so: a party id, role or service.</param>
    public sealed record Assign(string? Assignee, string? Name, string By) : CaseCommand;

    /// <summary>Keeps the data of the case and uses them no more.</summary>
    /// <param name="Ground">Why, as the law names it.</param>
    /// <param name="Reason">Why, in somebody's own words.</param>
    /// <param name="By">Who says so: a role.</param>
    /// <param name="Subject">Who says so, as the issuer gives it.</param>
    public sealed record RestrictProcessing(RestrictionGround Ground, string Reason, string By, string Subject) : CaseCommand;

    /// <summary>Uses the data of the case again.</summary>
    /// <param name="Reason">Why, in somebody's own words.</param>
    /// <param name="By">Who says so: a role.</param>
    /// <param name="Subject">Who says so, as the issuer gives it.</param>
    public sealed record LiftRestriction(string Reason, string By, string Subject) : CaseCommand;

    /// <summary>Records facts.</summary>
    /// <param name="Facts">The facts; at least one.</param>
    /// <param name="Source">Who said so: a party id, role or service.</param>
    /// <param name="HoldsFrom">The day from which they hold; null = for the whole time.</param>
    public sealed record RecordFacts(IReadOnlyList<PlacedFact> Facts, string Source, DateOnly? HoldsFrom = null) : CaseCommand;

    /// <summary>Adds a need.</summary>
    public sealed record AddNeed(NeedEntry Need) : CaseCommand;

    /// <summary>Records a provision, or its newest state.</summary>
    public sealed record RecordProvision(ProvisionEntry Provision) : CaseCommand;

    /// <summary>Records a party, or its newest state.</summary>
    public sealed record RecordParty(PartyEntry Party) : CaseCommand;

    /// <summary>Records a consent; one with a day of withdrawal ends those between the same two that still stand.</summary>
    public sealed record RecordConsent(Consent Consent) : CaseCommand;

    /// <summary>Records something that happened.</summary>
    public sealed record RecordEvent(CaseEvent Event) : CaseCommand;

    /// <summary>Records a document.</summary>
    public sealed record RecordEvidence(Evidence Evidence) : CaseCommand;

    /// <summary>
    /// A record of a domain says something about the case. Facts, provisions and parties of an older version than one that was heard
    /// change nothing; events and documents always count, each once.
    /// </summary>
    /// <param name="Service">The domain; it tells of its own schemes, and facts that it may see.</param>
    /// <param name="Record">The record: its kind and id.</param>
    /// <param name="Version">Counts the changes of the record.</param>
    /// <param name="News">What it says.</param>
    public sealed record HearRecord(string Service, string Record, long Version, RecordNews News) : CaseCommand;

    /// <summary>What the household makes known of its other members, all of it; the same again changes nothing.</summary>
    /// <param name="Told">The household facts; one that is not named any more is taken back.</param>
    public sealed record HearHousehold(IReadOnlyDictionary<string, Value> Told) : CaseCommand;

    /// <summary>Does something about a finding.</summary>
    /// <param name="Finding">The finding.</param>
    /// <param name="By">Who does it: a party id, role or service.</param>
    /// <param name="Treatment">What is done.</param>
    public sealed record TreatFinding(FindingKey Finding, string By, FindingTreatment Treatment) : CaseCommand;

    /// <summary>Answers a question of the newest plan.</summary>
    /// <param name="Fact">The fact with the answer, on its place; an unknown value = whoever was asked does not know.</param>
    /// <param name="By">Who answers: a party id, role or service.</param>
    public sealed record GiveAnswer(PlacedFact Fact, string By) : CaseCommand;

    /// <summary>Does something in the work that people agree on in the plan.</summary>
    /// <param name="By">Who does it: a party id, role or service.</param>
    /// <param name="Wish">What is done.</param>
    public sealed record DoWork(string By, WorkWish Wish) : CaseCommand;

    /// <summary>Does something with a hand-over.</summary>
    /// <param name="Move">What is done.</param>
    /// <param name="By">Who does it: a party id, role or service.</param>
    /// <param name="On">The day on which it happened; null = the day of the case.</param>
    public sealed record MoveHandOver(HandOverMove Move, string By, DateOnly? On = null) : CaseCommand;

    /// <summary>Brings a case that is stuck to a table.</summary>
    /// <param name="Level">1 to 4.</param>
    /// <param name="Opener">Who asked for it: provider, insurer or client.</param>
    /// <param name="By">Who records it: a party id, role or service.</param>
    /// <param name="On">The day; null = the day of the case.</param>
    /// <param name="Text">Why, or null.</param>
    public sealed record OpenEscalation(int Level, string Opener, string By, DateOnly? On = null, string? Text = null) : CaseCommand;

    /// <summary>Ends what the table does at which the case is.</summary>
    /// <param name="Solved">Whether help was found.</param>
    /// <param name="By">Who records it: a party id, role or service.</param>
    /// <param name="On">The day; null = the day of the case.</param>
    /// <param name="Text">What came of it, or null.</param>
    public sealed record CloseEscalation(bool Solved, string By, DateOnly? On = null, string? Text = null) : CaseCommand;
    /// <summary>Makes terms stand still.</summary>
    /// <param name="Suspension">A term, a family of terms or an item, since when, until when (null = until it is resumed), by whom and why.</param>
    public sealed record SuspendDeadline(TermSuspension Suspension) : CaseCommand;

    /// <summary>Lets terms go on that stand still.</summary>
    /// <param name="Term">The term or family, as it was named when it was stopped.</param>
    /// <param name="ItemId">The item, as it was named when it was stopped.</param>
    /// <param name="On">The first day that counts again.</param>
    /// <param name="By">Who says so: a party id, role or service.</param>
    /// <param name="Reason">Why.</param>
    public sealed record ResumeDeadline(string? Term, string? ItemId, DateOnly On, string By, string Reason) : CaseCommand;

    /// <summary>A day has begun: terms pass, ages change. A case with a fixed reference day, or judged for this day already, does nothing.</summary>
    public sealed record BeginDay : CaseCommand;

    /// <summary>The numbers or policies may have been edited: a case whose last round was made by others is judged anew.</summary>
    public sealed record FollowPolicies : CaseCommand;

    /// <summary>The answer of a service. Late, repeated or for another round: it changes nothing.</summary>
    /// <param name="Round">The round of the question.</param>
    /// <param name="Service">The service.</param>
    /// <param name="Rows">Its rows.</param>
    public sealed record TakeAnswer(int Round, string Service, IReadOnlyList<Coverage> Rows) : CaseCommand;

    /// <summary>The time limit of a round has passed for the services that were asked and have not answered.</summary>
    /// <param name="Round">The round.</param>
    /// <param name="Services">Those that count as silent; empty = all that are still awaited.</param>
    public sealed record EndWaiting(int Round, IReadOnlyList<string> Services) : CaseCommand;
}

/// <summary>What a record of a domain says about the case.</summary>
public sealed record RecordNews
{
    /// <summary>Facts of the client.</summary>
    public IReadOnlyDictionary<string, Value> Facts { get; init; } = ImmutableDictionary<string, Value>.Empty;

    /// <summary>Provisions in their newest state. What it leaves open stays as the case has it.</summary>
    public IReadOnlyList<ProvisionEntry> Provisions { get; init; } = [];

    /// <summary>Parties in their newest state.</summary>
    public IReadOnlyList<PartyEntry> Parties { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<CaseEvent> Events { get; init; } = [];

    /// <summary>Documents.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Documents that the same record gave, before or after this in the order of arrival, and that hold no more.</summary>
    public IReadOnlyList<Evidence> EvidenceTakenBack { get; init; } = [];
}
