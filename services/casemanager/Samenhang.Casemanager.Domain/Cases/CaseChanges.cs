using System.Text.Json.Serialization;
using Samenhang.Casemanager.Domain.Assessment;
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

/// <summary>
/// Something that changed in a case. The log of a case is a list of these and nothing else: state, plan and history follow from it.
/// A closed sum type; the names of its JSON are fixed by <see cref="JsonDerivedTypeAttribute"/> and never change.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(CaseAssigned), "case-assigned")]
[JsonDerivedType(typeof(FactsRecorded), "facts-recorded")]
[JsonDerivedType(typeof(NeedAdded), "need-added")]
[JsonDerivedType(typeof(ProvisionRecorded), "provision-recorded")]
[JsonDerivedType(typeof(PartyRecorded), "party-recorded")]
[JsonDerivedType(typeof(ConsentRecorded), "consent-recorded")]
[JsonDerivedType(typeof(ConsentWithdrawn), "consent-withdrawn")]
[JsonDerivedType(typeof(CaseEventRecorded), "case-event-recorded")]
[JsonDerivedType(typeof(EvidenceRecorded), "evidence-recorded")]
[JsonDerivedType(typeof(EvidenceTakenBack), "evidence-taken-back")]
[JsonDerivedType(typeof(RecordHeard), "record-heard")]
[JsonDerivedType(typeof(HouseholdHeard), "household-heard")]
[JsonDerivedType(typeof(QuestionLeftOpen), "question-left-open")]
[JsonDerivedType(typeof(FindingsRaised), "findings-raised")]
[JsonDerivedType(typeof(FindingsClosed), "findings-closed")]
[JsonDerivedType(typeof(FindingTreated), "finding-treated")]
[JsonDerivedType(typeof(WorkWritten), "work-written")]
[JsonDerivedType(typeof(ProposalDeclined), "proposal-declined")]
[JsonDerivedType(typeof(ProposalsLapsed), "proposals-lapsed")]
[JsonDerivedType(typeof(HandOverOffered), "hand-over-offered")]
[JsonDerivedType(typeof(HandOverStepped), "hand-over-stepped")]
[JsonDerivedType(typeof(EscalationOpened), "escalation-opened")]
[JsonDerivedType(typeof(EscalationClosed), "escalation-closed")]
[JsonDerivedType(typeof(DeadlineSuspended), "deadline-suspended")]
[JsonDerivedType(typeof(DeadlineResumed), "deadline-resumed")]
[JsonDerivedType(typeof(DayBegan), "day-began")]
[JsonDerivedType(typeof(RoundStarted), "round-started")]
[JsonDerivedType(typeof(CoverageAsked), "coverage-asked")]
[JsonDerivedType(typeof(CoverageAnswered), "coverage-answered")]
[JsonDerivedType(typeof(CoverageTimedOut), "coverage-timed-out")]
[JsonDerivedType(typeof(PlanMade), "plan-made")]
[JsonDerivedType(typeof(PlanConfirmed), "plan-confirmed")]
[JsonDerivedType(typeof(ProcessingRestricted), "processing-restricted")]
[JsonDerivedType(typeof(RestrictionLifted), "restriction-lifted")]
public abstract record CaseChange
{
    private protected CaseChange()
    {
    }
}

/// <summary>A case was opened; its content follows in changes of the same append.</summary>
/// <param name="CaseId">The identifier.</param>
/// <param name="Title">A title for the worklist; no name of a person.</param>
/// <param name="AsOf">The fixed reference day, or null when each round takes its own day.</param>
/// <param name="Rulebooks">The documents whose rules count.</param>
/// <param name="Tenant">The municipality, or the region, whose own policy holds, or null.</param>
/// <param name="Options">The proposals that the region has switched on.</param>
/// <param name="Parameters">Parameters of this case only.</param>
/// <param name="Open">The lists that may miss items.</param>
/// <param name="Insurer">The insurer whose own policy holds, or null.</param>
public sealed record CaseOpened(
    string CaseId, string Title, DateOnly? AsOf, IReadOnlyList<string> Rulebooks, string? Tenant, IReadOnlyList<string> Options,
    IReadOnlyDictionary<string, Value> Parameters, IReadOnlyList<string> Open, string? Insurer = null) : CaseChange;

/// <summary>The case was given to a person who holds it from now on, or taken back.</summary>
/// <param name="Assignee">The subject of the person, as the issuer gives it; null = nobody.</param>
/// <param name="Name">The name of the person, for lists; null = nobody.</param>
/// <param name="By">Who said so: a party id, role or service.</param>
/// <param name="At">When.</param>
public sealed record CaseAssigned(string? Assignee, string? Name, string By, DateTimeOffset At) : CaseChange;

/// <summary>Facts became known, were corrected, or are not known any more (an unknown value).</summary>
/// <param name="Facts">The facts, each on its place.</param>
/// <param name="Source">Who said so: a party id, role or service.</param>
/// <param name="HoldsFrom">The day from which they hold; null = for the whole time. What is recorded later goes before what was recorded earlier.</param>
/// <param name="Recorded">When it was recorded.</param>
public sealed record FactsRecorded(IReadOnlyList<PlacedFact> Facts, string Source, DateOnly? HoldsFrom, DateTimeOffset Recorded) : CaseChange;

/// <summary>A need was added.</summary>
public sealed record NeedAdded(NeedEntry Need) : CaseChange;

/// <summary>A provision, or its newest state. Facts that it does not name stay as they were.</summary>
public sealed record ProvisionRecorded(ProvisionEntry Provision) : CaseChange;

/// <summary>A party, or its newest state. Facts that it does not name stay as they were.</summary>
public sealed record PartyRecorded(PartyEntry Party) : CaseChange;

/// <summary>The client gave a consent.</summary>
public sealed record ConsentRecorded(Consent Consent) : CaseChange;

/// <summary>The client took back all consents between the two, from that day on.</summary>
public sealed record ConsentWithdrawn(string From, string To, DateOnly On) : CaseChange;

/// <summary>Something happened in the life of the case.</summary>
public sealed record CaseEventRecorded(CaseEvent Event) : CaseChange;

/// <summary>A document proves something.</summary>
public sealed record EvidenceRecorded(Evidence Evidence) : CaseChange;

/// <summary>A document holds no more: the record that gave it took it back. The trail keeps both.</summary>
/// <param name="Service">The domain.</param>
/// <param name="Record">The record: its kind and id.</param>
/// <param name="Evidence">The document.</param>
public sealed record EvidenceTakenBack(string Service, string Record, Evidence Evidence) : CaseChange;

/// <summary>A record of a domain was heard; what it said follows in changes of the same append.</summary>
/// <param name="Service">The domain.</param>
/// <param name="Record">The record: its kind and id.</param>
/// <param name="Version">Its version; older ones count no more.</param>
public sealed record RecordHeard(string Service, string Record, long Version) : CaseChange;

/// <summary>Somebody made terms stand still.</summary>
/// <param name="Suspension">Which, since when, by whom and why; the last day may be known already.</param>
/// <param name="Recorded">When it was recorded.</param>
public sealed record DeadlineSuspended(TermSuspension Suspension, DateTimeOffset Recorded) : CaseChange;

/// <summary>Terms that stood still go on.</summary>
/// <param name="Term">The term or family, as it was named when it was stopped.</param>
/// <param name="ItemId">The item, as it was named when it was stopped.</param>
/// <param name="On">The first day that counts again.</param>
/// <param name="By">Who says so: a party id, role or service.</param>
/// <param name="Reason">Why.</param>
/// <param name="Recorded">When it was recorded.</param>
public sealed record DeadlineResumed(string? Term, string? ItemId, DateOnly On, string By, string Reason, DateTimeOffset Recorded) : CaseChange;

/// <summary>A day has begun on which the case is judged anew: terms pass and ages change without anybody doing anything.</summary>
public sealed record DayBegan(DateOnly Day) : CaseChange;

/// <summary>A coverage round began; what earlier rounds still wait for does not count any more.</summary>
/// <param name="Round">Its number.</param>
/// <param name="AsOf">The day for which it judges the case.</param>
/// <param name="Policies">What counted of the numbers and policies; null in rounds that were made before this was kept.</param>
public sealed record RoundStarted(int Round, DateOnly AsOf, string? Policies = null) : CaseChange;

/// <summary>A service was asked.</summary>
/// <param name="Round">The round.</param>
/// <param name="Service">The service.</param>
/// <param name="View">What it may see, and all that is sent to it.</param>
/// <param name="Suggested">The rows of its own schemes that the answer of zvw points to.</param>
/// <param name="ViewDigest">The fingerprint of the question: an answer holds for this question and no other.</param>
public sealed record CoverageAsked(int Round, string Service, CaseDocument View, IReadOnlyList<SuggestedRow> Suggested, string ViewDigest) : CaseChange;

/// <summary>A service answered the question of this round.</summary>
public sealed record CoverageAnswered(int Round, string Service, string ViewDigest, IReadOnlyList<Coverage> Answers) : CaseChange;

/// <summary>Services did not answer in time; the round goes on without them.</summary>
public sealed record CoverageTimedOut(int Round, IReadOnlyList<string> Services) : CaseChange;

/// <summary>The round ended with a new version of the plan.</summary>
/// <param name="Round">The round.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Difference">What changed since the version before; empty for version 1.</param>
public sealed record PlanMade(int Round, DateTimeOffset MadeAt, Plan Plan, IReadOnlyList<Sentence> Difference) : CaseChange;

/// <summary>The round ended and the newest plan still holds, for the day of this round.</summary>
public sealed record PlanConfirmed(int Round, int Version, DateOnly AsOf) : CaseChange;

/// <summary>On which kind of item a fact stands.</summary>
public enum ItemKind
{
    /// <summary>The client, or a default for all needs, provisions or parties.</summary>
    Case,

    /// <summary>A need.</summary>
    Need,

    /// <summary>A provision.</summary>
    Provision,

    /// <summary>A party.</summary>
    Party,
}

/// <summary>A fact on its place; an unknown value takes back what was known.</summary>
public sealed record PlacedFact(string Fact, Value Value, ItemKind On = ItemKind.Case, string? ItemId = null);
