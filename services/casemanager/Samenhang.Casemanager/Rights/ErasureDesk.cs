using Samenhang.Api;
using Samenhang.Casemanager.Cases;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.History;
using Samenhang.Casemanager.Domain.Rights;
using Samenhang.Casemanager.Households;
using Samenhang.Casemanager.Store;
using Samenhang.Casemanager.Subscriptions;
using Samenhang.Casemanager.Vault;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Platform.Store;

namespace Samenhang.Casemanager.Rights;

/// <summary>
/// Erases cases. One transaction destroys the key of the case and takes away its rows, and writes down what must follow: the vault, the households,
/// the domains and the subscribers. Each of those steps may be done again, so whoever finds one undone does it (<see cref="ErasureClock"/>).
/// </summary>
public sealed class ErasureDesk(
    Streams<CaseState, CaseChange> cases,
    Streams<ErasureState, ErasureChange> erasures,
    ErasureTable table,
    WhoWasTold receivers,
    BsnVault vault,
    HouseholdDesk households,
    CaseRules rules,
    Days days,
    [FromKeyedServices(ServiceNames.Casemanager)] IEventStore store,
    [FromKeyedServices(ServiceNames.Casemanager)] EventCatalog catalog,
    TimeProvider time)
{
    /// <summary>The first part of an erasure's stream; its key is that of the case.</summary>
    public const string StreamKind = "erasure";

    private const int MostTries = 10;

    private static readonly string[] Domains = [ServiceNames.Zvw, ServiceNames.Gemeente, ServiceNames.Uwv, ServiceNames.Employer];

    private readonly ErasureDecisions decisions = new(rules.Vocabulary, RetentionTable.Standard, Days.Of);

    /// <summary>Erases a case, with all that must follow. A case that was erased is erased.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null.</param>
    /// <param name="ground">Why.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="by">Who: a role.</param>
    /// <param name="subject">Who.</param>
    /// <param name="cancellationToken">Ends the wait; what was erased is erased.</param>
    /// <returns>When it was erased.</returns>
    /// <exception cref="StreamBusyException">Others write in the case all the time.</exception>
    public async Task<Result<DateTimeOffset>> EraseAsync(
        string caseId, long? expectedVersion, ErasureGround ground, string reason, string by, string subject, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            // First the log: a case that is erased between the two is found in the table.
            var log = await LogAsync(caseId, cancellationToken);
            if (await table.FindAsync(caseId, cancellationToken) is { } before)
            {
                await FollowAsync(caseId, cancellationToken);
                return before;
            }

            if (log.Count == 0)
            {
                return new Error.NotFound(CaseDesk.StreamKind, caseId);
            }

            var now = time.GetUtcNow();
            var erased = new CaseErased(ground, reason, by, subject, now, await receivers.OfAsync(log, cancellationToken));
            var dated = log.Select(one => new DatedChange(one.Recorded.OccurredOn, one.Change)).ToList();
            var decided = await cases.EraseAsync(caseId, state => Decide(caseId, state, dated, expectedVersion, erased), cancellationToken);
            if (decided.Error is Error.StaleVersion && expectedVersion is null)
            {
                continue; // Somebody wrote in it meanwhile.
            }

            if (decided.Error is { } error)
            {
                return error;
            }
        }

        throw new StreamBusyException(StreamId.Of(CaseDesk.StreamKind, caseId));
    }

    /// <summary>Does what must follow and was not done, of one case or of all.</summary>
    public async Task FollowAsync(string? caseId, CancellationToken cancellationToken)
    {
        foreach (var (id, erased) in await table.ToFollowAsync(caseId, cancellationToken))
        {
            await vault.ForgetAsync(id, cancellationToken);
            await households.ForgetAsync(id, cancellationToken);

            // Last, because with it the table says that nothing must follow any more; the domains and subscribers are told of it from the log.
            await erasures.HandleClockAsync(id, state => state.Follow(erased, Domains), cancellationToken);
        }
    }

    private Result<IReadOnlyList<RowWrite>> Decide(string caseId, CaseState state, List<DatedChange> log, long? expectedVersion, CaseErased erased)
    {
        if (expectedVersion is { } expected && expected != state.Version)
        {
            return new Error.StaleVersion(expected, state.Version);
        }

        if (state.Version != log.Count)
        {
            return new Error.StaleVersion(log.Count, state.Version);
        }

        return decisions.Obstacles(log, days.Today) is { Count: > 0 } obstacles
            ? CaseDesk.ErrorOf(ErasureDecisions.Refusal(obstacles), caseId)
            : Result<IReadOnlyList<RowWrite>>.Success(table.Erased(caseId, state.Opened!.Tenant, erased));
    }

    private async Task<IReadOnlyList<(RecordedEvent Recorded, CaseChange Change)>> LogAsync(string caseId, CancellationToken cancellationToken)
    {
        var recorded = await store.LoadAsync(StreamId.Of(CaseDesk.StreamKind, caseId), cancellationToken);
        return recorded.Any(one => one.IsErased) ? [] : [.. recorded.Select(one => (one, (CaseChange)catalog.Read(one)))];
    }
}
