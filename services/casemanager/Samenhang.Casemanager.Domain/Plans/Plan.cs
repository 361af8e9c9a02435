using System.Text.Json.Serialization;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Rules;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>
/// One version of the one plan of a client: who covers what, who carries each need, what must be done by whom and when. It holds
/// identifiers of the vocabulary and whole sentences, so that it reads the same when it is opened again years later.
/// </summary>
public sealed record Plan
{
    /// <summary>1, 2, 3 …; 0 for a plan that is not kept (what if).</summary>
    public required int Version { get; init; }

    /// <summary>The day for which it was made.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The needs it is about.</summary>
    public IReadOnlyList<PlanNeed> Needs { get; init; } = [];

    /// <summary>The coverage matrix: one row for each need and scheme.</summary>
    public IReadOnlyList<Coverage> Coverage { get; init; } = [];

    /// <summary>What needs attention, the urgent first.</summary>
    public IReadOnlyList<PlanFinding> Findings { get; init; } = [];

    /// <summary>
    /// Findings about a term that was met after its last day: they tell what went wrong, and nothing is left to do about them.
    /// </summary>
    public IReadOnlyList<PlanFinding> Settled { get; init; } = [];

    /// <summary>What is asked of whom, the most decisive first.</summary>
    public IReadOnlyList<PlanQuestion> Questions { get; init; } = [];

    /// <summary>Who carries each need; a need may have several, or none.</summary>
    public IReadOnlyList<Responsibility> Responsible { get; init; } = [];

    /// <summary>Who directs each running trajectory of treatment.</summary>
    public IReadOnlyList<TrajectoryDirector> Directors { get; init; } = [];

    /// <summary>The party that coordinates the whole; null when nobody does, or more than one.</summary>
    public string? Coordinator { get; init; }

    /// <summary>The casemanager who was appointed, or null.</summary>
    public PlanCasemanager? Casemanager { get; init; }

    /// <summary>What must be done, the first due first.</summary>
    public IReadOnlyList<PlanAction> Actions { get; init; } = [];

    /// <summary>The terms, the first due first.</summary>
    public IReadOnlyList<PlanDeadline> Deadlines { get; init; } = [];

    /// <summary>The needs that one service passes on to another.</summary>
    public IReadOnlyList<HandOver> HandOvers { get; init; } = [];

    /// <summary>The schemes that answers point to, per need.</summary>
    public IReadOnlyList<SuggestedSchemes> Suggested { get; init; } = [];

    /// <summary>The events that must be stopped, and why; one event may stand here for several reasons.</summary>
    public IReadOnlyList<BlockedEvent> Blocked { get; init; } = [];

    /// <summary>The services that did not answer in time; the plan was made without them.</summary>
    public IReadOnlyList<SilentService> Silent { get; init; } = [];
}

/// <summary>A need in the plan.</summary>
public sealed record PlanNeed(string Id, string Kind);

/// <summary>A finding in the plan.</summary>
public sealed record PlanFinding
{
    /// <summary>The flag of the vocabulary.</summary>
    public required string FlagId { get; init; }

    /// <summary>Its family.</summary>
    public required string Family { get; init; }

    /// <summary>How much attention it asks.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The need it is about, or null.</summary>
    public string? NeedId { get; init; }

    /// <summary>The provision it is about, or null.</summary>
    public string? ProvisionId { get; init; }

    /// <summary>The party it is about, or null.</summary>
    public string? PartyId { get; init; }

    /// <summary>What it is called.</summary>
    public required Sentence Title { get; init; }

    /// <summary>Why it was raised.</summary>
    public required Sentence Explanation { get; init; }

    /// <summary>The next step.</summary>
    public required Sentence SuggestedAction { get; init; }

    /// <summary>The rules it rests on.</summary>
    public IReadOnlyList<string> RuleIds { get; init; } = [];
}

/// <summary>Who carries a need now, and the rules that say so.</summary>
/// <param name="NeedId">The need.</param>
/// <param name="Role">The role that is responsible.</param>
/// <param name="PartyId">The party in that role, or null when the case knows none.</param>
/// <param name="Service">The service of that party or role.</param>
/// <param name="Because">The rules that say so.</param>
/// <param name="Schemes">The schemes whose answers name this role.</param>
public sealed record Responsibility(string NeedId, string Role, string? PartyId, string Service, IReadOnlyList<string> Because, IReadOnlyList<string> Schemes);

/// <summary>Who directs a trajectory of treatment: hoofdbehandelaar until 2016, regiebehandelaar from 2017. PartyId null = nobody does.</summary>
public sealed record TrajectoryDirector(string ProvisionId, string Role, string? PartyId);

/// <summary>The casemanager who was appointed, and the scheme that pays the work, or null.</summary>
public sealed record PlanCasemanager(string Role, string? Profession, string PartyId, string? Scheme);

/// <summary>Something that somebody must do.</summary>
/// <param name="Text">What.</param>
/// <param name="Owner">Who: a party id, else a role, else a service.</param>
/// <param name="Due">The last day, or null when there is no term.</param>
/// <param name="NeedId">The need it is for, or null.</param>
/// <param name="Urgent">Whether it rests on an urgent finding.</param>
/// <param name="Because">The finding or the scheme from which it follows.</param>
/// <param name="RuleIds">The rules it rests on.</param>
/// <param name="Grounds">From what it follows, one or several; null in plans of before proposals could be answered.</param>
public sealed record PlanAction(
    Sentence Text, string Owner, DateOnly? Due, string? NeedId, bool Urgent, string Because, IReadOnlyList<string> RuleIds, IReadOnlyList<Proposal>? Grounds = null)
{
    /// <summary>The proposals that this action is, in the order of their keys.</summary>
    [JsonIgnore]
    public IReadOnlyList<Proposal> Proposals => Grounds ?? [];

    /// <summary>By which it is accepted or declined; empty when it cannot be answered. The key of any of its proposals does as well.</summary>
    [JsonIgnore]
    public string Key => Proposals.Count > 0 ? Proposals[0].Key : "";
}

/// <summary>A term in the plan.</summary>
public sealed record PlanDeadline
{
    /// <summary>The term of the vocabulary.</summary>
    public required string Id { get; init; }

    /// <summary>The need or provision it is about; null for the whole case.</summary>
    public string? ItemId { get; init; }

    /// <summary>What it is called, in Dutch (the vocabulary has no English name; the identifier serves).</summary>
    public required Sentence Title { get; init; }

    /// <summary>The day that started it.</summary>
    public required DateOnly StartedOn { get; init; }

    /// <summary>
    /// The last day on which it is met in time, after standstills. While it stands still without a known end: the day if it went on at once.
    /// </summary>
    public required DateOnly Due { get; init; }

    /// <summary>The last day had it never stood still; null when it never did.</summary>
    public DateOnly? OriginalDue { get; init; }

    /// <summary>When it stood or stands still, by whom and why.</summary>
    public IReadOnlyList<Suspension> Suspensions { get; init; } = [];

    /// <summary>The day on which it was met, or null.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>How it stands.</summary>
    public required DeadlineStatus Status { get; init; }

    /// <summary>Who must act: a party id, else a role, service or the words of the list.</summary>
    public required string Owner { get; init; }

    /// <summary>True when no document of ours gives it: it is known from the law outside, and a person should confirm it.</summary>
    public bool IsContext { get; init; }

    /// <summary>The article or standard that sets it, where no document of ours does; else null.</summary>
    public string? Source { get; init; }

    /// <summary>The finding that is raised when it is missed, or null.</summary>
    public string? Flag { get; init; }

    /// <summary>The rules it rests on.</summary>
    public IReadOnlyList<string> RuleIds { get; init; } = [];
}

/// <summary>How far a hand-over is.</summary>
public enum HandOverStatus
{
    /// <summary>The answers point to it; nobody offered it yet.</summary>
    Proposed,

    /// <summary>Offered, not answered.</summary>
    Offered,

    /// <summary>Accepted.</summary>
    Accepted,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>The receiver asked for more information.</summary>
    InformationAsked,

    /// <summary>The receiver has started.</summary>
    Started,

    /// <summary>Done: the receiver works on.</summary>
    Completed,

    /// <summary>The client did not want it: a legitimate end.</summary>
    ClientDeclined,

    /// <summary>The sender took it back.</summary>
    Withdrawn,
}

/// <summary>A need that passes from one to another.</summary>
/// <param name="NeedId">The need, or null when the event names none.</param>
/// <param name="From">The service, or the party or role of the event.</param>
/// <param name="To">The service, or the party or role of the event.</param>
/// <param name="Schemes">The schemes to which the answers point.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Id">The hand-over of the register; null when only the answers point to it, or an event of another tells of it.</param>
public sealed record HandOver(string? NeedId, string From, string To, IReadOnlyList<string> Schemes, HandOverStatus Status, string? Id = null);

/// <summary>The schemes that answers point to for a need.</summary>
public sealed record SuggestedSchemes(string NeedId, IReadOnlyList<string> Schemes);

/// <summary>A service that did not answer in time.</summary>
public sealed record SilentService(string Service, Severity Severity, Sentence Text);

/// <summary>How soon a question must be answered.</summary>
public enum QuestionPriority
{
    /// <summary>An urgent finding that is nearly decided waits for it.</summary>
    High,

    /// <summary>An answer waits for it.</summary>
    Normal,

    /// <summary>Only a finding that is far from decided, or the control of bills and contracts, waits for it.</summary>
    Low,
}

/// <summary>A fact that is asked, because it can still change an outcome.</summary>
public sealed record PlanQuestion
{
    /// <summary>The fact.</summary>
    public required string Fact { get; init; }

    /// <summary>The question, in plain Dutch.</summary>
    public required string QuestionNl { get; init; }

    /// <summary>Who may lawfully answer: a party id, else a role or a service.</summary>
    public required string AskedOf { get; init; }

    /// <summary>How soon.</summary>
    public required QuestionPriority Priority { get; init; }

    /// <summary>The needs whose answers wait for it.</summary>
    public IReadOnlyList<string> NeedIds { get; init; } = [];

    /// <summary>The schemes whose answers wait for it.</summary>
    public IReadOnlyList<string> Schemes { get; init; } = [];

    /// <summary>The findings that wait for it.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The missing facts that it would settle: the fact itself, or facts that are derived from it.</summary>
    public IReadOnlyList<string> Settles { get; init; } = [];

    /// <summary>How many answers and findings wait for this fact and for nothing else.</summary>
    public int DecidesAlone { get; init; }

    /// <summary>Who was asked and does not know: a party id, role or service. Null when nobody said so.</summary>
    public string? NotKnownTo { get; init; }
}
