namespace Samenhang.Casemanager.Domain.Events;

/// <summary>A kind of event that subscribers can get.</summary>
/// <param name="Name">Its CloudEvents type: reverse DNS, plural noun, what has happened, one version.</param>
/// <param name="Data">The record that its data are.</param>
/// <param name="Title">What it is called, in Dutch.</param>
/// <param name="Meaning">What has happened, in English.</param>
public sealed record PublicEventType(string Name, Type Data, string Title, string Meaning);

/// <summary>Something that is told.</summary>
public sealed record PublicEvent(PublicEventType Type, PublicData Data);

/// <summary>The catalogue of all kinds of events. The names are for ever: another meaning is another version.</summary>
public static class PublicEventTypes
{
    /// <summary>A case was opened.</summary>
    public static PublicEventType CaseOpened { get; } = Of<CaseData>("casussen.geopend", "Casus geopend", "A case was opened.");

    /// <summary>The standing of a case.</summary>
    public static PublicEventType CaseStanding { get; } = Of<StandingData>("casussen.vastgesteld", "Stand van een casus vastgesteld",
        "A case came into the subscriber's sight, or a snapshot was asked: all that the subscriber may see of it, as it stands. It replaces whatever was known of the case.");

    /// <summary>A case was erased.</summary>
    public static PublicEventType CaseErased { get; } = Of<ErasedData>("casussen.gewist", "Casus gewist",
        "A case was erased because its person may ask that. Erase what you hold of this subject, unless a law tells you to keep it. Earlier events of it are not given any more.");

    /// <summary>A fact was corrected.</summary>
    public static PublicEventType FactCorrected { get; } = Of<FactCorrectedData>("feiten.verbeterd", "Feit verbeterd",
        "A fact on which what was told may rest was corrected or taken back. It names the fact and no value; what follows from it comes as events of its own.");

    /// <summary>The first plan.</summary>
    public static PublicEventType PlanMade { get; } = Of<PlanData>("plannen.opgesteld", "Plan opgesteld", "The first version of the plan was made.");

    /// <summary>A later plan.</summary>
    public static PublicEventType PlanChanged { get; } = Of<PlanData>("plannen.gewijzigd", "Plan gewijzigd", "A later version of the plan was made.");

    /// <summary>A finding was raised.</summary>
    public static PublicEventType FindingRaised { get; } = Of<FindingData>("bevindingen.ontstaan", "Bevinding ontstaan", "Something needs attention, for the first time or again.");

    /// <summary>A finding no longer holds.</summary>
    public static PublicEventType FindingResolved { get; } = Of<FindingData>("bevindingen.vervallen", "Bevinding vervallen", "The condition of a finding is no longer true.");

    /// <summary>A person settled a finding.</summary>
    public static PublicEventType FindingSettled { get; } = Of<FindingData>("bevindingen.afgehandeld", "Bevinding afgehandeld", "A person proved that a finding is dealt with, or decided that it does not matter here.");

    /// <summary>A need is covered by nobody.</summary>
    public static PublicEventType NeedUncovered { get; } = Of<NeedData>("behoeften.ongedektgeraakt", "Behoefte ongedekt geraakt", "Findings tell that a need is covered by nobody.");

    /// <summary>A provision was reported.</summary>
    public static PublicEventType ProvisionReported { get; } = Of<ProvisionData>("voorzieningen.gemeld", "Voorziening gemeld", "A provision became known.");

    /// <summary>A provision changed.</summary>
    public static PublicEventType ProvisionChanged { get; } = Of<ProvisionData>("voorzieningen.gewijzigd", "Voorziening gewijzigd", "A provision has another status, period or need than before.");

    /// <summary>A hand-over was proposed.</summary>
    public static PublicEventType HandOverProposed { get; } = Of<HandOverData>("overdrachten.voorgesteld", "Overdracht voorgesteld", "Needs were offered to another.");

    /// <summary>A hand-over was accepted.</summary>
    public static PublicEventType HandOverAccepted { get; } = Of<HandOverData>("overdrachten.aanvaard", "Overdracht aanvaard", "The receiver takes the needs.");

    /// <summary>A hand-over was declined.</summary>
    public static PublicEventType HandOverDeclined { get; } = Of<HandOverData>("overdrachten.afgewezen", "Overdracht afgewezen", "The receiver refused, the client did not want it, or the sender took it back.");

    /// <summary>A hand-over is completed.</summary>
    public static PublicEventType HandOverCompleted { get; } = Of<HandOverData>("overdrachten.voltooid", "Overdracht voltooid", "The receiver works on and the sender has let go.");

    /// <summary>A question was asked.</summary>
    public static PublicEventType QuestionOpened { get; } = Of<QuestionData>("vragen.gesteld", "Vraag gesteld", "The plan asks a fact.");

    /// <summary>A question is asked no more.</summary>
    public static PublicEventType QuestionAnswered { get; } = Of<QuestionData>("vragen.beantwoord", "Vraag beantwoord", "The plan asks a fact no more: it is known, or can change nothing any more.");

    /// <summary>A term is due.</summary>
    public static PublicEventType TermDue { get; } = Of<TermData>("termijnen.genaderd", "Termijn genaderd", "The last day of a term is near, or today.");

    /// <summary>A term was missed.</summary>
    public static PublicEventType TermMissed { get; } = Of<TermData>("termijnen.overschreden", "Termijn overschreden", "The last day of a term has passed.");

    /// <summary>A term was met.</summary>
    public static PublicEventType TermMet { get; } = Of<TermData>("termijnen.nagekomen", "Termijn nagekomen", "A term was met, in time or late.");

    /// <summary>A consent was given.</summary>
    public static PublicEventType ConsentGiven { get; } = Of<ConsentData>("toestemmingen.gegeven", "Toestemming gegeven", "The client gave a consent.");

    /// <summary>A consent was withdrawn.</summary>
    public static PublicEventType ConsentWithdrawn { get; } = Of<ConsentData>("toestemmingen.ingetrokken", "Toestemming ingetrokken", "The client took back a consent.");

    /// <summary>All of them, in the order of the documents.</summary>
    public static IReadOnlyList<PublicEventType> All { get; } =
    [
        CaseOpened, CaseStanding, CaseErased, FactCorrected, PlanMade, PlanChanged, FindingRaised, FindingResolved, FindingSettled, NeedUncovered, ProvisionReported, ProvisionChanged,
        HandOverProposed, HandOverAccepted, HandOverDeclined, HandOverCompleted, QuestionOpened, QuestionAnswered, TermDue, TermMissed, TermMet, ConsentGiven,
        ConsentWithdrawn,
    ];

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, PublicEventType> ByName { get; } = All.ToDictionary(type => type.Name);

    private static PublicEventType Of<T>(string name, string title, string meaning)
        where T : PublicData => new($"nl.samenhang.{name}.v1", typeof(T), title, meaning);
}
