using Google.Protobuf;
using Samenhang.Api;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Findings;
using Samenhang.Casemanager.Domain.Plans;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Cases;

/// <summary>Where everything that happens to a case is handled: load, decide, append.</summary>
public sealed class CaseDesk(Streams<CaseState, CaseChange> cases, CaseRules rules, CaseTable table, Days days, TimeProvider time)
{
    /// <summary>The first part of a case's stream.</summary>
    public const string StreamKind = "case";

    /// <summary>An id for a new case.</summary>
    public string NewCaseId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    /// <summary>Handles a request that changes a case.</summary>
    public Task<Result<TReply>> HandleAsync<TReply>(
        string caseId, RequestIdentity request, Func<Moment, CaseCommand> command, Func<StreamState<CaseState>, TReply> reply, CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(command);
        return cases.HandleRequestAsync(caseId, request, state => Decide(caseId, state, command(Now)), reply, cancellationToken);
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

        await cases.HandleMessageAsync(
            caseId,
            messageId,
            state => Decide(caseId, state, command(state, Now)).Match(
                changes => changes,
                error => throw new InvalidOperationException($"A message of {service} about case {caseId} was refused: {error.GetType().Name}.")),
            cancellationToken);
        return true;
    }

    /// <summary>Ends the waiting of a round whose time is up.</summary>
    public Task EndWaitingAsync(string caseId, int round, CancellationToken cancellationToken) =>
        ByClockAsync(caseId, new CaseCommand.EndWaiting(round, []) { At = Now }, cancellationToken);

    /// <summary>Judges a case for a new day.</summary>
    public Task BeginDayAsync(string caseId, CancellationToken cancellationToken) =>
        ByClockAsync(caseId, new CaseCommand.BeginDay { At = Now }, cancellationToken);

    /// <summary>The case as it would be with these facts; nothing is kept.</summary>
    public Result<CaseState> Try(CaseState state, IReadOnlyList<PlacedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Count == 0
            ? state
            : Decide(state.Opened!.CaseId, state, new CaseCommand.RecordFacts(facts, ServiceNames.Casemanager) { At = Now })
                .Map(changes => changes.OfType<FactsRecorded>().Aggregate(state, CaseState.Evolve));
    }

    /// <summary>A case as it stands.</summary>
    public async Task<Result<CaseState>> FindAsync(string caseId, CancellationToken cancellationToken)
    {
        var (_, state) = await cases.LoadAsync(caseId, cancellationToken);
        return state.Opened is null ? new Error.NotFound("case", caseId) : state;
    }

    /// <summary>The versions of the plan that come after one, in order.</summary>
    public async Task<IReadOnlyList<KeptPlan>> PlansAsync(string caseId, int afterVersion, CancellationToken cancellationToken)
    {
        var history = await cases.ReadHistoryAsync(caseId, cancellationToken);
        var findings = history.Select(entry => entry.Event).OfType<FindingChange>().Aggregate(FindingRegister.Empty, (register, change) => register.After(change));
        return [.. from entry in history
            let made = entry.Event as PlanMade
            where made is not null && made.Plan.Version > afterVersion
            select new KeptPlan(made.Plan, made.MadeAt, entry.Origin.Version, made.Difference, findings)];
    }

    private Moment Now => new(time.GetUtcNow(), days.Today);

    private Task<long> ByClockAsync(string caseId, CaseCommand command, CancellationToken cancellationToken) =>
        cases.HandleClockAsync(
            caseId,
            state => Decide(caseId, state, command).Match(
                changes => changes,
                error => throw new InvalidOperationException($"The clock was refused by case {caseId}: {error.GetType().Name}.")),
            cancellationToken);

    private Result<IReadOnlyList<CaseChange>> Decide(string caseId, CaseState state, CaseCommand command) => rules.Decisions.Decide(state, command) switch
    {
        Decision.Accepted accepted => Result<IReadOnlyList<CaseChange>>.Success(accepted.Changes),
        Decision.Refused refused => ErrorOf(refused.Error, caseId),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no decision."),
    };

    private static Error ErrorOf(CaseError error, string caseId) => error switch
    {
        CaseError.Invalid invalid => new Error.Invalid([.. invalid.Faults.Select(fault => new FieldViolation(fault.Field, fault.Text.Nl, fault.Text.En))]),
        CaseError.NoSuchCase => new Error.NotFound("case", caseId),
        CaseError.NoSuchItem missing => new Error.NotFound(missing.Kind),
        CaseError.StaleVersion stale => new Error.StaleVersion(stale.Expected, stale.Current),
        CaseError.Forbidden forbidden => new Error.StateForbids(forbidden.Type, $"case/{caseId}", new BilingualText(forbidden.Text.Nl, forbidden.Text.En)),
        _ => throw new InvalidOperationException($"{error.GetType().Name} is no error of a case."),
    };
}

/// <summary>A version of the plan as it was kept.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="CaseVersion">The version of the case after it.</param>
/// <param name="Difference">What changed since the version before.</param>
/// <param name="Findings">What became of the findings.</param>
public sealed record KeptPlan(Plan Plan, DateTimeOffset MadeAt, long CaseVersion, IReadOnlyList<Language.Sentence> Difference, FindingRegister Findings);
