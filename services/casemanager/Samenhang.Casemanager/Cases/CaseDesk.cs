using Google.Protobuf;
using Samenhang.Api;
using Samenhang.Casemanager.Api;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Domain.Work;
using Samenhang.Casemanager.Store;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;
using Samenhang.Platform.Telemetry;

namespace Samenhang.Casemanager.Cases;

/// <summary>Where everything that happens to a case is handled: load, decide, append.</summary>
public sealed class CaseDesk(Streams<CaseState, CaseChange> cases, CaseRules rules, CaseTable table, Days days, TimeProvider time)
{
    /// <summary>The first part of a case's stream.</summary>
    public const string StreamKind = "case";

    /// <summary>An id for a new case.</summary>
    public string NewCaseId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    /// <summary>Handles a request that changes a case, or opens one under an id that was made for it just now.</summary>
    public async Task<Result<TReply>> HandleAsync<TReply>(
        string caseId, RequestIdentity request, Func<Moment, CaseCommand> command, Func<StreamState<CaseState>, TReply> reply, CancellationToken cancellationToken,
        bool isNew = false)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(command);
        var decided = Result<IReadOnlyList<CaseChange>>.Success([]);
        var answer = await cases.HandleRequestAsync(caseId, request, state => decided = Decide(caseId, state, command(Now)), reply, cancellationToken, isNew);
        if (answer.Error is null)
        {
            // A repeat gets the reply of the first time, also where the decision would refuse now.
            FindingCount.Add(decided.Match(changes => changes, _ => []));
        }

        return answer;
    }

    /// <summary>Takes in what a domain tells about the case that it knows by a pseudonym; once, however often it is told.</summary>
    /// <returns>False when no case has this pseudonym.</returns>
    /// <exception cref="InvalidOperationException">The message cannot be right: an operator must look.</exception>
    public async Task<bool> HearAsync(
        string service, string pseudonym, Guid messageId, Func<CaseState, Moment, CaseCommand> command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await table.CaseOfAsync(service, pseudonym, cancellationToken) is not { } caseId)
        {
            return false;
        }

        IReadOnlyList<CaseChange> decided = [];
        var isNew = await cases.HandleMessageAsync(
            caseId,
            messageId,
            state => decided = Decide(caseId, state, command(state, Now)).Match(
                changes => changes,
                error => throw new InvalidOperationException($"A message of {service} about case {caseId} was refused: {ReasonOf(error)}.")),
            cancellationToken);
        if (isNew)
        {
            FindingCount.Add(decided);
        }

        return true;
    }

    private static string ReasonOf(Error error) => error is Error.Invalid { Violations: var faults }
        ? string.Join("; ", faults.Take(3).Select(fault => $"{fault.Field}: {fault.DescriptionEn}"))
        : error.GetType().Name;

    /// <summary>Ends the waiting of a round whose time is up.</summary>
    public Task EndWaitingAsync(string caseId, int round, CancellationToken cancellationToken) =>
        ByClockAsync(caseId, new CaseCommand.EndWaiting(round, []) { At = Now }, cancellationToken);

    /// <summary>Judges a case for a new day.</summary>
    public Task BeginDayAsync(string caseId, CancellationToken cancellationToken) =>
        ByClockAsync(caseId, new CaseCommand.BeginDay { At = Now }, cancellationToken);

    /// <summary>Judges a case by the numbers and policies of this moment, when they are other than those of its last round.</summary>
    public Task FollowPoliciesAsync(string caseId, CancellationToken cancellationToken) =>
        ByClockAsync(caseId, new CaseCommand.FollowPolicies { At = Now }, cancellationToken);

    /// <summary>Takes in what the household makes known; what was heard before changes nothing.</summary>
    public Task HearHouseholdAsync(string caseId, IReadOnlyDictionary<string, Value> told, CancellationToken cancellationToken) =>
        ByClockAsync(caseId, new CaseCommand.HearHousehold(told) { At = Now }, cancellationToken);

    /// <summary>The case as it would be with these facts; nothing is kept.</summary>
    public Result<CaseState> Try(CaseState state, IReadOnlyList<PlacedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Count == 0
            ? Usable(state)
            : Decide(state.Opened!.CaseId, state, new CaseCommand.RecordFacts(facts, ServiceNames.Casemanager) { At = Now })
                .Map(changes => changes.OfType<FactsRecorded>().Aggregate(state, CaseState.Evolve));
    }

    /// <summary>The case, for whoever lets a domain look at it without changing it.</summary>
    /// <returns>An error when its use is restricted.</returns>
    public static Result<CaseState> Usable(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Restriction is null ? state : ErrorOf(RestrictionDecisions.Restricted, state.Opened!.CaseId);
    }

    /// <summary>The case as it would be with a consent, or without those that it ends; nothing is kept.</summary>
    public Result<CaseState> Try(CaseState state, Consent consent)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Decide(state.Opened!.CaseId, state, new CaseCommand.RecordConsent(consent) { At = Now })
            .Map(changes => changes.Where(change => change is ConsentRecorded or ConsentWithdrawn or CaseEventRecorded).Aggregate(state, CaseState.Evolve));
    }

    /// <summary>The case as it would be opened; nothing is kept.</summary>
    public Result<CaseState> TryOpen(string title, DateOnly? asOf, CaseDocument content)
    {
        var caseId = NewCaseId();
        return Decide(caseId, CaseState.None, new CaseCommand.Open { At = Now, CaseId = caseId, Title = title, AsOf = asOf, Content = content })
            .Map(changes => changes.Aggregate(CaseState.None, CaseState.Evolve));
    }

    /// <summary>The question of the newest plan that asks for a fact.</summary>
    /// <param name="state">The case.</param>
    /// <param name="place">The fact and the item on which it stands.</param>
    /// <param name="path">The path of the field as the API names it.</param>
    public Result<PlanQuestion> Asked(CaseState state, PlacedFact place, string path)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (question, error) = rules.Questions.Find(state, place, path);
        return question is not null ? question : ErrorOf(error!, state.Opened!.CaseId);
    }

    /// <summary>The log of a case with the moments at which it was written, the oldest first.</summary>
    public async Task<Result<IReadOnlyList<DatedChange>>> LogAsync(string caseId, CancellationToken cancellationToken)
    {
        var history = await cases.ReadHistoryAsync(caseId, cancellationToken);
        return history.Count == 0
            ? new Error.NotFound("case", caseId)
            : Result<IReadOnlyList<DatedChange>>.Success([.. history.Select(written => new DatedChange(written.Origin.OccurredOn, written.Event))]);
    }

    /// <summary>A case as it stands.</summary>
    public async Task<Result<CaseState>> FindAsync(string caseId, CancellationToken cancellationToken)
    {
        var (_, state) = await cases.LoadAsync(caseId, cancellationToken);
        return state.Opened is null ? new Error.NotFound("case", caseId) : state;
    }

    /// <summary>The newest version of the plan; null when the first one is still being made.</summary>
    public static KeptPlan? Newest(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Plan is null ? null : new KeptPlan(state.Plan, state.PlanSince!, state.Findings, state.Work);
    }

    /// <summary>
    /// The versions of the plan that come after one, in order, each with the findings and the work as they were when the next one came. The
    /// newest comes from the state; for older ones the whole history is read.
    /// </summary>
    public async Task<IReadOnlyList<KeptPlan>> PlansAsync(string caseId, int afterVersion, CancellationToken cancellationToken)
    {
        var (_, now) = await cases.LoadAsync(caseId, cancellationToken);
        if (Newest(now) is not { } newest || newest.Plan.Version <= afterVersion)
        {
            return [];
        }

        if (newest.Plan.Version == afterVersion + 1)
        {
            return [newest];
        }

        var plans = new SortedDictionary<int, KeptPlan>();
        var state = CaseState.None;
        foreach (var (_, change) in await cases.ReadHistoryAsync(caseId, cancellationToken))
        {
            state = CaseState.Evolve(state, change);
            if (state.Plan is { } plan && plan.Version > afterVersion)
            {
                plans[plan.Version] = Newest(state)!;
            }
        }

        return [.. plans.Values];
    }

    /// <summary>What people did in the work after a version of the case, the oldest first.</summary>
    public async Task<Result<IReadOnlyList<WorkDone>>> WorkHistoryAsync(string caseId, long after, int max, CancellationToken cancellationToken)
    {
        var history = await cases.ReadHistoryAsync(caseId, cancellationToken);
        return history.Count == 0
            ? new Error.NotFound("case", caseId)
            : Result<IReadOnlyList<WorkDone>>.Success([.. history
                .Where(entry => entry.Origin.Version > after && entry.Event is WorkStep)
                .Select(entry => new WorkDone(entry.Origin.Version, (WorkStep)entry.Event)).Take(max)]);
    }

    private Moment Now => new(time.GetUtcNow(), days.Today);

    private async Task ByClockAsync(string caseId, CaseCommand command, CancellationToken cancellationToken)
    {
        IReadOnlyList<CaseChange> decided = [];
        await cases.HandleClockAsync(
            caseId,
            state => decided = Decide(caseId, state, command).Match(
                changes => changes,
                error => error is Error.StateForbids { Type: RestrictionDecisions.Code }
                    ? [] // It stands still for the clock too; what the clock missed the round after the restriction makes good.
                    : throw new InvalidOperationException($"The clock was refused by case {caseId}: {error.GetType().Name}.")),
            cancellationToken);
        FindingCount.Add(decided);
    }

    private Result<IReadOnlyList<CaseChange>> Decide(string caseId, CaseState state, CaseCommand command) =>
        Measures.EvaluateRules(ServiceNames.Casemanager, () => rules.Decisions.Decide(state, command)) switch
    {
        Decision.Accepted accepted => Result<IReadOnlyList<CaseChange>>.Success(accepted.Changes),
        Decision.Refused refused => ErrorOf(refused.Error, caseId),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no decision."),
    };

    internal static Error ErrorOf(CaseError error, string caseId, string subject = StreamKind) => error switch
    {
        CaseError.Invalid invalid => new Error.Invalid([.. invalid.Faults.Select(fault => new FieldViolation(fault.Field, fault.Text.Nl, fault.Text.En))]),
        CaseError.NoSuchCase => new Error.NotFound("case", caseId),
        CaseError.NoSuchItem missing => new Error.NotFound(missing.Kind),
        CaseError.StaleVersion stale => new Error.StaleVersion(stale.Expected, stale.Current),
        CaseError.StaleItem stale => new Error.StaleVersion(stale.Seen, stale.Current.Version, stale.ToWire()),
        CaseError.StaleAppointment stale => new Error.Overtaken(stale.ToWire()),
        CaseError.Forbidden forbidden => new Error.StateForbids(forbidden.Type, $"{subject}/{caseId}", new BilingualText(forbidden.Text.Nl, forbidden.Text.En)),
        _ => throw new InvalidOperationException($"{error.GetType().Name} is no error of a case."),
    };
}

/// <summary>A version of the plan as it was kept.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Since">When it was made, and what it changed.</param>
/// <param name="Findings">What became of the findings.</param>
/// <param name="Work">What people agreed to do.</param>
public sealed record KeptPlan(Plan Plan, PlanMoment Since, FindingRegister Findings, WorkRegister Work);

/// <summary>Something that a person did in the work.</summary>
/// <param name="CaseVersion">The version of the case with which it came.</param>
/// <param name="Step">What was done.</param>
public sealed record WorkDone(long CaseVersion, WorkStep Step);
