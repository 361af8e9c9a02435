using Google.Protobuf;
using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Households;
using Samenhang.Casemanager.Store;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Households;

/// <summary>Where everything that happens to a household is handled, and where its members' cases hear what it makes known.</summary>
public sealed class HouseholdDesk(
    Streams<HouseholdState, HouseholdChange> households, HouseholdTable table, CaseDesk cases, CaseRules rules, Days days, TimeProvider time)
{
    /// <summary>The first part of a household's stream.</summary>
    public const string StreamKind = "household";

    /// <summary>Decides who belongs to a household.</summary>
    public HouseholdDecisions Decisions { get; } = new(rules.Vocabulary, rules.Households);

    /// <summary>The moment, for a decision.</summary>
    public Moment Now => new(time.GetUtcNow(), days.Today);

    /// <summary>Names every change, for ever.</summary>
    public static void Name(EventNames<HouseholdChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        changes.Add<HouseholdCreated>("household-created").Add<MemberJoined>("household-member-joined").Add<MemberLeft>("household-member-left").Add<MemberForgotten>("household-member-forgotten");
    }

    /// <summary>An id for a new household.</summary>
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    /// <summary>Handles a request that changes a household.</summary>
    public Task<Result<TReply>> HandleAsync<TReply>(
        string householdId, RequestIdentity request, Func<HouseholdState, Moment, HouseholdDecision> decide, Func<StreamState<HouseholdState>, TReply> reply,
        CancellationToken cancellationToken)
        where TReply : class, IMessage<TReply>, new()
    {
        ArgumentNullException.ThrowIfNull(decide);
        return households.HandleRequestAsync(
            householdId,
            request,
            state => decide(state, Now) switch
            {
                { Error: { } error } => CaseDesk.ErrorOf(error, householdId, StreamKind),
                var decided => Result<IReadOnlyList<HouseholdChange>>.Success(decided.Changes),
            },
            reply,
            cancellationToken);
    }

    /// <summary>A household as it stands, for somebody who knows the case of one who belongs to it today; to anybody else it does not exist.</summary>
    public async Task<Result<StreamState<HouseholdState>>> FindAsync(string householdId, string caseId, CancellationToken cancellationToken)
    {
        var found = await households.LoadAsync(householdId, cancellationToken);
        return found.State.Members.Exists(member => member.CaseId == caseId && member.IsIn(days.Today))
            ? found
            : new Error.NotFound(StreamKind, householdId);
    }

    /// <summary>The cases of all who ever belonged to a household; none when there is no such household.</summary>
    public async Task<IReadOnlyList<string>> CasesOfAsync(string householdId, CancellationToken cancellationToken) =>
        [.. (await households.LoadAsync(householdId, cancellationToken)).State.Members.Select(member => member.CaseId).Distinct()];

    /// <summary>
    /// Works out again what a household makes known to the cases of all who belong or belonged to it; a case that heard it before hears
    /// nothing. It may be done at any time and as often as one likes.
    /// </summary>
    public async Task FollowAsync(string householdId, CancellationToken cancellationToken)
    {
        var (_, household) = await households.LoadAsync(householdId, cancellationToken);
        foreach (var receiver in household.Members.Select(member => member.CaseId).Distinct())
        {
            var known = new List<HouseholdState>();
            foreach (var id in await table.OfCaseAsync(receiver, cancellationToken))
            {
                known.Add((await households.LoadAsync(id, cancellationToken)).State);
            }

            var states = new Dictionary<string, CaseState>();
            foreach (var caseId in known.SelectMany(one => one.Members).Select(member => member.CaseId).Distinct())
            {
                if ((await cases.FindAsync(caseId, cancellationToken)).Match<CaseState?>(state => state, _ => null) is { } state)
                {
                    states[caseId] = state;
                }
                else
                {
                    // It was erased, and the household is about to forget it.
                    known = [.. known.Select(one => one.Without(caseId))];
                }
            }

            if (states.ContainsKey(receiver))
            {
                await cases.HearHouseholdAsync(receiver, HouseholdNews.For(receiver, rules.Households, known, states, days.Today), cancellationToken);
            }
        }
    }

    /// <summary>Lets every household of a case forget it. The others in it hear that when the household is followed.</summary>
    public async Task ForgetAsync(string caseId, CancellationToken cancellationToken)
    {
        foreach (var id in await table.OfCaseAsync(caseId, cancellationToken))
        {
            await households.HandleClockAsync(
                id, state => state.Members.Exists(member => member.CaseId == caseId) ? [new MemberForgotten(caseId, time.GetUtcNow())] : [], cancellationToken);
        }
    }

    /// <summary>The households that may hear something new after these events.</summary>
    public async Task<IReadOnlyCollection<string>> ConcernedAsync(IReadOnlyList<RecordedEvent> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var own = batch.Where(recorded => IsOf(StreamKind, recorded)).Select(recorded => StreamId.KeyOf(recorded.StreamId));
        var cases = batch.Where(recorded => Telling.Contains(recorded.Type) && IsOf(CaseDesk.StreamKind, recorded))
            .Select(recorded => StreamId.KeyOf(recorded.StreamId))
            .ToHashSet(StringComparer.Ordinal);
        return new SortedSet<string>([.. own, .. await table.OfCasesAsync(cases, cancellationToken)], StringComparer.Ordinal);
    }

    /// <summary>The ids of all households.</summary>
    public Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellationToken) => table.AllAsync(cancellationToken);

    private static bool IsOf(string kind, RecordedEvent recorded) => recorded.StreamId == StreamId.Of(kind, StreamId.KeyOf(recorded.StreamId));

    // The changes of a case after which another can hear something else. What a case heard is among them: two processes that wrote at
    // the same time come to the same in the end.
    private static readonly HashSet<string> Telling = ["facts-recorded", "party-recorded", "consent-recorded", "consent-withdrawn", "household-heard"];
}
